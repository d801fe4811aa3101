import { type BESIDE, DATA_CHARACTER, type Longest, leastAddress } from '@/components/pages/explorer/table/columns/columns'
import type { FlowOrder } from '@/lib/flow/field/orders'

export interface FlowColumn {
  field: FlowOrder
  label: string
  about?: string
  /** Width in characters, usually and where the room is short; addresses are as wide as the longest. */
  characters: number
  least?: number
  /** Not shown where the room is short: what it says follows from others, or a row that is opened says it. */
  wide?: true
  end?: true
  /** First sorted from the smallest. */
  ascending?: true
}

const ONCE = 'what several NICs or flow logs recorded counts once'

/** The columns of flows, from the left. Arrows point from source to destination, and back. */
export const FLOW_COLUMNS: readonly FlowColumn[] = [
  { field: 'first', label: 'Begin', about: 'first tuple; … if it began before', characters: 26, least: 25 },
  { field: 'last', label: 'End', about: 'last tuple; … if it goes on', characters: 26, wide: true },
  { field: 'duration', label: 'Duration', about: 'until the last tuple; … if it goes on', characters: 11, least: 9, end: true },
  { field: 'src', label: 'Source', characters: 0, end: true, ascending: true },
  { field: 'sport', label: 'Port', characters: 6, ascending: true },
  { field: 'dst', label: 'Destination', characters: 2, end: true, ascending: true },
  { field: 'dport', label: 'Port', characters: 6, ascending: true },
  { field: 'proto', label: 'Proto', characters: 6, least: 4, ascending: true },
  { field: 'bytesSent', label: 'Bytes →', about: ONCE, characters: 9, least: 8, end: true },
  { field: 'bytesReceived', label: 'Bytes ←', about: ONCE, characters: 9, least: 8, end: true },
  { field: 'packetsSent', label: 'Packets →', characters: 9, wide: true, end: true },
  { field: 'packetsReceived', label: 'Packets ←', characters: 9, wide: true, end: true },
  { field: 'tuples', label: 'Tuples', about: 'records of this flow', characters: 7, least: 5, end: true },
  { field: 'srcMac', label: 'NIC of source', about: 'NIC that saw it go out', characters: 13, least: 9, ascending: true },
  { field: 'dstMac', label: 'NIC of dest.', about: 'NIC that saw it come in', characters: 13, least: 9, ascending: true },
  { field: 'nics', label: 'NICs', about: 'NICs that saw it', characters: 5, wide: true, end: true },
]

const PADDING = 12

/** Width of the column with the decision. Pixels. */
export const DECISION_WIDTH = 40

export interface FlowLayout {
  columns: readonly FlowColumn[]
  /** Widths of the columns, in pixels. */
  widths: readonly number[]
  /** True if the room is short: long addresses and MACs are written smaller. */
  tight: boolean
}

/** Returns the columns that have room, in pixels; `beside` is the room for the context beside an address, in characters. */
export function flowLayout(longest: Longest, beside: typeof BESIDE, room: number): FlowLayout {
  const widthsOf = (columns: readonly FlowColumn[], least: boolean) =>
    columns.map(({ field, characters, least: few = characters }) => {
      const of = field === 'src' || field === 'dst' ? Math.max(12, longest[field]) : 0
      const address = of === 0 ? 0 : least ? leastAddress(of, beside) : of + beside.usual
      return Math.ceil(((least ? few : characters) + address) * DATA_CHARACTER) + PADDING
    })
  const usual = widthsOf(FLOW_COLUMNS, false)
  const tight = room > 0 && usual.reduce((sum, width) => sum + width, DECISION_WIDTH) > room
  if (!tight) return { columns: FLOW_COLUMNS, widths: usual, tight }
  const columns = FLOW_COLUMNS.filter(({ wide }) => wide !== true)
  return { columns, widths: widthsOf(columns, true), tight }
}
