import type { Columns } from '@/lib/flow/columns'
import { DENY, STATE_BEGIN, STATE_NONE } from '@/lib/flow/tuple'
import { codes, plain64 } from './chunks'
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

/** Sums by blob, group, direction, action, minute and minute of flush, or null where there are too many of them to be worth it. */
function rollUp(columns: Columns, worth: number): Minutes | null {
  const { time, recordTime, group, blob, hour, dir, action, state, packetsSent, bytesSent, packetsReceived, bytesReceived } = columns
  const most = Math.floor(columns.length / worth)
  const minutes = createMinutes(most)
  /** By what stays the same for a whole record and group: the roll-up rows, found by walking. */
  const places = new Map<string, number[]>()
  let place: number[] = []
  for (let row = 0; row < columns.length; row++) {
    if (row === 0 || group[row] !== group[row - 1] || recordTime[row] !== recordTime[row - 1] || blob[row] !== blob[row - 1]) {
      const key = `${blob[row]} ${group[row]} ${Math.floor(recordTime[row]! / MINUTE)}`
      const known = places.get(key)
      place = known ?? []
      if (known === undefined) places.set(key, place)
    }
    const minute = Math.floor(time[row]! / MINUTE) * MINUTE
    const way = dir[row]!
    const act = action[row]!
    let at = -1
    for (let i = place.length - 1; i >= 0; i--) {
      const candidate = place[i]!
      if (minutes.minute[candidate] === minute && minutes.dir[candidate] === way && minutes.action[candidate] === act) {
        at = candidate
        break
      }
    }
    if (at < 0) {
      if (minutes.length === most) return null
      at = minutes.length++
      place.push(at)
      minutes.blob[at] = blob[row]!
      minutes.hour[at] = hour[row]!
      minutes.grp[at] = group[row]!
      minutes.minute[at] = minute
      minutes.record_minute[at] = Math.floor(recordTime[row]! / MINUTE) * MINUTE
      minutes.dir[at] = way
      minutes.action[at] = act
      minutes.first[at] = time[row]!
      minutes.last[at] = time[row]!
    }
    minutes.tuples[at]!++
    if (act === DENY || state[row] === STATE_BEGIN || state[row] === STATE_NONE) minutes.flows[at]!++
    if (bytesSent[row]! > 0) minutes.bytes_sent[at]! += bytesSent[row]!
    if (bytesReceived[row]! > 0) minutes.bytes_received[at]! += bytesReceived[row]!
    if (packetsSent[row]! > 0) minutes.packets[at]! += packetsSent[row]!
    if (packetsReceived[row]! > 0) minutes.packets[at]! += packetsReceived[row]!
    if (time[row]! < minutes.first[at]!) minutes.first[at] = time[row]!
    if (time[row]! > minutes.last[at]!) minutes.last[at] = time[row]!
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
    writer.group(minutes.length, (column) => {
      const name = numbers[column]
      return name === undefined
        ? codes(minutes[CODES[column - numbers.length]!].subarray(0, minutes.length))
        : plain64(minutes[name].subarray(0, minutes.length))
    })
    writer.finish()
  })
  return true
}
