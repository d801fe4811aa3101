import { beforeAll, expect, it } from 'vitest'
import { build, needsBuild } from '../../app/app'
import { seedOfRun } from '../../tests/seed'
import type { Proof } from '../proof'

/** Milliseconds; it only ends a test that hangs. */
const LIMIT = 600_000

/** Defines the tests for the part of a proof that every change must pass, divided so that each takes a small part of its time limit. */
export function ordinary({ name, ordinary, perTest = ordinary, unit, app, run }: Proof): void {
  if (app)
    beforeAll(async () => {
      if (needsBuild()) await build()
    }, LIMIT)
  for (let at = 0; at < ordinary; at += perTest) {
    const [count, seed] = [Math.min(perTest, ordinary - at), seedOfRun() + at]
    it(`${name} holds for ${count.toLocaleString('en')} ${unit} from seed ${seed}`, { timeout: LIMIT }, async () => {
      const { done } = await run({ count, seed, signal: new AbortController().signal })
      expect(done).toBe(count)
    })
  }
}
