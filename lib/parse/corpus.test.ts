import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { ScanOrigin, ScanState } from './scanner'
import { type NaiveRejection, type NaiveRow, readNaively } from './test/naive-reader'
import { Random } from './test/random'
import { scan } from './test/scan'

interface Expected {
  origin: ScanOrigin
  state: ScanState
  rejected: NaiveRejection[]
  rows: NaiveRow[]
}

const folder = fileURLToPath(new URL('corpus', import.meta.url))
const ROWS = '.rows.json'
const samples = readdirSync(folder).filter((name) => !name.startsWith('.') && !name.endsWith(ROWS))

/** Each sample has a `.rows.json`: its origin, the kept rows and the rejections. */
describe('corpus', () => {
  it.each(samples)('%s', (name) => {
    const bytes = readFileSync(`${folder}/${name}`)
    const expected = JSON.parse(readFileSync(`${folder}/${name.replace(/\.[^.]+$/, ROWS)}`, 'utf8')) as Expected
    const { origin } = expected
    const random = new Random(bytes.length)
    const sizes = { whole: () => bytes.length, bytes: () => 1, sevens: () => 7, random: () => 1 + random.below(300) }
    const readings = [readNaively(bytes, origin), ...Object.values(sizes).map((size) => scan(bytes, origin, size))]
    for (const { rows, rejected, state } of readings)
      expect({ origin, state, rejected: [...rejected.values()].sort(byPlace), rows }).toEqual({
        ...expected,
        rejected: expected.rejected.sort(byPlace),
      })
  })
})

function byPlace(a: NaiveRejection, b: NaiveRejection): number {
  return a.offset - b.offset || (a.reason < b.reason ? -1 : 1)
}
