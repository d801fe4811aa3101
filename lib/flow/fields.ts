import { SCANNER_WORDS } from './scan'
import { ACTIONS, DIRECTIONS } from './tuple'

/**
 * How a field is compared: `address` and `port` and `count` take single values, lists and ranges, `word` one of fixed words,
 * `name` text with `*` wildcards, case-insensitive, `mac` hex digits in any spelling, `proto` a word or an IANA number,
 * `scanner` what `flow/scan.ts` reads.
 */
export type FieldType = 'address' | 'port' | 'count' | 'word' | 'name' | 'mac' | 'proto' | 'scanner' | 'time' | 'id'

export interface Field {
  name: string
  label: string
  type: FieldType
  /** One line for help and completion. */
  about: string
  /** May stand in the filter, and in `by`, unless it is told from other tuples than its own. */
  filter: boolean
  /** Is a column of a tuple row in the API, the explorer and exports. */
  row: boolean
  /** Is a column of exports that says where a row comes from. */
  origin?: true
  words?: readonly string[]
  unit?: 'bytes' | 'packets'
}

/** Every field, once: the filter language, completion, labels, table columns and exports derive from this list, in this order. */
const FIELDS = [
  { name: 'time', label: 'Time', type: 'time', about: 'when the tuple was logged', filter: false, row: true },
  { name: 'recordTime', label: 'Flushed', type: 'time', about: 'when its record was written', filter: false, row: true },
  {
    name: 'dir',
    label: 'Direction',
    type: 'word',
    about: 'as the network card sees it: in or out',
    filter: true,
    row: true,
    words: DIRECTIONS,
  },
  { name: 'src', label: 'Source', type: 'address', about: 'address that began the flow', filter: true, row: true },
  { name: 'sport', label: 'Source port', type: 'port', about: 'port at the source', filter: true, row: true },
  { name: 'dst', label: 'Destination', type: 'address', about: 'address that was called', filter: true, row: true },
  { name: 'dport', label: 'Destination port', type: 'port', about: 'port at the destination', filter: true, row: true },
  { name: 'ip', label: 'Either address', type: 'address', about: 'source or destination address', filter: true, row: false },
  { name: 'port', label: 'Either port', type: 'port', about: 'source or destination port', filter: true, row: false },
  { name: 'proto', label: 'Protocol', type: 'proto', about: 'tcp, udp or the IANA number', filter: true, row: true },
  { name: 'action', label: 'Action', type: 'word', about: 'allow or deny', filter: true, row: true, words: ACTIONS },
  {
    name: 'state',
    label: 'State',
    type: 'word',
    about: 'begin, continue, end or deny; none in NSG v1',
    filter: true,
    row: true,
    words: ['begin', 'continue', 'end', 'deny', 'none'],
  },
  { name: 'packetsSent', label: 'Packets sent', type: 'count', about: 'source to destination', filter: false, row: true, unit: 'packets' },
  { name: 'bytesSent', label: 'Bytes sent', type: 'count', about: 'source to destination', filter: false, row: true, unit: 'bytes' },
  {
    name: 'packetsReceived',
    label: 'Packets received',
    type: 'count',
    about: 'destination to source',
    filter: false,
    row: true,
    unit: 'packets',
  },
  {
    name: 'bytesReceived',
    label: 'Bytes received',
    type: 'count',
    about: 'destination to source',
    filter: false,
    row: true,
    unit: 'bytes',
  },
  { name: 'packets', label: 'Packets', type: 'count', about: 'both directions together', filter: true, row: false, unit: 'packets' },
  { name: 'bytes', label: 'Bytes', type: 'count', about: 'both directions together', filter: true, row: false, unit: 'bytes' },
  { name: 'rule', label: 'Rule', type: 'name', about: 'rule that decided, as written', filter: true, row: true },
  { name: 'acl', label: 'ACL', type: 'name', about: 'NSG or aclID, by its full id or its last part', filter: true, row: true },
  { name: 'enc', label: 'Encryption', type: 'name', about: 'VNet encryption: X, NX, NX_…; none in NSG logs', filter: true, row: true },
  { name: 'mac', label: 'MAC', type: 'mac', about: 'network card', filter: true, row: true },
  { name: 'log', label: 'Flow log', type: 'name', about: 'flow log, by id or name', filter: true, row: true },
  {
    name: 'format',
    label: 'Format',
    type: 'word',
    about: 'nsg-v1, nsg-v2 or vnet-v4; nsg and vnet for the family',
    filter: true,
    row: true,
    words: ['nsg-v1', 'nsg-v2', 'vnet-v4', 'nsg', 'vnet'],
  },
  {
    name: 'scanner',
    label: 'Kind of source',
    type: 'scanner',
    about:
      'what the source was about, told from its inbound denials: brute, any, kept-out, let-in; any@24@5/20/50 by prefix and thresholds',
    filter: true,
    row: false,
    words: SCANNER_WORDS,
  },
  { name: 'id', label: 'Id', type: 'id', about: 'blob and offset of the tuple', filter: false, row: true },
  {
    name: 'blob',
    label: 'Blob',
    type: 'name',
    about: 'container and name of its blob, or its path',
    filter: false,
    row: false,
    origin: true,
  },
  { name: 'etag', label: 'ETag', type: 'name', about: 'version of the blob that was counted', filter: false, row: false, origin: true },
  { name: 'offset', label: 'Offset', type: 'count', about: 'its first byte in the blob', filter: false, row: false, origin: true },
] as const satisfies readonly Field[]

