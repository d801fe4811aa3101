import { Dice } from '@/lib/query/test/random'
import { ENGINES } from '@/lib/store/test/engines'
import { failure, type Proof, type ProofRun } from '../proof'
import { FILTERS } from './answers/filters'
import { LISTS } from './answers/lists'
import type { Property } from './answers/property'
import { RANGES } from './answers/ranges'
import { AnswerWorld } from './answers/world'

const NAME = 'answers'
const PROPERTIES: readonly Property[] = [...FILTERS, ...RANGES, ...LISTS]
/** Cases that use the same world, and cases that run at the same time. */
const CASES_A_WORLD = 15
const AT_ONCE = 5

async function runSome(world: AnswerWorld, property: Property, first: number, until: number): Promise<void> {
  const cases = Array.from({ length: until - first }, async (_, i) => {
    try {
      await property(world, new Dice(Math.imul(first + i, 0x9e3779b1) ^ property.name.length))
    } catch (error) {
      throw failure(NAME, first + i, new Error(`${property.name}: ${error instanceof Error ? error.message : error}`, { cause: error }))
    }
  })
  const outcomes = await Promise.allSettled(cases)
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason
}

async function run({ count, seed, signal }: ProofRun) {
  const end = seed + count
  let at = seed
  while (at < end && !signal.aborted) {
    const number = Math.floor(at / CASES_A_WORLD)
    const last = Math.min(end, (number + 1) * CASES_A_WORLD)
    const world = await AnswerWorld.make(number)
    try {
      while (at < last && !signal.aborted) {
        const until = Math.min(last, at + AT_ONCE)
        for (const property of PROPERTIES) await runSome(world, property, at, until)
        at = until
      }
    } finally {
      await world.close()
    }
  }
  return { done: at - seed, figures: { properties: String(PROPERTIES.length), engines: ENGINES.join(' ') } }
}

export const answers: Proof = {
  name: NAME,
  promise: 'Same answers',
  test: `${PROPERTIES.length} properties of answers about random flows: additivity over time and filters, split and merge of blobs, order of arrival, top-N against a full sort, prefixes and ranges against brute force.`,
  unit: `cases of each property`,
  seed: 1,
  ordinary: 16,
  perTest: 8,
  full: 200_000,
  run,
}
