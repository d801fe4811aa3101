import type { Columns } from '@/lib/flow/columns'
import { hash53 } from '@/lib/flow/hash'
import type { FlowGroup } from '@/lib/flow/tuple'

/** The names of a group that its record writes. The source and the log may come from the place of the blob, and copies lie in several places. */
function written({ mac, format, acl, rule, enc, proto, state }: FlowGroup): string {
  return JSON.stringify([mac, format, acl, rule, enc, proto, state])
}

const words = new Uint32Array(2)
const double = new Float64Array(words.buffer)

/**
 * Fills `columns.recordHash`: one 53-bit hash for all rows of a record, made of its flush time and of everything that its tuples say. Copies of a record
 * have the same hash wherever they lie and however their JSON is laid out; other records have another one (two of a hundred million by chance).
 * The rows of a record follow on each other. A group that `groups` does not hold is told by its id, which copies in another source do not share.
 * `named` remembers the hashes of groups' names by id.
 */
export function fingerprint(columns: Columns, groups: ReadonlyMap<number, FlowGroup>, named = new Map<number, number>()): void {
  const nameOf = (id: number): number => {
    const known = named.get(id)
    if (known !== undefined) return known
    const group = groups.get(id)
    if (group === undefined) return id
    const hash = hash53(written(group))
    named.set(id, hash)
    return hash
  }
  const { length, blob, recordOffset, recordTime, time, srcHi, srcLo, dstHi, dstLo, sport, dport, proto, dir, action, state, group } =
    columns
  const { packetsSent, bytesSent, packetsReceived, bytesReceived } = columns
  let a = 0
  let b = 0
  const mix = (word: number): void => {
    a = Math.imul(a ^ word, 2654435761)
    b = Math.imul(b ^ word ^ (a >>> 15), 1597334677)
  }
  const mixDouble = (value: number): void => {
    double[0] = value
    mix(words[0]!)
    mix(words[1]!)
  }
  for (let from = 0; from < length; ) {
    let to = from
    a = 0xdeadbeef | 0
    b = 0x41c6ce57
    mixDouble(recordTime[from]!)
    for (; to < length && recordOffset[to] === recordOffset[from] && blob[to] === blob[from]; to++) {
      mixDouble(nameOf(group[to]!))
      mixDouble(time[to]!)
      for (let half = 2 * to; half < 2 * to + 2; half++) {
        mix(srcHi[half]!)
        mix(srcLo[half]!)
        mix(dstHi[half]!)
        mix(dstLo[half]!)
      }
      mix((sport[to]! << 16) | dport[to]!)
      mix((proto[to]! << 16) | (dir[to]! << 12) | (action[to]! << 8) | state[to]!)
      mixDouble(packetsSent[to]!)
      mixDouble(bytesSent[to]!)
      mixDouble(packetsReceived[to]!)
      mixDouble(bytesReceived[to]!)
    }
    a = Math.imul(a ^ (a >>> 16), 2246822507)
    a ^= Math.imul(b ^ (b >>> 13), 3266489909)
    b = Math.imul(b ^ (b >>> 16), 2246822507)
    b ^= Math.imul(a ^ (a >>> 13), 3266489909)
    const hash = 0x1_0000_0000 * (b & 0x1f_ffff) + (a >>> 0)
    columns.recordHash.fill(hash, from, to)
    from = to
  }
}
