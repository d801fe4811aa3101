import { strict as assert } from 'node:assert'
import type { TupleRow } from '@/lib/flow/answer/tuples/tuples'
import { createColumns } from '@/lib/flow/tuple/columns'
import type { FlowGroup } from '@/lib/flow/tuple/tuple'
import { Scanner } from '@/lib/parse/scanner'
import { Random } from '@/lib/parse/test/random'
import { BlobWriter } from '@/lib/parse/test/random-blob'
import { rowsInWords } from '@/lib/parse/test/words'
import { rules } from '@/lib/query/rules/rules'
import { talkers } from '@/lib/query/talkers/talkers'
import { compareText } from '@/lib/query/test/naive/answers'
import { Dice, randomBy, randomFilter, randomMetric } from '@/lib/query/test/random'
import { timeline } from '@/lib/query/timeline/timeline'
import { tuples } from '@/lib/query/tuples/tuples'
import { values } from '@/lib/query/values'
import { Scope } from '@/lib/query/where/scope'
import type { Property } from './property'
import type { AnswerWorld } from './world'

const SCOPE = Scope.ofSources(['whole'])
const EVERYTHING = 100_000
const NAMES = ['src', 'dst', 'ip', 'sport', 'dport', 'port', 'rule', 'acl', 'proto', 'dir', 'action'] as const

function quiet(dice: Dice): string {
  const q = dice.chance(0.4) ? '' : randomFilter(dice)
  return /scanner|new:/.test(q) ? 'action:deny' : q
}

/** Returns one of the answers that do not depend on the place of a row. */
function answerOf(world: AnswerWorld, q: string, source: string, dice: Dice): Promise<unknown> {
  const view = world.view(q)
  const options = { scope: Scope.ofSources([source]) }
  return dice.pick([
    () => timeline(world.store, view, { ...options, buckets: 24 }),
    () => talkers(world.store, view, { ...options, by: randomBy(dice), metric: randomMetric(dice), limit: 20 }),
    () => rules(world.store, view, options),
  ])()
}

async function sameAs(world: AnswerWorld, dice: Dice, other: 'split' | 'shuffled'): Promise<void> {
  const [q, seed] = [quiet(dice), dice.below(1 << 30)]
  const [whole, arranged] = await Promise.all(['whole', other].map((source) => answerOf(world, q, source, new Dice(seed))))
  assert.deepEqual(arranged, whole, q)
}

/** Returns the rows of some blobs, without their places. */
function rowsOf(texts: readonly string[]): unknown[] {
  const columns = createColumns(0)
  const groups = new Map<number, FlowGroup>()
  for (const text of texts) {
    const scanner = new Scanner({ blob: 1, source: 's', scope: null, hour: null, mac: null, offset: 0 }, columns, groups)
    scanner.push(Buffer.from(text))
    scanner.finish()
  }
  return rowsInWords(columns, groups).map(({ offset: _offset, recordOffset: _record, ...row }) => row)
}

export const LISTS: readonly Property[] = [
  async function topOfFullSort(world, dice) {
    const [by, metric, limit, view] = [randomBy(dice), randomMetric(dice), 1 + dice.below(12), world.view(quiet(dice))]
    const [top, all] = await Promise.all(
      [limit, EVERYTHING].map((most) => talkers(world.store, view, { scope: SCOPE, by, metric, limit: most })),
    )
    const ranks = all!.rows.map((row) => row[metric])
    assert.deepEqual(
      ranks,
      ranks.toSorted((a, b) => b - a),
      `${by} by ${metric} of ${view.q}`,
    )
    assert.deepEqual(top!.rows, all!.rows.slice(0, limit), `${by} by ${metric}, ${limit} of ${view.q}`)
    const rest = all!.rows.slice(limit).reduce((sum, row) => sum + row.bytes, 0)
    assert.deepEqual([top!.total, top!.other.bytes], [all!.rows.length, rest], view.q)
  },
  async function keysAddUp(world, dice) {
    const [field, view] = [dice.pick(['src', 'dst', 'dport', 'rule', 'acl', 'proto', 'mac'] as const), world.view(quiet(dice))]
    const [sums, all] = await Promise.all([world.sums(view), talkers(world.store, view, { scope: SCOPE, by: [field], limit: EVERYTHING })])
    const shown = { tuples: all.rows.reduce((sum, row) => sum + row.tuples, 0), bytes: all.rows.reduce((sum, row) => sum + row.bytes, 0) }
    assert.deepEqual(shown, sums, `${field} of ${view.q}`)
  },
  async function valuesOfFullSort(world, dice) {
    const [field, limit, view] = [dice.pick(NAMES), 1 + dice.below(8), world.view(quiet(dice))]
    const [top, all] = await Promise.all([limit, EVERYTHING].map((most) => values(world.store, view, { scope: SCOPE, field, limit: most })))
    assert.deepEqual(top!.rows, all!.rows.slice(0, limit), `${field} of ${view.q}`)
    assert.equal(top!.total, all!.rows.length)
    const counts = all!.rows.map((row) => row.tuples)
    assert.deepEqual(
      counts,
      counts.toSorted((a, b) => b - a),
    )
  },
  async function pagesOfFullSort(world, dice) {
    const [field, descending, view] = [
      dice.pick(['time', 'bytesSent', 'src', 'dport', 'rule'] as const),
      dice.chance(0.5),
      world.view(quiet(dice)),
    ]
    const sort = [{ field, descending }]
    const pages: TupleRow[] = []
    let total = 0
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page = await tuples(world.store, view, { scope: SCOPE, sort, limit: 60, cursor })
      pages.push(...page.rows)
      ;({ total, next: cursor } = page)
    }
    assert.equal(pages.length, total, view.q)
    assert.equal(new Set(pages.map(({ id }) => id)).size, total, view.q)
    const type = field === 'src' ? 'address' : field === 'bytesSent' || field === 'dport' ? 'number' : 'text'
    const keys = pages.map((row) => String(row[field] ?? -1))
    const sorted = keys.toSorted((a, b) => compareText(type, a, b) * (descending ? -1 : 1))
    assert.deepEqual(keys, sorted, `${field} of ${view.q}`)
  },
  async function rulesAddUp(world, dice) {
    const view = world.view(quiet(dice))
    const per = dice.pick(['acl', 'log'] as const)
    const [sums, { rows }] = await Promise.all([world.sums(view), rules(world.store, view, { scope: SCOPE, per })])
    const shown = { tuples: rows.reduce((sum, row) => sum + row.allow + row.deny, 0), bytes: rows.reduce((sum, row) => sum + row.bytes, 0) }
    assert.deepEqual(shown, sums, `${per}: ${view.q}`)
  },
  async function splitAndMerge(world, dice) {
    const writer = new BlobWriter(new Random(dice.below(1 << 30)), 0)
    const records = Array.from({ length: 2 + dice.below(5) }, () => writer.record())
    const cut = 1 + dice.below(records.length - 1)
    const parts = [records.slice(0, cut), records.slice(cut)].map((some) => `{"records":[${some.join(',')}]}`)
    assert.deepEqual(rowsOf(parts), rowsOf([`{"records":[${records.join(',')}]}`]))
    if (dice.chance(0.3)) await sameAs(world, dice, 'split')
  },
  async function orderOfArrival(world, dice) {
    await sameAs(world, dice, 'shuffled')
  },
]
