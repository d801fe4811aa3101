import { contradictions } from '@/lib/context/table/contradictions'
import { type AddressBounds, readEnds, readSpan } from './bounds'
import { creditOf } from './credit'
import { EntryRefusals, type FoundSet, foundSet, RangeCollector, Unreadable } from './found'
import { cells, lines } from './text'

/** Positions of the columns of a file of ranges; -1 for a missing column. */
interface Columns {
  first: number
  /** -1 if `first` holds a prefix. */
  last: number
  country: number
  asn: number
  org: number
  tag: number
  list: number
}

type Role = keyof Columns

const NONE: Columns = { first: -1, last: -1, country: -1, asn: -1, org: -1, tag: -1, list: -1 }

/** Names of columns in the files of ip-location-db, DB-IP, IP2Location, IPinfo and MaxMind; the first name that occurs in the header counts. */
const HEADERS: Readonly<Record<Role, readonly string[]>> = {
  first: [
    'network',
    'cidr',
    'prefix',
    'ip_prefix',
    'ip_range',
    'range',
    'start_ip',
    'ip_start',
    'ip_from',
    'ip_range_start',
    'range_start',
    'first',
    'first_ip',
    'start',
    'from',
    'ip',
    'address',
  ],
  last: ['end_ip', 'ip_end', 'ip_to', 'ip_range_end', 'range_end', 'last', 'last_ip', 'end', 'to'],
  country: ['country_code', 'country_iso_code', 'iso_code', 'country_iso', 'cc', 'country'],
  asn: ['autonomous_system_number', 'as_number', 'asn'],
  org: [
    'autonomous_system_organization',
    'as_organization',
    'as_name',
    'as_org',
    'organization',
    'organisation',
    'org',
    'company',
    'isp',
    'as',
  ],
  tag: ['tag', 'service_tag', 'service'],
  list: ['list'],
}

const CONTINENTS = /^(AF|AN|AS|EU|NA|OC|SA|ZZ)$/
const TWO = /^([A-Z]{2}|-|)$/
const ASN = /^(AS)?\d{1,10}$/i

function byHeader(head: readonly string[]): Columns | null {
  const names = head.map((name) => name.toLowerCase().replace(/[\s-]+/g, '_'))
  const columns = { ...NONE }
  for (const role of Object.keys(HEADERS) as Role[])
    columns[role] = HEADERS[role].map((name) => names.indexOf(name)).find((at) => at >= 0) ?? -1
  return columns.first < 0 ? null : columns
}

/** Finds the columns by their content, for files without a header: two capital letters are a country, a number is an ASN, text after it an organisation. */
function byContent(rows: readonly (readonly string[])[]): Columns | null {
  const head = rows[0]!
  const hasEnds = head.length > 1 && readEnds(head[0]!, head[1]!) !== null
  if (!hasEnds && readSpan(head[0]!) === null) return null
  const columns = { ...NONE, first: 0, last: hasEnds ? 1 : -1 }
  const every = (at: number, pattern: RegExp) =>
    rows.every((row) => pattern.test(row[at] ?? '')) && rows.some((row) => /\w/.test(row[at] ?? ''))
  let at = hasEnds ? 2 : 1
  // IP2Location repeats the prefix after both ends.
  if (hasEnds && rows.every((row) => row[at] === '-' || (row[at]?.includes('/') && readSpan(row[at]!)))) at++
  if (every(at, TWO)) {
    columns.country = every(at, CONTINENTS) && every(at + 1, TWO) ? at + 1 : at
    return columns
  }
  if (every(at, /^((AS)?\d{1,10}|-|)$/i)) {
    columns.asn = at
    if (head.length > at + 1) columns.org = at + 1
    return columns
  }
  if (hasEnds && rows.some((row) => (row[at] ?? '') !== '')) {
    columns.org = at
    return columns
  }
  return null
}

/** Replaces markers for a missing value by an empty text. */
function known(value: string | undefined): string {
  return value === undefined || value === '-' || value === 'ZZ' ? '' : value
}

function boundsOf(row: readonly string[], { first, last }: Columns): AddressBounds | null {
  const low = row[first] ?? ''
  return last < 0 ? readSpan(low) : readEnds(low, row[last] ?? '')
}

/** Reads ranges with values; null if no column is recognized. */
export function rowsOf(text: string, delimiter: string, sample: readonly (readonly string[])[], name: string): FoundSet[] | null {
  const [head = []] = sample
  const headed = readSpan(head[0] ?? '') === null && !/^\d+$/.test(head[0] ?? '')
  const columns = headed ? byHeader(head) : byContent(sample)
  if (columns === null) return null
  const kinds = [
    { kind: 'country' as const, has: columns.country >= 0 },
    { kind: 'asn' as const, has: columns.asn >= 0 || columns.org >= 0 },
    { kind: 'tag' as const, has: columns.tag >= 0 },
    { kind: 'list' as const, has: columns.list >= 0 },
  ].filter(({ has }) => has)
  if (kinds.length === 0) {
    if (head.some((cell) => /geoname/i.test(cell)))
      throw new Unreadable('its countries are numbers that another file explains; use the MMDB file instead', 1)
    return null
  }
  const found = kinds.map(({ kind }) => ({ kind, ranges: new RangeCollector(), refusals: new EntryRefusals(), entries: 0 }))
  let isHead = headed
  for (const { line, number } of lines(text)) {
    if (isHead) {
      isHead = false
      continue
    }
    const row = cells(line, delimiter)
    const bounds = boundsOf(row, columns)
    for (const one of found) {
      if (bounds === null) one.refusals.add('no range of addresses', number, line)
      else {
        const label = labelOf(one.kind, row, columns)
        if (label === null) one.refusals.add(one.kind === 'country' ? 'no code of a country' : 'no number of an AS', number, line)
        else {
          one.entries++
          if (label !== '') one.ranges.add(bounds.first, bounds.last, label)
        }
      }
    }
  }
  const credit = creditOf(name)
  return found.map(({ kind, ranges, refusals, entries }) => {
    const table = ranges.table()
    return foundSet(kind, name, aboutOf(kind, contradictions(table)), { entries, refused: refusals.all, table, credit })
  })
}

/** Describes a set of ranges. An address has one country and one AS, so overlaps are contradictions; tags and lists may overlap. */
function aboutOf(kind: 'country' | 'asn' | 'tag' | 'list', contradicting: number): string {
  if (contradicting === 0 || kind === 'tag' || kind === 'list') return 'ranges (CSV)'
  const has = contradicting === 1 ? '1 range of addresses has' : `${contradicting} ranges of addresses have`
  return `ranges (CSV); ${has} several rows that differ: the narrowest counts`
}

/** Returns the label of a row: empty if the row has no value, null if it cannot be read. */
function labelOf(kind: 'country' | 'asn' | 'tag' | 'list', row: readonly string[], columns: Columns): string | null {
  if (kind === 'tag' || kind === 'list') return known(row[columns[kind]])
  if (kind === 'country') {
    const code = known(row[columns.country]).toUpperCase()
    return code === '' || /^[A-Z]{2}$/.test(code) ? code : null
  }
  const written = known(row[columns.asn])
  if (written !== '' && !ASN.test(written)) return null
  return asnLabel(written, known(row[columns.org]))
}

/** Returns `NUMBER ORGANISATION`; the number 0 stands for none. */
export function asnLabel(written: string, org: string): string {
  const number = written.replace(/^AS/i, '').replace(/^0+/, '')
  return number === '' && org === '' ? '' : `${number} ${org}`
}
