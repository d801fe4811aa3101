import { DATA_CHARACTER, type Longest } from '@/components/pages/explorer/table/columns/columns'
import type { FlowOrder } from '@/lib/flow/orders'

export interface FlowColumn {
  field: FlowOrder
  label: string
  about?: string
  /** Width in characters; addresses are as wide as the longest. */
  characters: number
  end?: true
  /** First sorted from the smallest. */
  ascending?: true
}

/** The columns of flows, from the left. Arrows point from source to destination, and back. */
export const FLOW_COLUMNS: readonly FlowColumn[] = [
  { field: 'first', label: 'Begin', about: 'first tuple; … if it began before', characters: 27 },
  { field: 'last', label: 'End', about: 'last tuple; … if it goes on', characters: 27 },
  { field: 'duration', label: 'Duration', characters: 11, end: true },
  { field: 'src', label: 'Source', characters: 0, end: true, ascending: true },
  { field: 'sport', label: 'Port', characters: 6, ascending: true },
  { field: 'dst', label: 'Destination', characters: 2, end: true, ascending: true },
  { field: 'dport', label: 'Port', characters: 6, ascending: true },
  { field: 'proto', label: 'Proto', characters: 6, ascending: true },
  { field: 'bytesSent', label: 'Bytes →', about: 'what several NICs or flow logs recorded counts once', characters: 9, end: true },
  { field: 'bytesReceived', label: 'Bytes ←', about: 'what several NICs or flow logs recorded counts once', characters: 9, end: true },
  { field: 'packetsSent', label: 'Packets →', characters: 9, end: true },
  { field: 'packetsReceived', label: 'Packets ←', characters: 9, end: true },
  { field: 'tuples', label: 'Tuples', about: 'records of this flow', characters: 7, end: true },
  { field: 'srcMac', label: 'NIC of source', about: 'NIC that saw it go out', characters: 13, ascending: true },
  { field: 'dstMac', label: 'NIC of dest.', about: 'NIC that saw it come in', characters: 13, ascending: true },
  { field: 'nics', label: 'NICs', about: 'NICs that saw it', characters: 5, end: true },
]

const PADDING = 12

/** Width of the column with the decision. Pixels. */
export const DECISION_WIDTH = 40

/** Widths of the columns, in pixels; `beside` is the room for the context beside an address, in characters. */
export function flowWidths(longest: Longest, beside: number): number[] {
  return FLOW_COLUMNS.map(({ field, characters }) => {
    const address = field === 'src' || field === 'dst' ? Math.max(12, longest[field]) + beside : 0
    return Math.ceil((characters + address) * DATA_CHARACTER) + PADDING
  })
}
