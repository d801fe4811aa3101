import { readSpan } from './bounds'
import { EntryRefusals, type FoundSet, foundSet, RangeCollector, Unreadable } from './found'
import { readInventory } from './inventory'
import { isStix, readStix } from './stix'
import { lineOf } from './text'

/** Deepest nesting that is accepted; real files are flatter. */
const DEEPEST = 64

type Fields = Readonly<Record<string, unknown>>

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isTags(value: unknown): value is { values: unknown[] } & Fields {
  return (
    isFields(value) &&
    Array.isArray(value.values) &&
    value.values.some((one) => isFields(one) && isFields(one.properties) && 'addressPrefixes' in one.properties)
  )
}

/** Reads Azure's service tags, as downloaded or from the API. */
function readTags(file: Fields & { values: unknown[] }, text: string, name: string): FoundSet {
  const [ranges, refusals] = [new RangeCollector(), new EntryRefusals()]
  for (const one of file.values) {
    const properties = isFields(one) && isFields(one.properties) ? one.properties : {}
    const tag = isFields(one) && typeof one.name === 'string' ? one.name : ''
    const prefixes = Array.isArray(properties.addressPrefixes) ? properties.addressPrefixes : null
    if (tag === '' || prefixes === null)
      refusals.add('a tag without name or prefixes', tag === '' ? null : lineOf(text, JSON.stringify(tag)), tag || null)
    for (const prefix of tag === '' ? [] : (prefixes ?? [])) {
      const span = typeof prefix === 'string' ? readSpan(prefix) : null
      const written = JSON.stringify(prefix) ?? 'nothing'
      if (span) ranges.add(span.first, span.last, tag)
      else refusals.add('no prefix', lineOf(text, written), written)
    }
  }
  const version = ['string', 'number'].includes(typeof file.changeNumber) ? `, change ${file.changeNumber}` : ''
  const cloud = typeof file.cloud === 'string' ? ` ${file.cloud.slice(0, 40)}` : ''
  return foundSet('tag', name, `Azure service tags${cloud}${version}`, {
    entries: ranges.count,
    refused: refusals.all,
    table: ranges.table(),
  })
}

function isMisp(value: unknown): value is { list: unknown[] } & Fields {
  return isFields(value) && Array.isArray(value.list) && typeof value.name === 'string'
}

function readMisp(file: Fields & { list: unknown[] }, text: string): FoundSet {
  const [ranges, refusals] = [new RangeCollector(), new EntryRefusals()]
  const name = String(file.name)
  for (const entry of file.list) {
    const span = typeof entry === 'string' ? readSpan(entry.trim()) : null
    const written = JSON.stringify(entry) ?? 'nothing'
    if (span) ranges.add(span.first, span.last, name)
    else refusals.add('no address or prefix', lineOf(text, written), written)
  }
  const version = ['string', 'number'].includes(typeof file.version) ? `, version ${file.version}` : ''
  return foundSet('list', name, `MISP warning list${version}`, { entries: ranges.count, refused: refusals.all, table: ranges.table() })
}

/** True for a value that is nested deeper than any known shape. */
function isDeep(value: unknown): boolean {
  let level: unknown[] = [value]
  for (let depth = 0; depth <= DEEPEST; depth++) {
    if (level.length === 0) return false
    level = level.flatMap((one) =>
      typeof one === 'object' && one !== null ? Object.values(one).filter((inner) => typeof inner === 'object' && inner !== null) : [],
    )
  }
  return true
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    const at = Number(/position (\d+)/.exec(message)?.[1] ?? Number.NaN)
    const line = Number.isNaN(at) ? null : text.slice(0, at).split('\n').length
    throw new Unreadable('it is no JSON', line)
  }
}

/**
 * Reads the entries of a JSON file.
 * @throws Unreadable
 */
export function readJson(text: string, name: string): FoundSet[] {
  const value = parse(text)
  if (isDeep(value)) throw new Unreadable(`it is nested deeper than ${DEEPEST} levels`)
  if (isTags(value)) return [readTags(value, text, name)]
  if (isMisp(value)) return [readMisp(value, text)]
  if (isStix(value)) return [readStix(value, text, name)]
  const sets = readInventory(value, text, name)
  if (sets.length === 0) throw new Unreadable('its JSON has none of the known shapes')
  return sets
}
