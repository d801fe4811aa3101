import type { RowField } from '@/lib/flow/field/fields'
import type { Format } from '@/lib/flow/tuple/tuple'

const FLOW = ['time', 'src', 'dst', 'sport', 'dport', 'proto'] as const
const COUNTERS = ['packetsSent', 'bytesSent', 'packetsReceived', 'bytesReceived'] as const

/** The order of fields in a raw tuple. Source: https://learn.microsoft.com/azure/network-watcher/nsg-flow-logs-overview and vnet-flow-logs-overview. */
const LAYOUTS: Record<Format, readonly RowField[]> = {
  'nsg-v1': [...FLOW, 'dir', 'action'],
  'nsg-v2': [...FLOW, 'dir', 'action', 'state', ...COUNTERS],
  'vnet-v4': [...FLOW, 'dir', 'state', 'enc', ...COUNTERS],
}

/** A comma-separated piece of a line: characters [at, end). `field` is null if the layout has none there. */
export interface LineField {
  field: RowField | null
  text: string
  at: number
  end: number
}

/** The pieces of a raw tuple, in order; without a format, only the fields that all layouts share are named. */
export function lineFields(line: string, format: Format | null): LineField[] {
  const layout: readonly RowField[] = format === null ? FLOW : LAYOUTS[format]
  let at = 0
  return line.split(',').map((text, i) => {
    const piece = { field: layout[i] ?? null, text, at, end: at + text.length }
    at = piece.end + 1
    return piece
  })
}
