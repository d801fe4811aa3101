import { type ColumnField, type Field, fieldOf } from '@/lib/flow/field/fields'
import type { ColumnWidths } from '@/lib/link/keys/widths'
import type { PageOptions } from '@/lib/link/views'

/** Columns shown if the link names none. */
export const DEFAULT_COLUMNS: readonly ColumnField[] = [
  'time',
  'dir',
  'src',
  'sport',
  'dst',
  'dport',
  'proto',
  'action',
  'state',
  'bytesSent',
  'bytesReceived',
  'rule',
  'log',
]

/** The same for narrow screens: the most important first. */
const NARROW_COLUMNS: readonly ColumnField[] = [
  'action',
  'src',
  'sport',
  'dst',
  'dport',
  'time',
  'dir',
  'proto',
  'state',
  'bytesSent',
  'bytesReceived',
  'rule',
  'log',
]

/** Height of a row. Pixels. */
export const ROW_HEIGHTS: Readonly<Record<PageOptions<'tuples'>['density'], number>> = { s: 28, m: 34, l: 42 }

/** Width of the column that selects rows, left of all others. Pixels. */
export const SELECT_WIDTH = 32

/** The look of a column, derived from the catalogue and its left neighbour. */
export interface ColumnLook {
  field: ColumnField
  /** The name, short enough for its head. */
  label: string
  /** The width that its values take, pixels. */
  width: number
  /** Where the room is short, pixels: names are cut sooner, and long addresses are written smaller. */
  least: number
  /** Share of the remaining room; 0 takes none. */
  grows: number
  align: 'start' | 'end'
  /** True for a port right of its own address; the two are written as one: `10.0.0.4` `:3389`. */
  joined: boolean
  /** True for a destination right of its source: an arrow is drawn between them. */
  arrow: boolean
}

/** Short names for columns whose label is wider than their data. Arrows point from source to destination, and back. */
const SHORT_LABELS: Partial<Record<ColumnField, string>> = {
  dir: 'Dir',
  proto: 'Proto',
  packetsSent: 'Packets →',
  bytesSent: 'Bytes →',
  packetsReceived: 'Packets ←',
  bytesReceived: 'Bytes ←',
}
const ADDRESS_OF: Partial<Record<ColumnField, ColumnField>> = { sport: 'src', dport: 'dst' }

/** Average width of a character of the data font at 13 px, where it is drawn in whole pixels, and of the text font at 12 px, in pixels. */
export const DATA_CHARACTER = 8
const LABEL_CHARACTER = 6.2
/** Room for the context beside an address, where there are context files, usually and where the room is short. Characters. */
export const BESIDE = { usual: 9, least: 3 }
export const NOTHING_BESIDE: typeof BESIDE = { usual: 0, least: 0 }
/** Characters of the longest IPv4 address. Longer addresses take three quarters of their width where the room is short. */
const SHORT_ADDRESS = { characters: 15, share: 0.75 }
/** Characters of names where the room is short. */
const LEAST_NAME = { rule: 12, other: 6 }
const PADDING = 12
const SORT_SIGN = 20
const ARROW = 18

/** The columns that a link names; an empty list means the defaults, in the order that suits the screen. */
export function shownColumns(cols: readonly ColumnField[], narrow: boolean): readonly ColumnField[] {
  if (cols.length > 0) return cols
  return narrow ? NARROW_COLUMNS : DEFAULT_COLUMNS
}

/** The link's `cols` for the chosen columns; defaults are not written. */
export function linkedColumns(shown: readonly ColumnField[]): ColumnField[] {
  return shown.join() === DEFAULT_COLUMNS.join() ? [] : [...shown]
}

/** Lengths of the longest addresses shown, so that none is cut. Characters. */
export interface Longest {
  src: number
  dst: number
}

/** Characters that an address needs where the room is short; long ones also take that of the context. */
export function leastAddress(longest: number, beside: typeof BESIDE): number {
  return Math.max(Math.min(longest, SHORT_ADDRESS.characters) + beside.least, Math.ceil(longest * SHORT_ADDRESS.share))
}

