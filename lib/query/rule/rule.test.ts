import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { formatAddress, parseAddress, parseCidr } from '@/lib/flow/address/address'
import type { View } from '@/lib/flow/view/view'
import { rulesWithSpark } from '@/lib/query/rules/spark'
import { Scope } from '@/lib/query/where/scope'
import type { Store } from '@/lib/store/store'
import { type Fact, PLAIN, storeOf } from '../test/facts'
import { isSameAcl, naiveRules } from '../test/naive/answers'
import { naiveRows } from '../test/naive/filter'
import { naiveRule, naiveSpark } from '../test/naive/rule'
import { Dice, randomFacts, randomView } from '../test/random'
import { scopeOf } from '../test/scope-of'
import { rule } from './rule'

const SEED = 4711
const VIEWS = 25

describe('a rule', () => {
  let facts: Fact[]
  let store: Store
  let close: () => Promise<void>
  beforeAll(async () => {
    facts = randomFacts(new Dice(SEED), 1500)
    ;({ store, close } = await storeOf(facts))
  })
  afterAll(() => close())

  it('equals a plain reading of its rows', async () => {
    const dice = new Dice(SEED + 1)
    let told = 0
    for (let i = 0; i < VIEWS; i++) {
      const { view, sources } = randomView(dice)
      const rows = naiveRows(facts, view, sources)
      const some = dice.pick(rows.length > 0 && dice.chance(0.9) ? rows : facts)
      const asked = { rule: some.rule, acl: some.acl, dir: some.dir, limit: dice.pick([1, 8, 100]) }
      const spark = dice.pick([1, 7, 60])
      const { bucketMs, spark: course, ...answer } = await rule(store, view, { scope: scopeOf(sources), spark, ...asked })
      expect(answer, JSON.stringify({ q: view.q, ...asked })).toMatchObject(naiveRule(rows, asked))
      const own = rows.filter((fact) => fact.rule === asked.rule && isSameAcl(fact.acl, asked.acl) && fact.dir === asked.dir)
      expect(course).toEqual(naiveSpark(own, view, bucketMs))
      expect(course.allow.length).toBeLessThanOrEqual(Math.max(spark, 2))
      if (answer.allow && answer.deny) told++
    }
    expect(told).toBeGreaterThan(VIEWS / 5)
  })

  it('is listed with its hits over time, for each flow log if requested', async () => {
    const dice = new Dice(SEED + 2)
    for (let i = 0; i < VIEWS; i++) {
      const { view, sources } = randomView(dice)
      const rows = naiveRows(facts, view, sources)
      const [per, spark] = [dice.pick(['acl', 'log'] as const), dice.pick([0, 1, 48])]
      const answer = await rulesWithSpark(store, view, { scope: scopeOf(sources), per, spark })
      expect(answer.rows.map(({ spark: _, ...row }) => row)).toEqual(naiveRules(rows, per))
      expect(answer.bucketMs === undefined).toBe(spark === 0)
      for (const { spark: course, ...row } of answer.rows) {
        const own = rows.filter(
          ({ rule, acl, dir, log }) =>
            rule === row.rule && isSameAcl(acl, row.acl) && dir === row.dir && (row.log === undefined || log === row.log),
        )
        expect(course).toEqual(spark === 0 ? undefined : naiveSpark(own, view, answer.bucketMs!))
      }
    }
  })
})

describe('a rule with more addresses than are covered individually', () => {
  const blocks = ['198.51.100.0/24', '203.0.112.0/23', '2001:db8:0:1::/64', '2001:db8:0:4::/64', '10.1.0.0/20']
  const many = new Dice(SEED + 3)
  const sources = [
    ...new Set(
      Array.from({ length: 9000 }, () => {
        const { first, last } = parseCidr(many.pick(blocks))!
        const size = last - first + 1n
        return formatAddress(first + (size > 4096n ? BigInt(many.below(2 ** 30)) : BigInt(many.below(Number(size)))))
      }),
    ),
  ]
  let store: Store
  let close: () => Promise<void>
  beforeAll(async () => {
    ;({ store, close } = await storeOf(sources.map((src, i) => ({ ...PLAIN, src, offset: i, dport: 1 + (i % 500) * 3 }))))
  })
  afterAll(() => close())

  it('is covered by few prefixes that contain all of them', async () => {
    const at = Date.parse(PLAIN.time)
    const view: View = { from: at, to: at + 1, q: '', filter: null, logs: [], asof: null, once: false }
    const { allow } = await rule(store, view, { scope: Scope.everything, rule: PLAIN.rule, acl: PLAIN.acl })
    const { total, public: open, cover } = allow!.sources
    expect(sources.length).toBeGreaterThan(4096)
    expect({ total, open }).toEqual({ total: sources.length, open: sources.filter((src) => !src.startsWith('10.')).length })
    expect(cover.prefixes.length).toBeLessThanOrEqual(16)
    expect(cover.prefixes.reduce((sum, { seen }) => sum + seen, 0)).toBe(sources.length)
    for (const { prefix, seen } of cover.prefixes) {
      const { first, last } = parseCidr(prefix)!
      const held = sources.filter((src) => first <= parseAddress(src)! && parseAddress(src)! <= last)
      expect(held.length).toBe(seen)
      expect(blocks.some((block) => parseCidr(block)!.first <= first && last <= parseCidr(block)!.last)).toBe(true)
    }
    expect(allow!.ports.total).toBe(500)
    expect(allow!.ports.cover).toEqual([{ proto: 'tcp', ranges: expect.any(Array), exact: false }])
    expect(allow!.ports.cover[0]!.ranges).toHaveLength(8)
  })
})
