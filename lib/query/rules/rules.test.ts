import { afterAll, beforeAll, expect, it } from 'vitest'
import type { View } from '@/lib/flow/view/view'
import type { Store } from '@/lib/store/store'
import { PLAIN, storeOf } from '../test/facts'
import { values } from '../values'
import { Scope } from '../where/scope'
import { rules } from './rules'

const FROM = Date.parse('2024-08-12T00:00:00Z')
const VIEW: View = { from: FROM, to: FROM + 86_400_000, q: '', filter: null, logs: [], asof: null, once: false }
const MANY = 10_001

let store: Store
let close: () => Promise<void>
beforeAll(async () => {
  const facts = Array.from({ length: MANY }, (_, i) => ({ ...PLAIN, rule: `UserRule_${i}`, offset: i }))
  ;({ store, close } = await storeOf(facts))
})
afterAll(() => close())

it('refuses to list too many rules', async () => {
  await expect(rules(store, VIEW, { scope: Scope.everything })).rejects.toMatchObject({
    kind: 'limit',
    message: expect.stringContaining('more than 10000 rules'),
  })
  const narrow: View = { ...VIEW, to: FROM }
  expect((await rules(store, narrow, { scope: Scope.everything })).rows).toEqual([])
})

it('finds values among any number of names, and counts all of them', async () => {
  const { total, rows } = await values(store, VIEW, { scope: Scope.everything, field: 'rule', prefix: 'UserRule', limit: 3 })
  expect(total).toBe(MANY)
  expect(rows.map(({ value }) => value)).toEqual(['UserRule_0', 'UserRule_1', 'UserRule_10'])
})
