import { expect, it } from 'vitest'
import type { View } from '@/lib/flow/view/view'
import { Scope } from '@/lib/query/where/scope'
import { sql } from '@/lib/store/sql'
import { type Fact, PLAIN, storeOf } from '../test/facts'
import { naiveRows } from '../test/naive/filter'
import { Dice, randomFacts, randomView } from '../test/random'
import { scopeOf } from '../test/scope-of'
import { basis, groupHash } from './basis'

type Row = Record<string, number | bigint | null>

function valuesOf(row: Row): bigint[] {
  const of = (name: string) => BigInt(row[name] ?? -1)
  const small = of('proto') * 32n + of('dir') * 16n + of('action') * 8n + of('state')
  const counters = ['packets_sent', 'bytes_sent', 'packets_received', 'bytes_received'].map((name) => of(name) + 1n)
  const places = ['pos', 'record_pos', 'src', 'dst'].map(of)
  return [of('time'), of('record_time'), of('sport') * 65536n + of('dport'), small, ...counters, ...places]
}

type Group = Parameters<typeof groupHash>[0]

function naiveSums(rows: readonly Row[], groups: ReadonlyMap<number, Group>): number[] {
  return [2_147_483_647n, 2_147_483_629n].map((prime) => {
    let sum = 0n
    for (const row of rows) {
      let hash = 1n
      for (const [i, value] of valuesOf(row).entries()) {
        const salt = 1_000_003n * BigInt(i + 1)
        hash = (hash * ((value % prime) + salt) + salt) % prime
      }
      sum += hash * (1n + BigInt(groupHash(groups.get(Number(row.grp))!)))
    }
    return Number(sum % prime)
  })
}

async function basisOf(facts: readonly Fact[], view: View) {
  const { store, close } = await storeOf(facts)
  try {
    const rows = await store.query<Row>(sql`select * from tuples`)
    return { found: await basis(store, view, { scope: Scope.everything }), rows }
  } finally {
    await close()
  }
}

const all = (facts: readonly Fact[]): View => {
  const times = facts.map(({ time }) => Date.parse(time))
  return { from: Math.min(...times), to: Math.max(...times) + 1, q: '', filter: null, logs: [], asof: null, once: false }
}

it('equals the sums of a naive reading, blob by blob, for any view', async () => {
  const dice = new Dice(11)
  const facts = randomFacts(dice, 400)
  const { store, close } = await storeOf(facts)
  try {
    const stored = await store.query<Row>(sql`select * from tuples`)
    const groups = new Map((await store.query<Group & { id: number }>(sql`select * from groups`)).map((group) => [group.id, group]))
    let seen = 0
    for (let i = 0; i < 40; i++) {
      const random = randomView(dice)
      const view = { ...random.view, q: '', filter: null }
      const kept = new Set(naiveRows(facts, view, random.sources).map(({ blob, offset }) => `${blob} ${offset}`))
      const rows = stored.filter(({ blob, pos }) => kept.has(`${blob} ${pos}`))
      const found = await basis(store, view, { scope: scopeOf(random.sources) })
      seen += found.length
      expect(found.reduce((sum, { rows: n }) => sum + n, 0)).toBe(rows.length)
      for (const { blob, rows: n, newest, sums } of found) {
        const own = rows.filter((row) => row.blob === blob)
        expect({ n, newest, sums }).toEqual({
          n: own.length,
          newest: Math.max(...own.map((row) => Number(row.record_time))),
          sums: naiveSums(own, groups),
        })
      }
    }
    expect(seen).toBeGreaterThan(40)
  } finally {
    await close()
  }
})

it('does not depend on the order in which rows were stored', async () => {
  const facts = randomFacts(new Dice(3), 50)
  const view = all(facts)
  const byBlob = ({ found }: Awaited<ReturnType<typeof basisOf>>) => [...found].sort((a, b) => a.blob - b.blob)
  expect(byBlob(await basisOf(facts.toReversed(), view))).toEqual(byBlob(await basisOf(facts, view)))
})

it.each<[string, [Partial<Fact>, Partial<Fact>], [Partial<Fact>, Partial<Fact>]]>([
  ['an address', [{}, {}], [{}, { src: '10.0.0.3' }]],
  ['one bit of the upper half of an IPv6 address', [{ src: '2001:db8::1' }, {}], [{ src: '2001:db9::1' }, {}]],
  ['both ends the other way round', [{}, {}], [{ src: PLAIN.dst, dst: PLAIN.src }, {}]],
  [
    'values that changed rows',
    [
      { sport: 1, dport: 2 },
      { sport: 3, dport: 4 },
    ],
    [
      { sport: 1, dport: 4 },
      { sport: 3, dport: 2 },
    ],
  ],
  ['nothing measured, where there was a zero', [{ bytesSent: 0 }, {}], [{ bytesSent: null }, {}]],
  ['the rule', [{ rule: 'a' }, {}], [{ rule: 'b' }, {}]],
])('tells %s', async (_, then, now) => {
  const view = { ...all([PLAIN]), from: 0, to: Date.parse('2030-01-01') }
  const sums = async (rows: readonly Partial<Fact>[]) => {
    const { found } = await basisOf(
      rows.map((row, i) => ({ ...PLAIN, offset: i, ...row })),
      view,
    )
    return found.map((row) => row.sums)
  }
  const before = await sums(then)
  const after = await sums(now)
  expect(after[0]![0]).not.toBe(before[0]![0])
  expect(after[0]![1]).not.toBe(before[0]![1])
})
