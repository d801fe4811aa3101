import type { RowField } from '@/lib/flow/fields'
import type { Format } from '@/lib/flow/tuple'

const FLOW = ['time', 'src', 'dst', 'sport', 'dport', 'proto'] as const
const COUNTERS = ['packetsSent', 'bytesSent', 'packetsReceived', 'bytesReceived'] as const

/** Which field stands where in a tuple as written. Source: https://learn.microsoft.com/azure/network-watcher/nsg-flow-logs-overview and vnet-flow-logs-overview. */
const LAYOUTS: Record<Format, readonly RowField[]> = {
  'nsg-v1': [...FLOW, 'dir', 'action'],
  'nsg-v2': [...FLOW, 'dir', 'action', 'state', ...COUNTERS],
  'vnet-v4': [...FLOW, 'dir', 'state', 'enc', ...COUNTERS],
}

/** A piece of a line between commas: characters [at, end). `field` is null where the layout knows none. */
export interface LineField {
  field: RowField | null
  text: string
  at: number
  end: number
}

/** The pieces of a tuple as written, in their order; without a format only what all layouts share is named. */
export function lineFields(line: string, format: Format | null): LineField[] {
  const layout: readonly RowField[] = format === null ? FLOW : LAYOUTS[format]
  let at = 0
  return line.split(',').map((text, i) => {
    const piece = { field: layout[i] ?? null, text, at, end: at + text.length }
    at = piece.end + 1
    return piece
  })
}

/** From this number on, a time is in milliseconds, below it in seconds. */
const FIRST_MILLISECONDS = 1e11

/** Time (epoch milliseconds), ends and ports of a tuple as written; null when it does not begin so. */
export function readFlow(line: string): { time: number; src: string; dst: string; sport: string; dport: string } | null {
  const [time = '', src = '', dst = '', sport = '', dport = ''] = line.split(',').map((text) => text.trim())
  if (!/^\d+$/.test(time) || src === '' || dst === '' || !/^\d+$/.test(sport) || !/^\d+$/.test(dport)) return null
  const t = Number(time)
  return { time: t >= FIRST_MILLISECONDS ? t : t * 1000, src, dst, sport, dport }
}
