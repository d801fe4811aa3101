import { hash53 } from '@/lib/flow/hash'
import type { Columns } from '@/lib/flow/tuple/columns'
import type { FlowGroup } from '@/lib/flow/tuple/tuple'

/** The properties of a group that are written in its record. Source and log may come from the blob's path, which differs between copies. */
function written({ mac, format, acl, rule, enc, proto, state }: FlowGroup): string {
  return JSON.stringify([mac, format, acl, rule, enc, proto, state])
}

/** The words of a row in the order in which they are mixed: numbers as two words each. */
const row = new Uint32Array(22)
const numbers = new Float64Array(row.buffer)
/** The first words of a record are its flush time alone. */
const FLUSH = 2

/** Group ids and the hashes of their properties, by the lowest bits of the id: looking a number up in a Map takes several times as long. */
const SLOTS = 4096

/**
 * Fills `columns.recordHash`: one 53-bit hash for all rows of a record, made of its flush time and the content of its tuples. Copies of a record have the same
 * hash wherever they are and however their JSON is formatted; different records have different hashes (except for about two in a hundred million). The rows of
 * a record are adjacent. A group that `groups` lacks is represented by its id, which copies in another source do not share. `named` caches the hashes of
 * groups' properties by id.
 */
export function fingerprint(columns: Columns, groups: ReadonlyMap<number, FlowGroup>, named = new Map<number, number>()): void {
  const recent = new Float64Array(SLOTS * 2).fill(-1)
  const nameOf = (id: number): number => {
    const slot = (id & (SLOTS - 1)) * 2
    if (recent[slot] === id) return recent[slot + 1]!
    const hash = hashOf(id, groups, named)
    recent[slot] = id
    recent[slot + 1] = hash
    return hash
  }
  const { length, blob, recordOffset, recordTime, time, srcHi, srcLo, dstHi, dstLo, sport, dport, proto, dir, action, state, group } =
    columns
  const { packetsSent, bytesSent, packetsReceived, bytesReceived } = columns
  for (let from = 0; from < length; ) {
    let to = from
    let a = 0xdeadbeef | 0
    let b = 0x41c6ce57
    numbers[0] = recordTime[from]!
    for (let words = FLUSH; ; words = row.length) {
      for (let i = 0; i < words; i++) {
        a = Math.imul(a ^ row[i]!, 2654435761)
        b = Math.imul(b ^ row[i]! ^ (a >>> 15), 1597334677)
      }
      if (words > FLUSH) to++
      if (to === length || recordOffset[to] !== recordOffset[from] || blob[to] !== blob[from]) break
      numbers[0] = nameOf(group[to]!)
      numbers[1] = time[to]!
      const half = 2 * to
      row[4] = srcHi[half]!
      row[5] = srcLo[half]!
      row[6] = dstHi[half]!
      row[7] = dstLo[half]!
      row[8] = srcHi[half + 1]!
      row[9] = srcLo[half + 1]!
      row[10] = dstHi[half + 1]!
      row[11] = dstLo[half + 1]!
      row[12] = (sport[to]! << 16) | dport[to]!
      row[13] = (proto[to]! << 16) | (dir[to]! << 12) | (action[to]! << 8) | state[to]!
      numbers[7] = packetsSent[to]!
      numbers[8] = bytesSent[to]!
      numbers[9] = packetsReceived[to]!
      numbers[10] = bytesReceived[to]!
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

function hashOf(id: number, groups: ReadonlyMap<number, FlowGroup>, named: Map<number, number>): number {
  const known = named.get(id)
  if (known !== undefined) return known
  const group = groups.get(id)
  if (group === undefined) return id
  const hash = hash53(written(group))
  named.set(id, hash)
  return hash
}
