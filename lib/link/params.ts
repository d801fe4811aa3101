import { Problem } from '@/lib/flow/problem'
import { writeDuration } from '@/lib/flow/time/duration'
import type { Asked, AskedRange } from '@/lib/flow/view/view'
import { readDuration, readInstant, writeInstant } from './keys/instant'
import type { Keys, Values } from './keys/key'
import { onceKey } from './keys/keys'
import { didYouMean } from './language/did-you-mean'
import { parseFilter } from './language/parse'
import { type PageKeys, type PageView, pageKeys, type RouteKeys, type RouteView, routeKeys } from './views'

/** A parsed link: the question that all views share, and the values of the view's own keys. */
export interface Link<K extends Keys> {
  asked: Asked
  options: Values<K>
}

/** A key that a page ignored, and why. */
export interface Ignored {
  key: string
  message: string
}

export interface Lenient<K extends Keys> {
  value: Link<K>
  ignored: Ignored[]
  /** The reason why the filter cannot be parsed, or null. Unless null, `value.asked.filter` is null and must not be used. */
  problem: Problem | null
}

const COMMON = ['from', 'to', 'last', 'q', 'log', 'asof', 'once'] as const

/** Receives each Problem; the strict reader throws it. */
type Report = (problem: Problem) => void

/** Returns a Problem `ask` about the value of one key, with the key and the position inside the value. Rethrows any other error. */
export function located(key: string, error: unknown): Problem {
  if (!(error instanceof Problem)) throw error
  return new Problem('ask', key === 'q' ? error.message : `Key ${key}: ${error.message}`, { key, at: error.at ?? 0, cause: error })
}

function readOne<Value>(params: URLSearchParams, key: string, read: (text: string) => Value, initial: Value, report: Report): Value {
  const [text, ...more] = params.getAll(key)
  if (text === undefined) return initial
  if (more.length > 0) {
    report(new Problem('ask', `Key ${key} occurs ${more.length + 1} times; expected it once`, { key, at: 0 }))
    return initial
  }
  try {
    return read(text)
  } catch (error) {
    report(located(key, error))
    return initial
  }
}

function readRange(params: URLSearchParams, report: Report): AskedRange {
  const newest: AskedRange = { kind: 'newest' }
  const wrong = (key: string, message: string): AskedRange => {
    report(new Problem('ask', `Key ${key}: ${message}`, { key, at: 0 }))
    return newest
  }
  const last = readOne<number | null>(params, 'last', readDuration, null, report)
  const from = readOne<number | null>(params, 'from', readInstant, null, report)
  const to = readOne<number | null>(params, 'to', readInstant, null, report)
  if (params.has('last') && (params.has('from') || params.has('to')))
    return wrong('last', 'it ends now, so it cannot stand beside from or to; expected one or the other')
  if (last !== null) return { kind: 'last', ms: last }
  if (params.has('to') && !params.has('from')) return wrong('to', 'a range cannot end without a beginning; expected from as well')
  if (from === null || (to === null && params.has('to'))) return newest
  if (to !== null && from >= to) return wrong('to', 'the range ends before it begins; expected an instant after from')
  return { kind: 'fixed', from, to }
}

function readLogs(params: URLSearchParams, report: Report): string[] {
  const logs = params.getAll('log')
  if (logs.includes('')) report(new Problem('ask', 'Key log: value is empty; expected the id of a flow log', { key: 'log', at: 0 }))
  return [...new Set(logs.filter((log) => log !== ''))]
}

function readUnknown(params: URLSearchParams, known: readonly string[], report: Report): void {
  for (const key of new Set(params.keys())) {
    if (known.includes(key)) continue
    report(new Problem('ask', `Key ${key} is unknown here; ${didYouMean(key, known)}`, { key, at: 0 }))
  }
}

function read<K extends Keys>(keys: K, params: URLSearchParams, strict: boolean, report: Report, readFilter = parseFilter): Link<K> {
  readUnknown(params, [...COMMON, ...Object.keys(keys)], report)
  for (const [key, { about, required }] of Object.entries(keys))
    if (strict && required && !params.has(key)) report(new Problem('ask', `Key ${key} is missing; expected ${about}`, { key, at: 0 }))
  const options: Record<string, unknown> = {}
  for (const [key, codec] of Object.entries(keys)) options[key] = readOne(params, key, codec.read, codec.initial, report)
  const filter = readOne(params, 'q', readFilter, null, report)
  const asked: Asked = {
    range: readRange(params, report),
    q: params.get('q') ?? '',
    filter,
    logs: readLogs(params, report),
    asof: readOne<number | null>(params, 'asof', readInstant, null, report),
    once: readOne(params, 'once', onceKey.read, onceKey.initial, report),
  }
  return { asked, options: options as Values<K> }
}

/**
 * Reads a link for the API. Page keys are unknown here.
 * @throws Problem `ask` for the first mistake, with its key and the position inside the value
 */
export function readStrict<V extends RouteView>(view: V, params: URLSearchParams, readFilter = parseFilter): Link<RouteKeys<V>> {
  const refuse = (problem: Problem) => {
    throw problem
  }
  return read(routeKeys(view), params, true, refuse, readFilter)
}

/** Former names of page keys, in links that people have kept. */
const RENAMED: Readonly<Record<string, string>> = { base: 'baseline' }

function withNewNames(keys: Keys, params: URLSearchParams): URLSearchParams {
  const old = Object.entries(RENAMED).filter(([before, now]) => params.has(before) && now in keys && !params.has(now))
  if (old.length === 0) return params
  const names = new Map(old)
  return new URLSearchParams([...params].map(([key, value]) => [names.get(key) ?? key, value]))
}

/** The page's reader: mistakes are ignored and reported. A filter that cannot be parsed is reported separately, so that no wider query is run. */
export function readLenient<V extends PageView>(view: V, params: URLSearchParams): Lenient<PageKeys<V>> {
  const problems: Problem[] = []
  const value = read(pageKeys(view), withNewNames(pageKeys(view), params), false, (problem) => problems.push(problem))
  return {
    value,
    ignored: problems.filter(({ key }) => key !== 'q').map(({ key = '', message }) => ({ key, message })),
    problem: problems.find(({ key }) => key === 'q') ?? null,
  }
}

function writeRange(params: URLSearchParams, range: AskedRange): void {
  if (range.kind === 'last') params.set('last', writeDuration(range.ms))
  if (range.kind !== 'fixed') return
  params.set('from', writeInstant(range.from))
  if (range.to !== null) params.set('to', writeInstant(range.to))
}

/** Writes a link with these keys, in their order, without defaults. Reading it again gives the same value. */
export function write<K extends Keys>(keys: K, { asked, options }: { asked: Asked; options: Partial<Values<K>> }): URLSearchParams {
  const params = new URLSearchParams()
  writeRange(params, asked.range)
  if (asked.q !== '') params.set('q', asked.q)
  for (const log of asked.logs) params.append('log', log)
  if (asked.asof !== null) params.set('asof', writeInstant(asked.asof))
  if (asked.once) params.set('once', onceKey.write(asked.once))
  const values: Readonly<Record<string, unknown>> = options
  for (const [key, codec] of Object.entries(keys)) {
    const value = values[key]
    if (value === undefined) continue
    const text = codec.write(value)
    if (text !== codec.write(codec.initial)) params.set(key, text)
  }
  return params
}
