import { git } from '../process/where-run'

const VARIABLE = 'FLOWLENS_TEST_SEED'
/** Hexadecimal digits of the commit's hash that make a seed: below 2^28. */
const DIGITS = 7

/**
 * Chooses the seed of this test run and of every process that it starts: FLOWLENS_TEST_SEED, else a number derived from the commit, else 1. Prints how to run
 * it again.
 */
export function chooseSeed(): number {
  const hash = git('rev-parse', 'HEAD')
  const seed = Number(process.env[VARIABLE] || Number.parseInt(hash.slice(0, DIGITS), 16) || 1)
  if (!Number.isSafeInteger(seed) || seed < 0) throw new Error(`${VARIABLE} is ${process.env[VARIABLE]}, which is not a whole number`)
  process.env[VARIABLE] = String(seed)
  console.log(`Seeds begin at ${seed}. To run the same cases again: ${VARIABLE}=${seed} npm test`)
  return seed
}

/** The seed of this test run. */
export function seedOfRun(): number {
  return Number(process.env[VARIABLE] || 1)
}
