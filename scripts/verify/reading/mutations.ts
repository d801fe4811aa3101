import { strict as assert } from 'node:assert'
import { setImmediate } from 'node:timers/promises'
import { createColumns } from '@/lib/flow/tuple/columns'
import type { FlowGroup } from '@/lib/flow/tuple/tuple'
import { Scanner } from '@/lib/parse/scanner'
import { mutate } from '@/lib/parse/test/mutate'
import { Random } from '@/lib/parse/test/random'
import { BlobWriter } from '@/lib/parse/test/random-blob'
import { watchLoop } from '../command/watchdog'
import { failure, type Proof, type ProofRun } from '../proof'

const NAME = 'mutations'
const SEED_BLOBS = 20
/** Cases between two checks of memory and signal. */
const STRIDE = 10_000
/** Largest growth of heap and buffers from the first check to the last. Bytes. */
const MOST_GROWTH = 96 * 2 ** 20
const ORIGIN = { blob: 7, source: '/evidence', scope: null, hour: null, mac: null, offset: 0 }

/** Returns small blobs of every format, from plain to odd. */
function seedBlobs(): Buffer[] {
  return Array.from({ length: SEED_BLOBS }, (_, i) => new BlobWriter(new Random(i), i / SEED_BLOBS, 1).blob())
}

/** Reused, as in the parse thread. */
const columns = createColumns(0)

/** Scans in chunks of at most `most` bytes, and compares the counts with what was seen. */
function scan(bytes: Uint8Array, most: number): void {
  columns.length = 0
  const scanner = new Scanner(ORIGIN, columns, new Map<number, FlowGroup>())
  for (let at = 0; at < bytes.length; at += most) scanner.push(bytes.slice(at, at + most))
  const state = scanner.finish()
  let [records, tuples] = [0, 0]
  for (const { what, count } of scanner.rejections) {
    if (what === 'record') records += count
    if (what === 'tuple') tuples += count
  }
  const { seen } = scanner
  if (
    seen.records !== state.records + records ||
    seen.tuples !== state.tuples + tuples ||
    state.malformed !== records + tuples ||
    columns.length !== state.tuples ||
    state.resume > bytes.length
  )
    assert.fail(`seen ≠ parsed + rejected: ${JSON.stringify({ seen, state, rejections: scanner.rejections })} of ${bytes.toString()}`)
}

function heldBytes(): number {
  const { heapUsed, external, arrayBuffers } = process.memoryUsage()
  return heapUsed + external + arrayBuffers
}

/** Scans a seed blob cut at every possible byte. */
function truncations(blobs: readonly Buffer[]): number {
  let done = 0
  for (const [i, blob] of blobs.entries()) {
    for (let end = 0; end <= blob.length; end++, done++) {
      try {
        scan(blob.subarray(0, end), blob.length)
      } catch (error) {
        throw failure(NAME, 0, `seed blob ${i} cut at ${end}: ${error}`)
      }
    }
  }
  return done
}

async function run({ count, seed, signal }: ProofRun) {
  const blobs = seedBlobs()
  const watch = watchLoop(NAME)
  try {
    const cuts = truncations(blobs)
    let first: number | null = null
    let done = 0
    for (; done < count && !signal.aborted; done++) {
      const random = new Random(seed + done)
      watch.at(seed + done)
      try {
        scan(mutate(random.pick(blobs), random, random.pick(blobs)), random.chance(0.8) ? 1 << 20 : 1 + random.below(200))
      } catch (error) {
        throw failure(NAME, seed + done, error)
      }
      if (done % STRIDE !== STRIDE - 1) continue
      await setImmediate()
      first ??= heldBytes()
      assert.ok(heldBytes() - first < MOST_GROWTH, `memory grew by ${heldBytes() - first} bytes in ${done} mutations`)
    }
    return { done, figures: { truncations: String(cuts), 'seed blobs': String(blobs.length) } }
  } finally {
    await watch.stop()
  }
}

export const mutations: Proof = {
  name: NAME,
  promise: 'Every record is counted or reported',
  test: 'The parser reads mutated blobs of all formats (bytes, tokens, splices, and 20 seed blobs cut at every byte): no throw, no hang, bounded memory, seen = parsed + rejected.',
  unit: 'mutations',
  seed: 1,
  ordinary: 40_000,
  perTest: 20_000,
  full: 100_000_000,
  run,
}
