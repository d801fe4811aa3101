import { describe, expect, it } from 'vitest'
import type { ScanOrigin } from './scanner'
import { mutate } from './test/mutate'
import { readNaively } from './test/naive-reader'
import { Random } from './test/random'
import { BlobWriter } from './test/random-blob'
import { LOOSE, scan, told } from './test/scan'

/** A failure names its seed and step: `FLOWLENS_FUZZ_SEED=… npx vitest run lib/parse/scanner.fuzz.test.ts` replays that run. */
const SEED = Number(process.env.FLOWLENS_FUZZ_SEED ?? 20240819)
const BLOBS = 5_000
const MUTATIONS = 200_000
const MUTATIONS_A_BLOB = 100

const IN_TREE: ScanOrigin = {
  blob: 2 ** 52 + 1,
  source: 'https://account.blob.core.windows.net/container',
  scope: 'flowLogResourceID=/1_NW/NETWORKWATCHER_X_LOG',
  hour: 1724090400000,
  mac: '0022480000FF',
  offset: 123_456_789,
}

/** Scanner and oracle on the same bytes, whole or in random chunks. */
function compare(bytes: Buffer, random: Random, step: string): void {
  const origin = random.chance(0.5) ? LOOSE : IN_TREE
  const longest = random.pick([Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 1, 7, 64, 700])
  const size = () => (longest > bytes.length ? bytes.length : 1 + random.below(longest))
  try {
    const expected = told(readNaively(bytes, origin))
    const scanned = told(scan(bytes, origin, size))
    if (scanned !== expected) expect(scanned).toBe(expected)
  } catch (problem) {
    throw new Error(
      `seed ${SEED}, ${step}: ${JSON.stringify(bytes.toString('latin1'))}\n${problem instanceof Error ? problem.message : problem}`,
      {
        cause: problem,
      },
    )
  }
}

describe('scanner and naive reader', () => {
  it(`agree on ${BLOBS} generated blobs`, { timeout: 900_000 }, () => {
    const random = new Random(SEED)
    let rows = 0
    for (let i = 0; i < BLOBS; i++) {
      const bytes = new BlobWriter(random, random.next()).blob()
      rows += readNaively(bytes, LOOSE).rows.length
      compare(bytes, random, `blob ${i}`)
    }
    expect(rows).toBeGreaterThan(BLOBS)
  })

  it(`agree on ${MUTATIONS} mutations`, { timeout: 900_000 }, () => {
    const random = new Random(SEED + 1)
    let bytes: Buffer = Buffer.alloc(0)
    let other: Buffer = bytes
    for (let i = 0; i < MUTATIONS; i++) {
      if (i % MUTATIONS_A_BLOB === 0) {
        other = bytes
        bytes = new BlobWriter(random, random.next() * 0.5, 2).blob()
      }
      compare(mutate(bytes, random, other), random, `mutation ${i}`)
    }
  })
})
