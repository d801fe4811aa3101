import type { BlockSize } from '../address/block'
import { NET_WORDS } from '../address/scope'
import { ACTIONS, DIRECTIONS } from '../tuple/tuple'
import { CONTEXT_NAMES, type ContextName } from './context'
import { NOVELTY_FIELDS } from './novelty'
import { SCANNER_WORDS } from './scan'

/**
 * The kind of comparison of a field: `address` and `port` and `count` take single values, lists and ranges, `word` one of fixed words,
 * `name` text with `*` wildcards, case-insensitive, `mac` hex digits in any spelling, `proto` a word or an IANA number,
 * `scanner` what `flow/field/scan.ts` reads, `novelty` what `flow/field/novelty.ts` reads, `asn` numbers of autonomous systems, with `AS` before them or not, ranges, or `none`.
 */
export type FieldType = 'address' | 'port' | 'count' | 'word' | 'name' | 'mac' | 'proto' | 'scanner' | 'novelty' | 'asn' | 'time' | 'id'

export interface Field {
  name: string
  label: string
  type: FieldType
  /** One line for help and completion. */
  about: string
  /** Can be used in the filter, and in `by` unless it depends on other tuples. */
  filter: boolean
  /** Is a column of a tuple row in the API, the explorer and exports. */
  row: boolean
  /** True for a column of exports that gives the origin of a row. */
  origin?: true
  words?: readonly string[]
  unit?: 'bytes' | 'packets'
  /** Set for a field that is the network of an end. */
  block?: { end: 'src' | 'dst'; size: BlockSize }
  /** Set for a field whose value comes from the context files, not from the tuple; `end` is null for either end. */
  context?: { name: ContextName; end: 'src' | 'dst' | null }
}

/** The networks of each end: /24 of IPv4 or /64 of IPv6, and /16 or /48. */
const BLOCKS = [
  {
    name: 'src24',
    label: 'Source /24, /64',
    type: 'address',
    about: 'network of the source',
    filter: true,
    row: false,
    block: { end: 'src', size: '24' },
  },
  {
    name: 'dst24',
    label: 'Destination /24, /64',
    type: 'address',
    about: 'network of the destination',
    filter: true,
    row: false,
    block: { end: 'dst', size: '24' },
  },
  {
    name: 'src16',
    label: 'Source /16, /48',
    type: 'address',
    about: 'wider network of the source',
    filter: true,
    row: false,
    block: { end: 'src', size: '16' },
  },
  {
    name: 'dst16',
    label: 'Destination /16, /48',
    type: 'address',
    about: 'wider network of the destination',
    filter: true,
    row: false,
    block: { end: 'dst', size: '16' },
  },
] as const satisfies readonly Field[]

/** Every field, once: the filter language, completion, labels, table columns and exports derive from this list, in this order. */
const FIELDS = [
  { name: 'time', label: 'Time', type: 'time', about: 'when the tuple was logged', filter: false, row: true },
  { name: 'recordTime', label: 'Flushed', type: 'time', about: 'when its record was written', filter: false, row: true },
  {
    name: 'dir',
    label: 'Direction',
    type: 'word',
    about: 'as seen by the NIC: in or out',
    filter: true,
    row: true,
    words: DIRECTIONS,
  },
  { name: 'src', label: 'Source', type: 'address', about: 'address that started the flow', filter: true, row: true },
  { name: 'sport', label: 'Source port', type: 'port', about: 'port at the source', filter: true, row: true },
  { name: 'dst', label: 'Destination', type: 'address', about: 'address that the flow goes to', filter: true, row: true },
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
  { name: 'rule', label: 'Rule', type: 'name', about: 'rule that decided, as logged', filter: true, row: true },
  { name: 'acl', label: 'ACL', type: 'name', about: 'NSG or aclID, by its full id or its last part', filter: true, row: true },
  { name: 'enc', label: 'Encryption', type: 'name', about: 'VNet encryption: X, NX, NX_…; none in NSG logs', filter: true, row: true },
  { name: 'mac', label: 'MAC', type: 'mac', about: 'NIC', filter: true, row: true },
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
    about: 'kind of source, from its inbound denials: brute, any, kept-out, let-in; any@24@5/20/50 by prefix and thresholds',
    filter: true,
    row: false,
    words: SCANNER_WORDS,
  },
  {
    name: 'new',
    label: 'New',
    type: 'novelty',
    about: 'value that the time before the range has not seen: src, dport, rule; src+dst for a pair; src@30d for another time than 7d',
    filter: true,
    row: false,
    words: NOVELTY_FIELDS,
  },
  ...BLOCKS,
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

