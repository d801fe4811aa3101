import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { HOUR } from '@/lib/flow/time/bucket'
import type { View } from '@/lib/flow/view/view'
import type { Store } from '@/lib/store/store'
import { ENGINES } from '@/lib/store/test/engines'
import { PLAIN, storeOf } from '../test/facts'
import { Scope } from '../where/scope'
import { refuseTooMany } from './too-many'

const BEGIN = Date.parse(PLAIN.time)
/** Bounds that few rows reach. */
const CERTAIN = { groups: 2000, rules: 2000 }
const FACTS = Array.from({ length: 2500 }, (_, offset) => ({
  ...PLAIN,
  offset,
  time: new Date(BEGIN + (offset < 1000 ? 0 : HOUR)).toISOString(),
  rule: `rule ${offset}`,
}))
const FIRST: View = { from: BEGIN, to: BEGIN + HOUR, q: '', filter: null, logs: [], asof: null, once: false }
const BOTH: View = { ...FIRST, to: BEGIN + 2 * HOUR }

describe.each(ENGINES)('too many rules, on %s', (engine) => {
  let store: Store
  let close: () => Promise<void>
  beforeAll(async () => {
    ;({ store, close } = await storeOf(FACTS, engine))
  })
  afterAll(() => close())

  it('are refused where the view has them, not for those of other hours', async () => {
    await expect(refuseTooMany(store, BOTH, Scope.everything, undefined, CERTAIN)).rejects.toMatchObject({ kind: 'limit' })
    await refuseTooMany(store, FIRST, Scope.everything, undefined, CERTAIN)
  })

  it('are not looked for while few groups are stored', async () => {
    await refuseTooMany(store, BOTH, Scope.everything)
  })
})