type Entry = (typeof FIELDS)[number]
export type FieldName = Entry['name']
export type FilterField = Extract<Entry, { filter: true }>['name']
/** What tuples can be grouped by: `scanner` is told from other tuples. */
export type KeyField = Exclude<FilterField, 'scanner'>
export type RowField = Extract<Entry, { row: true }>['name']
type OriginField = Extract<Entry, { origin: true }>['name']
/** A column of an export: a field of the row, or of where it comes from. */
export type ExportField = RowField | OriginField

const byName = new Map<string, Field>(FIELDS.map((field) => [field.name, field]))

export function fieldOf(name: FieldName): Field {
  return byName.get(name)!
}

export const FILTER_FIELDS: readonly FilterField[] = FIELDS.filter((field) => field.filter).map((field) => field.name as FilterField)
export const KEY_FIELDS: readonly KeyField[] = FILTER_FIELDS.filter((name): name is KeyField => name !== 'scanner')
export const ROW_FIELDS: readonly RowField[] = FIELDS.filter((field) => field.row).map((field) => field.name as RowField)

export const ORIGIN_FIELDS: readonly OriginField[] = FIELDS.filter(
  (field): field is Extract<Entry, { origin: true }> => 'origin' in field,
).map((field) => field.name)
export const EXPORT_FIELDS: readonly ExportField[] = [...ROW_FIELDS, ...ORIGIN_FIELDS]

export function isFilterField(name: string): name is FilterField {
  return byName.get(name)?.filter === true
}

export function isKeyField(name: string): name is KeyField {
  return isFilterField(name) && name !== 'scanner'
}

export function isRowField(name: string): name is RowField {
  return byName.get(name)?.row === true
}

export function isExportField(name: string): name is ExportField {
  return EXPORT_FIELDS.some((field) => field === name)
}

/** Protocol names that are written as words, by IANA number. */
export const PROTOCOLS: Readonly<Record<string, number>> = { tcp: 6, udp: 17 }
/** Words that a filter takes for a protocol. */
export const PROTOCOL_WORDS: ReadonlyMap<string, number> = new Map(Object.entries({ ...PROTOCOLS, icmp: 1, icmpv6: 58 }))

export function protocolName(proto: number): string {
  return proto === 6 ? 'tcp' : proto === 17 ? 'udp' : String(proto)
}

export interface SortBy {
  field: RowField
  descending: boolean
}

export const METRICS = ['tuples', 'flows', 'bytes', 'packets', 'peers'] as const
export type Metric = (typeof METRICS)[number]

export const EXPORT_FORMATS = ['csv', 'ndjson', 'parquet'] as const
export type ExportFormat = (typeof EXPORT_FORMATS)[number]

/** Shapes of an NDJSON row: `tuple` is the API's own, the others are those of SIEMs (lib/flow/schema). */
export const EXPORT_SCHEMAS = ['tuple', 'ecs', 'asim', 'cim'] as const
export type ExportSchema = (typeof EXPORT_SCHEMAS)[number]
