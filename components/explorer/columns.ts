import { type Field, fieldOf, ROW_FIELDS, type RowField } from '@/lib/flow/fields'

/** What the table shows when the link names no columns. */
export const DEFAULT_COLUMNS: readonly RowField[] = [
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

/** The same where only a few fit: first what and between whom. */
const NARROW_COLUMNS: readonly RowField[] = [
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

/** Width of the column that selects rows, left of all others. Pixels. */
export const SELECT_WIDTH = 32

/** How a column stands in the table; everything follows from the catalogue and from its neighbour on the left. */
export interface ColumnLook {
  field: RowField
  /** The name as its head has room for it. */
  label: string
  /** Least width, pixels. */
  width: number
  /** Share of the room that is left; 0 keeps its width. */
  grows: number
  align: 'start' | 'end'
  /** A port right of its own address, the two being written as one: `10.0.0.4` `:3389`. */
  joined: boolean
  /** A destination right of its source: an arrow stands between them. */
  arrow: boolean
  /** Pixels from the left edge where it stays in sight, or null where it scrolls along. */
  left: number | null
}

/** Where the catalogue's label is wider than the data. Arrows point from source to destination, and back. */
const SHORT_LABELS: Partial<Record<RowField, string>> = {
  dir: 'Dir',
  proto: 'Proto',
  packetsSent: 'Packets →',
  bytesSent: 'Bytes →',
  packetsReceived: 'Packets ←',
  bytesReceived: 'Bytes ←',
}
const ADDRESS_OF: Partial<Record<RowField, RowField>> = { sport: 'src', dport: 'dst' }

/** Advance of one character of the data face at 13 px, and of the words at 12 px, on average. Pixels. */
const DATA_CHARACTER = 7.8
const LABEL_CHARACTER = 6.2
const PADDING = 12
const SORT_SIGN = 20
const ARROW = 18

/** The columns that a link asks for; an empty list means the default ones, in the order that suits the screen. */
export function shownColumns(cols: readonly RowField[], narrow: boolean): readonly RowField[] {
  if (cols.length > 0) return cols
  return narrow ? NARROW_COLUMNS : DEFAULT_COLUMNS
}

/** The columns with the pinned ones first; both parts keep their order. */
export function placedColumns(shown: readonly RowField[], pins: readonly RowField[]): RowField[] {
  return [...shown.filter((field) => pins.includes(field)), ...shown.filter((field) => !pins.includes(field))]
}

/** The link's `cols` for columns as chosen; the default ones are not written. */
export function linkedColumns(shown: readonly RowField[]): RowField[] {
  return shown.join() === DEFAULT_COLUMNS.join() ? [] : [...shown]
}

/** Every column: the shown ones in their order, then the others in the catalogue's. */
export function arrangedColumns(shown: readonly RowField[]): RowField[] {
  return [...shown, ...ROW_FIELDS.filter((field) => !shown.includes(field))]
}

/** The columns with one of them some places further to the left (below 0) or right; beyond the edge nothing changes. */
export function movedColumns(shown: readonly RowField[], field: RowField, by: number): RowField[] {
  const from = shown.indexOf(field)
  const to = from + by
  if (from < 0 || to < 0 || to >= shown.length) return [...shown]
  const next = [...shown]
  next.splice(from, 1)
  next.splice(to, 0, field)
  return next
}

/** Lengths of the longest addresses to be shown, so that none is cut. Characters. */
export interface Longest {
  src: number
  dst: number
}

function characters(field: Field, longest: Longest): number {
  if (field.name === 'action') return 2
  if (field.name === 'dir') return 5
  if (field.type === 'time') return 23
  if (field.name === 'src' || field.name === 'dst') return longest[field.name]
  if (field.type === 'port') return 6
  if (field.type === 'count') return field.unit === 'bytes' ? 8 : 9
  if (field.type === 'proto') return 4
  if (field.type === 'word') return Math.max(...(field.words ?? ['']).map((word) => word.length))
  if (field.type === 'mac') return 12
  return field.name === 'enc' ? 8 : 18
}

/** Looks of columns side by side, the first `pinned` of which stay in sight. */
export function columnLooks(shown: readonly RowField[], longest: Longest, pinned = 0): ColumnLook[] {
  let left = SELECT_WIDTH
  return shown.map((name, i) => {
    const field = fieldOf(name)
    const before = shown[i - 1]
    const joined = before !== undefined && ADDRESS_OF[name] === before
    const arrow = name === 'dst' && (before === 'src' || before === 'sport')
    const followed = shown[i + 1] !== undefined && ADDRESS_OF[shown[i + 1]!] === name
    const label = joined ? 'Port' : (SHORT_LABELS[name] ?? field.label)
    const data = characters(field, longest) * DATA_CHARACTER + (arrow ? ARROW : 0)
    const width = Math.ceil(Math.max(data, label.length * LABEL_CHARACTER + SORT_SIGN) + PADDING - (joined || followed ? PADDING / 2 : 0))
    const stays = i < pinned ? left : null
    left += width
    return {
      field: name,
      label,
      width,
      grows:
        stays !== null ? 0 : field.name === 'rule' ? 2 : (field.type === 'name' && field.name !== 'enc') || field.type === 'id' ? 1 : 0,
      align: followed || field.type === 'count' || (field.type === 'port' && !joined) ? 'end' : 'start',
      joined,
      arrow,
      left: stays,
    }
  })
}

/** The columns as a CSS grid template, after the one that selects; the last one fills the row when none grows. */
export function gridTemplate(looks: readonly ColumnLook[]): string {
  const filled = looks.some((look) => look.grows > 0)
  const widths = looks.map(({ width, grows }, i) => {
    const share = !filled && i === looks.length - 1 ? 1 : grows
    return share > 0 ? `minmax(${width}px,${share}fr)` : `${width}px`
  })
  return [`${SELECT_WIDTH}px`, ...widths].join(' ')
}
