import type { Columns } from '@/lib/flow/columns'
import { DENY, STATE_BEGIN, STATE_NONE } from '@/lib/flow/tuple'
import { codes, MOST_ROWS, plain64 } from './chunks'
import { INT32, INT64, ParquetWriter } from './parquet'
import { writeFile } from './write-file'

const MINUTE = 60_000
/** A roll-up that is not so many times smaller than its rows does not pay. */
const WORTH = 4

const KEYS = ['blob', 'hour', 'grp', 'minute', 'record_minute'] as const
const SUMS = ['tuples', 'flows', 'bytes_sent', 'bytes_received', 'packets', 'first', 'last'] as const

type Name = (typeof KEYS)[number] | (typeof SUMS)[number]

/** Rolled up rows as columns, one array element each. */
interface Minutes extends Record<Name, Float64Array> {
  length: number
  dir: Uint8Array
  action: Uint8Array
}

function createMinutes(capacity: number): Minutes {
  const arrays = [...KEYS, ...SUMS].map((name) => [name, new Float64Array(capacity)] as const)
  return {
    length: 0,
    dir: new Uint8Array(capacity),
    action: new Uint8Array(capacity),
    ...(Object.fromEntries(arrays) as Record<Name, Float64Array>),
  }
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

/** Sums by blob, group, direction, action, minute and minute of flush, or null where there are too many of them to be worth it. */
function rollUp(columns: Columns, worth: number): Minutes | null {
  const { time, recordTime, group, blob, hour, dir, action, state, packetsSent, bytesSent, packetsReceived, bytesReceived } = columns
  const most = Math.floor(columns.length / worth)
  const minutes = createMinutes(most)
  /** Rolled up rows by blob and group, the newest last. */
  const places = new Map<number, Map<number, number[]>>()
  for (let row = 0; row < columns.length; ) {
    const start = row
    const minute = Math.floor(time[start]! / MINUTE) * MINUTE
    const deny = action[start] === DENY
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
      if (deny || state[row] === STATE_BEGIN || state[row] === STATE_NONE) flows++
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
    if (first < minutes.first[at]!) minutes.first[at] = first
    if (last > minutes.last[at]!) minutes.last[at] = last
  }
  return minutes
}

const CODES = ['dir', 'action'] as const

/**
 * Rolls up every row of `columns` and writes that to a new Parquet file, the columns of `minutes`. Returns false, and writes nothing, where there are
 * fewer than `worth` rows to one of it. Throws what the file system throws.
 */
export function writeMinutes(path: string, columns: Columns, worth = WORTH): boolean {
  const minutes = rollUp(columns, worth)
  if (!minutes) return false
  const numbers = [...KEYS, ...SUMS]
  const schema = [
    ...numbers.map((name) => ({ name, type: INT64, converted: null })),
    ...CODES.map((name) => ({ name, type: INT32, converted: null })),
  ]
  writeFile(path, (sink) => {
    const writer = new ParquetWriter(schema, sink)
    for (let from = 0; from < minutes.length; from += MOST_ROWS) {
      const to = Math.min(from + MOST_ROWS, minutes.length)
      writer.group(to - from, (column) => {
        const name = numbers[column]
        return name === undefined
          ? codes(minutes[CODES[column - numbers.length]!].subarray(from, to))
          : plain64(minutes[name].subarray(from, to))
      })
    }
    writer.finish()
  })
  return true
}
