import { beforeAll, expect, it } from 'vitest'
import { build, needsBuild } from '../app'
import type { Proof } from './proof'

/** Milliseconds; a row takes a small part of it. */
const LIMIT = 600_000

/** The share of a proof that every change has to pass. */
export function ordinary({ name, ordinary, unit, seed, app, run }: Proof): void {
  if (ordinary === null) throw new Error(`${name} has no ordinary count`)
  if (app)
    beforeAll(async () => {
      if (needsBuild()) await build()
    }, LIMIT)
  it(`${name} holds for ${ordinary.toLocaleString('en')} ${unit}`, { timeout: LIMIT }, async () => {
    const { done } = await run({ count: ordinary, seed, signal: new AbortController().signal })
    expect(done).toBe(ordinary)
  })
}
