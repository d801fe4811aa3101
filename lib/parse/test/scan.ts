import { createColumns } from '@/lib/flow/tuple/columns'
import type { FlowGroup } from '@/lib/flow/tuple/tuple'
import { Scanner, type ScanOrigin } from '../scanner'
import type { NaiveReading, NaiveRow } from './naive-reader'
import { rowsInWords } from './words'

export const LOOSE: ScanOrigin = { blob: 7, source: '/evidence', scope: null, hour: null, mac: null, offset: 0 }

/** Reused, so that remains of an earlier scan would show. */
const columns = createColumns(0)

/** Scans `bytes` in chunks of the sizes that `size` returns, with the same result type as the naive reader. */
export function scan(bytes: Uint8Array, origin: ScanOrigin, size: () => number): NaiveReading {
  columns.length = 0
  const groups = new Map<number, FlowGroup>()
  const scanner = new Scanner(origin, columns, groups)
  for (let p = 0; p < bytes.length; ) {
    const end = Math.min(bytes.length, p + size())
    scanner.push(bytes.slice(p, end))
    p = end
  }
  const state = scanner.finish()
  const rows = rowsInWords(columns, groups)
  const used = new Set(columns.group.subarray(0, columns.length))
  if (used.size !== groups.size) throw new Error(`${groups.size} groups for rows of ${used.size}`)
  const rejected = new Map(scanner.rejections.map(({ blob, ...one }) => [`${one.what} ${one.reason}`, one]))
  const of = (what: string) => [...rejected.values()].reduce((sum, one) => sum + (one.what === what ? one.count : 0), 0)
  if (scanner.seen.records !== state.records + of('record')) throw new Error('records seen ≠ kept + rejected')
  if (scanner.seen.tuples !== state.tuples + of('tuple')) throw new Error('tuples seen ≠ kept + rejected')
  if (state.malformed !== of('record') + of('tuple')) throw new Error('malformed ≠ rejected')
  return { rows, rejected, state: { ...state } }
}

const ROW_KEYS: (keyof NaiveRow)[] = [
  'time',
  'recordTime',
  'src',
  'dst',
  'sport',
  'dport',
  'proto',
  'dir',
  'action',
  'state',
  'enc',
  'packetsSent',
  'bytesSent',
  'packetsReceived',
  'bytesReceived',
  'source',
  'log',
  'logName',
  'mac',
  'format',
  'acl',
  'rule',
  'blob',
  'hour',
  'offset',
  'recordOffset',
]

/** Returns the result as one comparable text. */
export function told(reading: NaiveReading): string {
  const rejected = [...reading.rejected.keys()].sort().map((key) => entries(reading.rejected.get(key)!))
  return [entries(reading.state), ...rejected, ...reading.rows.map((row) => JSON.stringify(row, ROW_KEYS))].join('\n')
}

function entries(one: object): string {
  return JSON.stringify(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
}
