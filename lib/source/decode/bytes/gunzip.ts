import { crc32 } from 'node:zlib'
import { Problem } from '@/lib/flow/problem'
import { type DecodeBounds, holdTo } from './bounds'
import { Feed } from './feed'
import { type Ending, inflate } from './inflate'
import { rechunk, type Stream } from './stream'

const EXTRA = 4
const NAME = 8
const COMMENT = 16
const CHECK = 2

/**
 * Yields the plain bytes of a gzip stream, its members one after the other (RFC 1952). All bytes that can be unpacked come before a failure.
 * @throws Problem `source` for damaged or cut streams, decompression bombs, and non-zero bytes after the last member
 */
export function gunzip(name: string, packed: Stream, bounds: DecodeBounds): Stream {
  return rechunk(members(name, packed, bounds))
}

async function* members(name: string, packed: Stream, bounds: DecodeBounds): AsyncGenerator<Uint8Array, void, undefined> {
  const feed = new Feed(packed)
  let given = 0
  const fail = (what: string) => {
    throw new Problem('source', `${name} ${what}: only its first ${given} plain bytes could be read`, { where: name })
  }
  try {
    for (let first = true; ; first = false) {
      const magic = await feed.exactly(2)
      if (!first && magic.length === 0) return
      if (magic[0] !== 0x1f || magic[1] !== 0x8b) {
        feed.giveBack(magic)
        if (await holdsOnlyZeros(feed)) return
        return fail('holds bytes behind its gzip stream that are not gzip')
      }
      if (!(await skipHeader(feed))) return fail('ends in the head of its gzip stream')
      let check = 0
      let size = 0
      const plain = inflate(feed)
      let ending: Ending | null = null
      while (ending === null) {
        const { value, done } = await plain.next()
        if (done === true) ending = value
        else {
          given += value.length
          size += value.length
          check = crc32(value, check)
          holdTo(bounds, name, feed.taken, given)
          yield value
        }
      }
      if (ending === 'damaged') fail('holds a damaged gzip stream')
      const trailer = Buffer.from(await feed.exactly(8))
      if (ending === 'cut' || trailer.length < 8) fail('ends in the middle of its gzip stream')
      if (trailer.readUInt32LE(0) !== check || trailer.readUInt32LE(4) !== size % 2 ** 32)
        fail('holds a gzip stream whose check sum is not that of its bytes')
    }
  } finally {
    await feed.leave()
  }
}

async function skipHeader(feed: Feed): Promise<boolean> {
  const head = await feed.exactly(8)
  if (head.length < 8) return false
  const flags = head[1]!
  if (flags & EXTRA) {
    const length = Buffer.from(await feed.exactly(2))
    if (length.length < 2 || (await feed.exactly(length.readUInt16LE(0))).length < length.readUInt16LE(0)) return false
  }
  for (const text of [NAME, COMMENT]) if (flags & text && !(await skipText(feed))) return false
  return !(flags & CHECK) || (await feed.exactly(2)).length === 2
}

async function skipText(feed: Feed): Promise<boolean> {
  for (;;) {
    const part = await feed.some(4096)
    if (part === null) return false
    const end = part.indexOf(0)
    if (end < 0) continue
    feed.giveBack(part.subarray(end + 1))
    return true
  }
}

/** Tapes and block devices pad with zeros. */
async function holdsOnlyZeros(feed: Feed): Promise<boolean> {
  for (let part = await feed.some(65_536); part !== null; part = await feed.some(65_536)) if (part.some((byte) => byte !== 0)) return false
  return true
}