/** The facts that context gives about an address. Each entry yields a field for each end of a tuple and one for either end. */
const CONTEXT: Readonly<Record<ContextName, { label: string; about: string; type: FieldType; words?: readonly string[] }>> = {
  net: { label: 'network', about: 'kind of address: public, private, shared, link-local …', type: 'word', words: NET_WORDS },
  country: { label: 'country', about: 'country, as two letters', type: 'name' },
  asn: { label: 'ASN', about: 'number of the autonomous system', type: 'asn' },
  org: { label: 'organisation', about: 'organisation of the autonomous system', type: 'name' },
  tag: { label: 'tag', about: 'service tag, such as Storage.WestUS; each that it is in matches', type: 'name' },
  list: { label: 'list', about: 'list that it stands in; each matches', type: 'name' },
  name: { label: 'name', about: 'name of the host or of its VM', type: 'name' },
  vm: { label: 'VM', about: 'virtual machine', type: 'name' },
  subnet: { label: 'subnet', about: 'subnet, as VNET/SUBNET or its own name', type: 'name' },
  vnet: { label: 'VNet', about: 'virtual network', type: 'name' },
}

export type EndContextField = `${'src' | 'dst'}.${ContextName}`
export type ContextField = ContextName | EndContextField

const ENDS = [
  { end: 'src', before: 'src.', whose: 'Source', of: 'of the source' },
  { end: 'dst', before: 'dst.', whose: 'Destination', of: 'of the destination' },
  { end: null, before: '', whose: 'Either', of: 'of either end' },
] as const

const CONTEXT_ENTRIES = ENDS.flatMap(({ end, before, whose, of }) =>
  CONTEXT_NAMES.map((name): Field & { name: ContextField } => {
    const { label, about, type, words } = CONTEXT[name]
    return {
      name: `${before}${name}` as ContextField,
      label: `${whose} ${label}`,
      type,
      about: `${about}, ${of}`,
      filter: true,
      row: false,
      context: { name, end },
      ...(words && { words }),
    }
  }),
)

/** Fields of context, for either end and for a single end. */
export const CONTEXT_FIELDS: readonly ContextField[] = CONTEXT_ENTRIES.map(({ name }) => name)
/** Fields of context for a single end: columns of rows and exports that are requested with context. */
export const END_CONTEXT_FIELDS = CONTEXT_FIELDS.filter((name): name is EndContextField => name.includes('.'))

type Entry = (typeof FIELDS)[number]
type StoredField = Extract<Entry, { filter: true }>['name']
export type FieldName = Entry['name'] | ContextField
export type FilterField = StoredField | ContextField
/** Fields to group by; what depends on other tuples is none. */
export type KeyField = Exclude<FilterField, 'scanner' | 'new'>
export type RowField = Extract<Entry, { row: true }>['name']
type OriginField = Extract<Entry, { origin: true }>['name']
/** A column of the explorer: a field of the row, or the context of one of its ends. */
export type ColumnField = RowField | EndContextField
/** A column of an export: a field of the row, or of its origin. */
export type ExportField = RowField | OriginField
/** The same with columns of context, if requested. */
export type ExportColumn = ExportField | EndContextField

const byName = new Map<string, Field>([...FIELDS, ...CONTEXT_ENTRIES].map((field) => [field.name, field]))

export function fieldOf(name: FieldName): Field {
  return byName.get(name)!
}

export function isContextField(name: FieldName): name is ContextField {
  return byName.get(name)?.context !== undefined
}

/** True if context files supply the field; the kind of an address (`net`) is known without them. */
export function isToldByFiles(name: FieldName): boolean {
  const { context } = byName.get(name) ?? {}
  return context !== undefined && context.name !== 'net'
}

export const FILTER_FIELDS: readonly FilterField[] = [
  ...FIELDS.filter((field) => field.filter).map((field) => field.name as StoredField),
  ...CONTEXT_FIELDS,
]
export const KEY_FIELDS: readonly KeyField[] = FILTER_FIELDS.filter(isKeyField)
export const ROW_FIELDS: readonly RowField[] = FIELDS.filter((field) => field.row).map((field) => field.name as RowField)
export const COLUMN_FIELDS: readonly ColumnField[] = [...ROW_FIELDS, ...END_CONTEXT_FIELDS]

export const ORIGIN_FIELDS: readonly OriginField[] = FIELDS.filter(
  (field): field is Extract<Entry, { origin: true }> => 'origin' in field,
).map((field) => field.name)
export const EXPORT_FIELDS: readonly ExportField[] = [...ROW_FIELDS, ...ORIGIN_FIELDS]
export const EXPORT_COLUMNS: readonly ExportColumn[] = [...EXPORT_FIELDS, ...END_CONTEXT_FIELDS]

export function isFilterField(name: string): name is FilterField {
  return byName.get(name)?.filter === true
}

export function isKeyField(name: string): name is KeyField {
  return isFilterField(name) && name !== 'scanner' && name !== 'new'
}

export function isRowField(name: string): name is RowField {
  return byName.get(name)?.row === true
}

export function isColumnField(name: string): name is ColumnField {
  return COLUMN_FIELDS.some((field) => field === name)
}

export function isExportColumn(name: string): name is ExportColumn {
  return EXPORT_COLUMNS.some((field) => field === name)
}

export interface SortBy {
  field: RowField
  descending: boolean
}
