import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import type { SortBy } from '@/lib/flow/field/fields'
import { Problem } from '@/lib/flow/problem'
import { tupleId } from '@/lib/flow/tuple/tuple'
import type { View } from '@/lib/flow/view/view'
import { Scope } from '@/lib/query/where/scope'
import type { Store } from '@/lib/store/store'
import { type Fact, PLAIN, storeOf } from '../test/facts'
import { naiveTuples } from '../test/naive/answers'
import { sortText } from './sort'
import { tuples } from './tuples'

const start = Date.parse(PLAIN.time)
const view: View = { from: start, to: start + 60_000, q: '', filter: null, logs: [], asof: null, once: false }

/** Three instants, two blobs, few values: nearly everything occurs more than once. */
const facts: Fact[] = Array.from({ length: 240 }, (_, i) => ({
  ...PLAIN,
  time: new Date(start + (i % 3) * 1000).toISOString(),
  src: `10.0.0.${i % 2}`,
  dport: i % 5 === 0 ? 22 : 443,
  proto: i % 7 === 0 ? 'ESP; 100%' : 'tcp',
  bytesSent: i % 4 === 0 ? null : i % 4,
  enc: i % 6 === 0 ? null : 'NX',
  rule: i % 3 === 0 ? 'a;b,c' : 'ä',
  blob: 1 + (i % 2),
  offset: i,
}))

let store: Store
let close: () => Promise<void>

beforeAll(async () => {
  ;({ store, close } = await storeOf(facts))
})
afterAll(() => close())

const up = (field: SortBy['field']): SortBy => ({ field, descending: false })
const down = (field: SortBy['field']): SortBy => ({ field, descending: true })

const sorts: SortBy[][] = [
  [down('time')],
  [up('time')],
  [down('src'), up('time')],
  [up('bytesSent')],
  [down('bytesSent'), up('dport')],
  [up('proto'), down('rule'), up('enc')],
  [up('state'), down('id')],
  [up('id')],
  [down('recordTime'), up('mac'), up('log'), up('format'), up('acl'), up('dir'), up('action')],
]

describe('pages', () => {
  test.each(sorts.map((sort) => [sortText(sort), sort] as const))('by %s contain every row once, in order', async (_, sort) => {
    const rows = []
    let cursor: string | null = ''
    let pages = 0
    while (cursor !== null) {
      const page: Awaited<ReturnType<typeof tuples>> = await tuples(store, view, { scope: Scope.everything, sort, cursor, limit: 37 })
      expect(page.total).toBe(facts.length)
      rows.push(...page.rows)
      cursor = page.next
      pages++
    }
    expect(rows).toEqual(naiveTuples(facts, sort))
    expect(pages).toBe(Math.ceil(facts.length / 37))
  })

  it('have no next page if the last row fills a page', async () => {
    const page = await tuples(store, view, { scope: Scope.everything, limit: facts.length })
    expect({ rows: page.rows.length, next: page.next }).toEqual({ rows: facts.length, next: null })
  })
})

describe('cursor', () => {
  it('can be read', async () => {
    const sort = [up('src'), up('rule')]
    const { next, rows } = await tuples(store, view, { scope: Scope.everything, sort, limit: 1 })
    expect(rows[0]!.id).toBe(tupleId(1, 0))
    expect(next).toBe(`src,rule;10.0.0.0;a%3Bb%2Cc;${start};1;0`)
  })

  test.each([
    ['another sort', 'time;1;1;1', 0],
    ['too few values', '-src;10.0.0.1;1;1', 4],
    ['too many values', '-src;10.0.0.1;1;1;1;1', 4],
    ['no address', '-src;10.0.0.x;1;1;1', 5],
    ['an address in another spelling', '-src;::ffff:10.0.0.1;1;1;1', 5],
    ['no number', '-src;10.0.0.1;1;1;1e3', 18],
    ['a number in another spelling', '-src;10.0.0.1;01;1;1', 14],
    ['a number too large', '-src;10.0.0.1;9999999999999999;1;1', 14],
    ['SQL', '-src;10.0.0.1;1;1;1 or 1=1', 18],
    ['nothing', '-src;;1;1;1', 5],
  ])('with %s is refused', async (_, cursor, at) => {
    const error = await tuples(store, view, { scope: Scope.everything, sort: [down('src')], cursor }).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(Problem)
    expect(error).toMatchObject({ kind: 'ask', key: 'cursor', at })
  })

  it('with broken percent-encoding is refused', async () => {
    const error = await tuples(store, view, { scope: Scope.everything, sort: [up('rule')], cursor: 'rule;%E0%A4%A;1;1;1' }).catch(
      (thrown: unknown) => thrown,
    )
    expect(error).toMatchObject({ kind: 'ask', key: 'cursor', at: 5 })
  })
})
