import { parseAddress } from '@/lib/flow/address/address'
import { hash53 } from '@/lib/flow/hash'
import type { BlobState } from '@/lib/flow/reading/blob'
import { type Columns, createColumns, reserve } from '@/lib/flow/tuple/columns'

export interface TestRow {
  time: number
  recordTime?: number
  src: string
  dst: string
  sport: number
  dport: number
  proto?: number
  dir?: number
  action?: number
  state?: number
  /** packets sent, bytes sent, packets received, bytes received; -1 for not measured */
  counters?: readonly [number, number, number, number]
  group?: number
  blob?: number
  hour?: number
  offset?: number
  /** Offset of its record; by default, each row is a separate record. */
  recordOffset?: number
  /** Equal for the rows of copies of one record; by default, each row is a separate record. */
  recordHash?: number
}

function setAddress(hi: Uint32Array, lo: Uint32Array, row: number, text: string): void {
  const value = parseAddress(text)
  if (value === null) throw new Error(`${text} is not an address`)
  const words = [0n, 32n, 64n, 96n].map((shift) => Number((value >> shift) & 0xffff_ffffn))
  lo.set(words.slice(0, 2), row * 2)
  hi.set(words.slice(2), row * 2)
}

export function columnsOf(rows: readonly TestRow[]): Columns {
  const columns = createColumns(1)
  for (const row of rows) {
    reserve(columns, 1)
    const i = columns.length++
    columns.time[i] = row.time
    columns.recordTime[i] = row.recordTime ?? row.time
    setAddress(columns.srcHi, columns.srcLo, i, row.src)
    setAddress(columns.dstHi, columns.dstLo, i, row.dst)
    columns.sport[i] = row.sport
    columns.dport[i] = row.dport
    columns.proto[i] = row.proto ?? 6
    columns.dir[i] = row.dir ?? 0
    columns.action[i] = row.action ?? 0
    columns.state[i] = row.state ?? 0
    const [packetsSent, bytesSent, packetsReceived, bytesReceived] = row.counters ?? [-1, -1, -1, -1]
    columns.packetsSent[i] = packetsSent
    columns.bytesSent[i] = bytesSent
    columns.packetsReceived[i] = packetsReceived
    columns.bytesReceived[i] = bytesReceived
    columns.group[i] = row.group ?? 1
    columns.blob[i] = row.blob ?? 1
    columns.hour[i] = row.hour ?? -1
    columns.offset[i] = row.offset ?? i
    columns.recordOffset[i] = row.recordOffset ?? row.offset ?? i
    columns.recordHash[i] = row.recordHash ?? hash53(`${row.blob ?? 1} ${row.offset ?? i}`)
  }
  return columns
}

export function stateOf(id: number, tuples: number): BlobState {
  return {
    id,
    source: 'memory:one',
    container: '',
    name: `blob ${id}`,
    etag: '"1"',
    length: 100,
    modified: 0,
    scope: null,
    hour: null,
    mac: null,
    log: null,
    resume: 100,
    complete: true,
    through: null,
    first: null,
    last: null,
    tuples,
    records: 1,
    mark: null,
  }
}
