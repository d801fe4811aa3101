import { strict as assert } from 'node:assert'
import { setImmediate } from 'node:timers/promises'
import type { NaiveRow } from '@/lib/parse/test/naive-reader'
import { readNaively } from '@/lib/parse/test/naive-reader'
import { Random } from '@/lib/parse/test/random'
import { BlobWriter } from '@/lib/parse/test/random-blob'
import { LOOSE, scan, told } from '@/lib/parse/test/scan'
import { eachCase, type Proof, type ProofRun } from '../proof'

const NAME = 'tears'
const MOST_RECORDS = 6
const MOST_BYTES = 4096
const RUBBISH = [
  '',
  '"',
  '{',
  '{{{',
  '"}',
  ',',
  '\\',
  '\0\0\0\0',
  '{"time":"',
  '{"time":',
  '{"other":',
  '{"other":[',
  'tuple, tuple',
  '\n',
  ']}',
  '\xff\xfe',
]

interface Torn {
  bytes: Buffer
  /** Rows of the records that were not touched. */
  rows: NaiveRow[]
}

/** Returns a blob of whole records of every format, and the same torn once: cut, overwritten, repeated, or with inserted bytes. */
function tear(random: Random): Torn {
  const writer = new BlobWriter(random, 0)
  const records = Array.from({ length: 2 + random.below(MOST_RECORDS - 1) }, () => writer.record())
  const [head, between, tail] = random.pick([
    ['{"records":[', ',', ']}'],
    ['', '\n', '\n'],
    ['[', ',', ']'],
  ])
  const whole = Buffer.from(`${head}${records.join(between)}${tail}`)
  const at = random.below(whole.length)
  const to = random.chance(0.3) ? at : Math.min(whole.length, at + 1 + random.below(random.chance(0.5) ? 8 : MOST_BYTES))
  const repeated = whole.subarray(at, Math.min(whole.length, at + 1 + random.below(200)))
  const instead = random.pick([Buffer.from(random.pick(RUBBISH), 'latin1'), Buffer.alloc(random.below(64)), repeated])
  const bytes = Buffer.concat([whole.subarray(0, at), instead, whole.subarray(to)])
  const rows = readNaively(whole, LOOSE).rows.filter(({ recordOffset }) => {
    let start = head!.length
    for (const record of records) {
      const end = start + Buffer.byteLength(record)
      if (recordOffset === start) return end <= at || start >= to
      start = end + between!.length
    }
    return false
  })
  return { bytes, rows }
}

/** Returns a row without its position, which may have moved. */
function contentOf({ offset: _, recordOffset: __, ...content }: NaiveRow): string {
  return JSON.stringify(Object.entries(content).sort(([a], [b]) => (a < b ? -1 : 1)))
}

function holds(seed: number): number {
  const random = new Random(seed)
  const { bytes, rows } = tear(random)
  const longest = random.pick([bytes.length, bytes.length, 1, 7, 300])
  const expected = readNaively(bytes, LOOSE)
  const found = scan(bytes, LOOSE, () => 1 + random.below(longest))
  const show = () => JSON.stringify(bytes.toString('latin1'))
  assert.equal(told(found), told(expected), show())
  const left = new Map<string, number>()
  for (const row of found.rows) left.set(contentOf(row), (left.get(contentOf(row)) ?? 0) + 1)
  for (const row of rows) {
    const count = left.get(contentOf(row)) ?? 0
    assert.ok(count > 0, `a row of an untouched record is lost: ${contentOf(row)} of ${show()}`)
    left.set(contentOf(row), count - 1)
  }
  const skipped = [...found.rejected.values()].filter(({ what }) => what === 'record')
  for (const { reason, count, bytes: length } of skipped) assert.ok(length >= count, `${count} × ${reason} without bytes in ${show()}`)
  assert.ok(skipped.reduce((sum, one) => sum + one.bytes, 0) <= bytes.length, show())
  return rows.length
}

async function run(asked: ProofRun) {
  let rows = 0
  const done = await eachCase(NAME, asked, async (seed) => {
    rows += holds(seed)
    if (seed % 1000 === 0) await setImmediate()
  })
  return { done, figures: { 'rows of untouched records': String(rows) } }
}

export const tears: Proof = {
  name: NAME,
  promise: 'A tear costs one record',
  test: 'Blobs of all formats are torn once, anywhere: cut, overwritten, repeated, rubbish in between. Every row of a record that was not touched is read, both readers agree on all, and what was skipped is counted in bytes.',
  unit: 'tears',
  seed: 1,
  ordinary: 2_000,
  full: 1_000_000,
  run,
}
