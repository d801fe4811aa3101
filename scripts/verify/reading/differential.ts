import { setImmediate } from 'node:timers/promises'
import type { ScanOrigin } from '@/lib/parse/scanner'
import { mutate } from '@/lib/parse/test/mutate'
import { readNaively } from '@/lib/parse/test/naive-reader'
import { Random } from '@/lib/parse/test/random'
import { BlobWriter } from '@/lib/parse/test/random-blob'
import { LOOSE, scan, told } from '@/lib/parse/test/scan'
import { watchLoop } from '../command/watchdog'
import { failure, type Proof, type ProofRun } from '../proof'

const NAME = 'differential'
const MUTATIONS_A_BLOB = 100
/** One in this many blobs is also compared unmutated, longer and odder than the mutated ones. */
const WHOLE = 40

const IN_TREE: ScanOrigin = {
  blob: 2 ** 52 + 1,
  source: 'https://account.blob.core.windows.net/container',
  scope: 'flowLogResourceID=/1_NW/NETWORKWATCHER_X_LOG',
  hour: 1724090400000,
  mac: '0022480000FF',
  offset: 123_456_789,
}

/** Compares scanner and oracle on the same bytes, in one piece or in random chunks. */
function compare(bytes: Buffer, random: Random): void {
  const origin = random.chance(0.5) ? LOOSE : IN_TREE
  const longest = random.pick([Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 1, 7, 64, 700])
  const size = () => (longest > bytes.length ? bytes.length : 1 + random.below(longest))
  const expected = told(readNaively(bytes, origin))
  const scanned = told(scan(bytes, origin, size))
  if (scanned === expected) return
  const [ours, theirs] = [scanned.split('\n'), expected.split('\n')]
  const at = theirs.findIndex((line, i) => line !== ours[i])
  throw new Error(`scanner: ${ours[at]}\nnaive reader: ${theirs[at]}\nbytes: ${JSON.stringify(bytes.toString('latin1'))}`)
}

function blobOf(number: number): Buffer {
  const random = new Random(number ^ 0x5eed)
  return new BlobWriter(random, random.next() * 0.5, 2).blob()
}

async function run({ count, seed, signal }: ProofRun) {
  const watch = watchLoop(NAME)
  let number = Number.NaN
  let [bytes, other]: [Buffer, Buffer] = [Buffer.alloc(0), Buffer.alloc(0)]
  let whole = 0
  try {
    let done = 0
    for (; done < count && !signal.aborted; done++) {
      const one = seed + done
      watch.at(one)
      const random = new Random(one)
      if (Math.floor(one / MUTATIONS_A_BLOB) !== number) {
        number = Math.floor(one / MUTATIONS_A_BLOB)
        ;[bytes, other] = [blobOf(number), blobOf(number - 1)]
        await setImmediate()
      }
      try {
        compare(mutate(bytes, random, other), random)
        if (one % WHOLE !== 0) continue
        compare(new BlobWriter(random, random.next()).blob(), random)
        whole++
      } catch (error) {
        throw failure(NAME, one, error)
      }
    }
    return { done, figures: { 'blobs as written': String(whole) } }
  } finally {
    await watch.stop()
  }
}

export const differential: Proof = {
  name: NAME,
  promise: 'Same bytes, same rows',
  test: 'The parser and a separately written naive reader decode the same mutated bytes, whole and in random chunks: the same rows, rejections and positions.',
  unit: 'mutations',
  seed: 1,
  ordinary: 8_000,
  perTest: 4_000,
  full: 10_000_000,
  run,
}
