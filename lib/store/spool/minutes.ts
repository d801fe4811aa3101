import type { Columns } from '@/lib/flow/tuple/columns'
import { isNewFlow } from '@/lib/store/new-flow'
import { MINUTE_COLUMNS } from '@/lib/store/schema'
import { codes, MOST_ROWS, plain64 } from './chunks'
import { INT32, INT64, ParquetWriter } from './parquet'
import { writeFile } from './write-file'

const MINUTE = 60_000
/** Minimum ratio of rows to roll-ups at which a roll-up is worthwhile. */
const WORTH = 4

type CodeName = Extract<(typeof MINUTE_COLUMNS)[number], { kind: 'code' }>['name']
type NumberName = Exclude<(typeof MINUTE_COLUMNS)[number]['name'], CodeName>

/** Rolled up rows as columns, one array element each. */
interface Minutes extends Record<NumberName, Float64Array>, Record<CodeName, Uint8Array> {
  length: number
}

function createMinutes(capacity: number): Minutes {
  const arrays = MINUTE_COLUMNS.map(({ name, kind }) => [name, kind === 'code' ? new Uint8Array(capacity) : new Float64Array(capacity)])
  return { length: 0, ...Object.fromEntries(arrays) } as Minutes
}

function placeOf(places: Map<number, Map<number, number[]>>, blob: number, group: number): number[] {
  let groups = places.get(blob)
  if (groups === undefined) {
    groups = new Map()
    places.set(blob, groups)
  }
  let place = groups.get(group)
  if (place === undefined) {
    place = []
    groups.set(group, place)
  }
  return place
}

/**
 * Sums rows by blob, group, direction, action, minute and minute of flush. Null if there are too many sums to be worthwhile, or if a sum is too large to be
 * exact.
 */
function rollUp(columns: Columns, worth: number): Minutes | null {
  const { time, recordTime, group, blob, hour, dir, action, state, packetsSent, bytesSent, packetsReceived, bytesReceived } = columns
  const most = Math.floor(columns.length / worth)
  const minutes = createMinutes(most)
  /** Rolled up rows by blob and group, the newest last. */
  const places = new Map<number, Map<number, number[]>>()
  for (let row = 0; row < columns.length; ) {
    const start = row
    const minute = Math.floor(time[start]! / MINUTE) * MINUTE
    let first = time[start]!
    let last = first
    let flows = 0
    let sent = 0
    let received = 0
    let packets = 0
    while (
      row < columns.length &&
      time[row]! >= minute &&
      time[row]! < minute + MINUTE &&
      group[row] === group[start] &&
      recordTime[row] === recordTime[start] &&
      blob[row] === blob[start] &&
      dir[row] === dir[start] &&
      action[row] === action[start]
    ) {
      const t = time[row]!
      if (t < first) first = t
      if (t > last) last = t
      if (isNewFlow(action[row]!, state[row]!)) flows++
      if (bytesSent[row]! > 0) sent += bytesSent[row]!
      if (bytesReceived[row]! > 0) received += bytesReceived[row]!
      if (packetsSent[row]! > 0) packets += packetsSent[row]!
      if (packetsReceived[row]! > 0) packets += packetsReceived[row]!
      row++
    }
    const recordMinute = Math.floor(recordTime[start]! / MINUTE) * MINUTE
    const place = placeOf(places, blob[start]!, group[start]!)
    let at = -1
    for (let i = place.length - 1; i >= 0 && at < 0; i--) {
      const one = place[i]!
      const same = minutes.minute[one] === minute && minutes.record_minute[one] === recordMinute
      if (same && minutes.dir[one] === dir[start] && minutes.action[one] === action[start]) at = one
    }
    if (at < 0) {
      if (minutes.length === most) return null
      at = minutes.length++
      place.push(at)
      minutes.blob[at] = blob[start]!
      minutes.hour[at] = hour[start]!
      minutes.grp[at] = group[start]!
      minutes.minute[at] = minute
      minutes.record_minute[at] = recordMinute
      minutes.dir[at] = dir[start]!
      minutes.action[at] = action[start]!
      minutes.first[at] = first
      minutes.last[at] = last
    }
    minutes.tuples[at]! += row - start
    minutes.flows[at]! += flows
    minutes.bytes_sent[at]! += sent
    minutes.bytes_received[at]! += received
    minutes.packets[at]! += packets
    if (Math.max(minutes.bytes_sent[at]!, minutes.bytes_received[at]!, minutes.packets[at]!) > Number.MAX_SAFE_INTEGER) return null
    if (first < minutes.first[at]!) minutes.first[at] = first
    if (last > minutes.last[at]!) minutes.last[at] = last
  }
  return minutes
}

/**
 * Rolls up every row of `columns` and writes the columns of `minutes` to a new Parquet file. Returns false, and writes nothing, if there are fewer than `worth`
 * rows for each roll-up, or if a sum exceeds 2^53.
 * @throws the file system's error
 */
export function writeMinutes(path: string, columns: Columns, worth = WORTH): boolean {
  const minutes = rollUp(columns, worth)
  if (!minutes) return false
  const schema = MINUTE_COLUMNS.map(({ name, kind }) => ({ name, type: kind === 'code' ? INT32 : INT64, converted: null }))
  writeFile(path, (sink) => {
    const writer = new ParquetWriter(schema, sink)
    for (let from = 0; from < minutes.length; from += MOST_ROWS) {
      const to = Math.min(from + MOST_ROWS, minutes.length)
      writer.group(to - from, (at) => {
        const column = MINUTE_COLUMNS[at]!
        return column.kind === 'code' ? codes(minutes[column.name].subarray(from, to)) : plain64(minutes[column.name].subarray(from, to))
      })
    }
    writer.finish()
  })
  return true
}
