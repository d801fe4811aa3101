import { strict as assert } from 'node:assert'
import { parseAddress } from '@/lib/flow/address/address'
import type { Fact } from '@/lib/query/test/facts'
import { type Dice, randomFilter } from '@/lib/query/test/random'
import type { Property } from './property'
import { type AnswerWorld, nearAddress, type WorldSums } from './world'

function plus(...some: WorldSums[]): WorldSums {
  return { tuples: some.reduce((sum, one) => sum + one.tuples, 0), bytes: some.reduce((sum, one) => sum + one.bytes, 0) }
}

/** Returns a filter without `scanner` and `new` terms, which depend on the whole range and cost one more query each. */
function filterOf(dice: Dice): string {
  for (;;) {
    const q = randomFilter(dice)
    if (!/scanner|new:/.test(q)) return q
  }
}

function ask(world: AnswerWorld, ...filters: string[]): Promise<WorldSums[]> {
  return Promise.all(filters.map((q) => world.sums(world.view(q))))
}

function bytesOf({ bytesSent, bytesReceived }: Fact): number {
  return (bytesSent ?? 0) + (bytesReceived ?? 0)
}

function byHand(world: AnswerWorld, holds: (fact: Fact) => boolean): WorldSums {
  const facts = world.facts.filter(holds)
  return { tuples: facts.length, bytes: facts.reduce((sum, fact) => sum + bytesOf(fact), 0) }
}

/** Returns 128 binary digits, IPv4 in the mapped block, as the RFCs define prefixes. */
function bits(address: string): string {
  return parseAddress(address)!.toString(2).padStart(128, '0')
}

function prefixOf(dice: Dice): { cidr: string; length: number; base: string } {
  const base = nearAddress(dice)
  const six = base.includes(':')
  const given = dice.pick(six ? [0, 16, 32, 47, 48, 63, 64, 100, 127, 128] : [0, 1, 8, 9, 15, 16, 22, 23, 24, 25, 31, 32])
  return { cidr: `${base}/${given}`, length: six ? given : 96 + given, base }
}

const side = (dice: Dice) => dice.pick(['src', 'dst'] as const)

export const FILTERS: readonly Property[] = [
  async function negation(world, dice) {
    const q = filterOf(dice)
    const [all, yes, no] = await ask(world, '', q, `not (${q})`)
    assert.deepEqual(plus(yes!, no!), all, q)
  },
  async function inclusionAndExclusion(world, dice) {
    const [a, b] = [filterOf(dice), filterOf(dice)]
    const [one, other, both, either] = await ask(world, a, b, `(${a}) and (${b})`, `(${a}) or (${b})`)
    assert.deepEqual(plus(both!, either!), plus(one!, other!), `${a} | ${b}`)
  },
  async function listIsEither(world, dice) {
    const [field, a, b] = [dice.pick(['src', 'dst', 'ip']), prefixOf(dice).cidr, nearAddress(dice)]
    const [list, either] = await ask(world, `${field}:${a},${b}`, `${field}:${a} or ${field}:${b}`)
    assert.deepEqual(list, either, `${field}:${a},${b}`)
  },
  async function eitherEnd(world, dice) {
    const { cidr } = prefixOf(dice)
    const port = dice.pick(['443', '22..443', '0', '65535'])
    const [ip, ends, ports, portEnds] = await ask(
      world,
      `ip:${cidr}`,
      `src:${cidr} or dst:${cidr}`,
      `port:${port}`,
      `sport:${port} or dport:${port}`,
    )
    assert.deepEqual([ip, ports], [ends, portEnds], `${cidr} ${port}`)
  },
  async function prefixByHand(world, dice) {
    const [field, { cidr, length, base }] = [side(dice), prefixOf(dice)]
    const [answer] = await ask(world, `${field}:${cidr}`)
    const start = bits(base).slice(0, length)
    assert.deepEqual(
      answer,
      byHand(world, (fact) => bits(fact[field]).startsWith(start)),
      `${field}:${cidr}`,
    )
  },
  async function addressRangeByHand(world, dice) {
    const field = side(dice)
    const ends = [nearAddress(dice), nearAddress(dice)].sort((a, b) => (parseAddress(a)! < parseAddress(b)! ? -1 : 1))
    if (ends[0]!.includes(':') !== ends[1]!.includes(':')) return
    const q = `${field}:${ends.join('..')}`
    const [low, high] = ends.map(bits) as [string, string]
    const [answer] = await ask(world, q)
    assert.deepEqual(
      answer,
      byHand(world, (fact) => bits(fact[field]) >= low && bits(fact[field]) <= high),
      q,
    )
  },
  async function portRangeByHand(world, dice) {
    const field = dice.pick(['sport', 'dport'] as const)
    const [a, b] = [dice.below(65_536), dice.pick([0, 22, 443, 3389, 65_535])]
    const [low, high] = [Math.min(a, b), Math.max(a, b)]
    const [answer] = await ask(world, `${field}:${low}..${high}`)
    assert.deepEqual(
      answer,
      byHand(world, (fact) => fact[field] >= low && fact[field] <= high),
      `${field}:${low}..${high}`,
    )
  },
  async function amountsByHand(world, dice) {
    const limit = dice.pick([1, 60, 999, 1000, 1001, 2000, 5_000_000_000, 1 + dice.below(10_000)])
    const [more, least, less, most] = await ask(world, `bytes>${limit}`, `bytes>=${limit}`, `bytes<${limit}`, `bytes<=${limit}`)
    const expected = [
      byHand(world, (fact) => bytesOf(fact) > limit),
      byHand(world, (fact) => bytesOf(fact) >= limit),
      byHand(world, (fact) => bytesOf(fact) < limit),
      byHand(world, (fact) => bytesOf(fact) <= limit),
    ]
    assert.deepEqual([more, least, less, most], expected, `bytes ${limit}`)
  },
  async function namesByHand(world, dice) {
    const rule = dice.pick(world.facts).rule
    const [from, to] = [dice.below(rule.length), dice.below(rule.length)].sort((a, b) => a - b) as [number, number]
    const part = rule.slice(from, to + 1)
    if (/["\\*]/.test(part)) return
    const q = `rule:*"${part}"*`
    const [answer] = await ask(world, q)
    assert.deepEqual(
      answer,
      byHand(world, (fact) => fact.rule.toLowerCase().includes(part.toLowerCase())),
      q,
    )
  },
]