function leastCharacters(field: Field, longest: Longest, beside: typeof BESIDE): number {
  if (field.name === 'src' || field.name === 'dst') return leastAddress(longest[field.name], beside)
  const usual = characters(field, longest, beside)
  if (field.name === 'rule') return LEAST_NAME.rule
  return field.type === 'name' ? Math.min(usual, LEAST_NAME.other) : usual
}

function characters(field: Field, longest: Longest, beside: typeof BESIDE): number {
  if (field.name === 'action') return 2
  if (field.name === 'dir') return 5
  if (field.type === 'time') return 23
  if (field.name === 'src' || field.name === 'dst') return longest[field.name] + beside.usual
  if (field.type === 'port') return 6
  if (field.type === 'count') return field.unit === 'bytes' ? 8 : 9
  if (field.type === 'proto') return 4
  if (field.type === 'word') return Math.max(...(field.words ?? ['']).map((word) => word.length))
  if (field.type === 'mac') return 12
  if (field.name === 'rule') return 'DenyAllInBound default'.length
  return field.name === 'enc' ? 8 : 18
}

/** Share of a column in room to spare: names take it, also those beside an address. */
function growthOf({ name, type }: Field, beside: typeof BESIDE): number {
  if (name === 'rule') return 2
  if (name === 'src' || name === 'dst') return beside.usual > 0 ? 1 : 0
  return (type === 'name' && name !== 'enc') || type === 'id' ? 1 : 0
}

/** Looks of adjacent columns. */
export function columnLooks(shown: readonly ColumnField[], longest: Longest, beside = NOTHING_BESIDE): ColumnLook[] {
  return shown.map((name, i) => {
    const field = fieldOf(name)
    const before = shown[i - 1]
    const joined = before !== undefined && ADDRESS_OF[name] === before
    const arrow = name === 'dst' && (before === 'src' || before === 'sport')
    const followed = shown[i + 1] !== undefined && ADDRESS_OF[shown[i + 1]!] === name
    const label = joined ? 'Port' : (SHORT_LABELS[name] ?? field.label)
    const gap = PADDING - (joined || followed ? PADDING / 2 : 0)
    const ofData = (length: number) => length * DATA_CHARACTER + (arrow ? ARROW : 0)
    const ofLabel = label.length * LABEL_CHARACTER
    return {
      field: name,
      label,
      width: Math.ceil(Math.max(ofData(characters(field, longest, beside)), ofLabel + SORT_SIGN) + gap),
      least: Math.ceil(Math.max(ofData(leastCharacters(field, longest, beside)), ofLabel) + gap),
      grows: growthOf(field, beside),
      align: followed || field.type === 'count' || (field.type === 'port' && !joined) ? 'end' : 'start',
      joined,
      arrow,
    }
  })
}

/**
 * Widths of adjacent columns, in pixels: those that were `set`, or else what the looks need. Columns that grow share the rest of `room`, or the last column
 * takes it; where the room is short (`tight`), all give of what they can spare. Never one that was set. Room is 0 before it is known.
 */
export function columnWidths(
  looks: readonly ColumnLook[],
  set: ColumnWidths,
  room: number,
): { widths: Record<string, number>; tight: boolean } {
  const free = looks.filter(({ field }) => set[field] === undefined)
  const needed = looks.reduce((sum, { field, width }) => sum + (set[field] ?? width), SELECT_WIDTH)
  const tight = room > 0 && needed > room
  const spare = free.reduce((sum, { width, least }) => sum + width - least, 0)
  const given = tight ? Math.min(1, (needed - room) / Math.max(1, spare)) : 0
  const shares = new Map(free.flatMap(({ field, grows }) => (grows > 0 ? [[field, grows] as const] : [])))
  const last = free.at(-1)
  if (shares.size === 0 && last !== undefined) shares.set(last.field, 1)
  const left = Math.max(0, room - needed)
  const all = [...shares.values()].reduce((sum, share) => sum + share, 0)
  const widthOf = ({ field, width, least }: ColumnLook) =>
    set[field] ?? Math.floor(width - given * (width - least) + (left * (shares.get(field) ?? 0)) / Math.max(1, all))
  return { widths: Object.fromEntries(looks.map((look) => [look.field, widthOf(look)])), tight }
}
