import { strict as assert } from 'node:assert'
import { type Dice, randomFilter } from '@/lib/query/test/random'
import { timeline } from '@/lib/query/timeline/timeline'
import { Scope } from '@/lib/query/where/scope'
import type { Property } from './property'
import { type AnswerWorld, START } from './world'

const HOUR = 3_600_000
const SCOPE = Scope.ofSources(['whole'])

/** Returns three instants in order: whole hours, whole minutes and odd milliseconds. */
function instants(dice: Dice): [number, number, number] {
  const one = () =>
    START - HOUR / 2 + dice.pick([HOUR * dice.below(4), 60_000 * dice.below(220), 500 * dice.below(25_000), 1 + dice.below(13_000_000)])
  const [a, b, c] = [one(), one(), one()].sort((x, y) => x - y) as [number, number, number]
  return [a, Math.max(b, a + 1), Math.max(c, b + 2)]
}

function quiet(dice: Dice): string {
  const q = dice.chance(0.5) ? '' : randomFilter(dice)
  return /scanner|new:/.test(q) ? 'action:deny' : q
}

async function inBuckets(world: AnswerWorld, view: ReturnType<AnswerWorld['view']>, buckets: number) {
  const answer = await timeline(world.store, view, { scope: SCOPE, buckets })
  const sides = answer.buckets.flatMap(({ allow, deny }) => [allow, deny])
  return { tuples: sides.reduce((sum, side) => sum + side.tuples, 0), bytes: sides.reduce((sum, side) => sum + side.bytes, 0) }
}

export const RANGES: readonly Property[] = [
  async function timeAddsUp(world, dice) {
    const [[a, b, c], q] = [instants(dice), quiet(dice)]
    const [whole, first, second] = await Promise.all([
      world.sums(world.view(q, { from: a, to: c })),
      world.sums(world.view(q, { from: a, to: b })),
      world.sums(world.view(q, { from: b, to: c })),
    ])
    const sum = { tuples: first.tuples + second.tuples, bytes: first.bytes + second.bytes }
    assert.deepEqual(sum, whole, `${new Date(a).toISOString()} ${new Date(b).toISOString()} ${new Date(c).toISOString()} ${q}`)
  },
  async function asofByHand(world, dice) {
    const asof = instants(dice)[1]
    const answer = await world.sums(world.view('', { asof }))
    assert.equal(answer.tuples, world.facts.filter(({ recordTime }) => Date.parse(recordTime) <= asof).length, new Date(asof).toISOString())
  },
  async function logsAddUp(world, dice) {
    const q = quiet(dice)
    const [all, ...each] = await Promise.all([[], ['log-1'], ['log-2'], ['log-3']].map((logs) => world.sums(world.view(q, { logs }))))
    assert.equal(
      each.reduce((sum, { tuples }) => sum + tuples, 0),
      all!.tuples,
      q,
    )
  },
  async function bucketsAddUp(world, dice) {
    const [[from, , to], q] = [instants(dice), quiet(dice)]
    const view = world.view(q, { from, to })
    const [sums, some] = await Promise.all([world.sums(view), inBuckets(world, view, dice.pick([1, 3, 24, 240, 1000]))])
    assert.deepEqual(some, sums, `${new Date(from).toISOString()} ${new Date(to).toISOString()} ${q}`)
  },
]
