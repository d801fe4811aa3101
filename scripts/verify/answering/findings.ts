import { strict as assert } from 'node:assert'
import { Known } from '@/lib/context/known'
import { readFound } from '@/lib/context/read/read-file'
import type { Finding } from '@/lib/flow/answer/traffic/findings'
import { DEFAULTS } from '@/lib/flow/finding/facts'
import { FINDING_KINDS, type FindingKind } from '@/lib/flow/finding/kinds'
import { timeBefore } from '@/lib/flow/time/baseline'
import { DAY } from '@/lib/flow/time/bucket'
import type { View } from '@/lib/flow/view/view'
import { findingsOf } from '@/lib/query/findings/findings'
import { coverOf } from '@/lib/query/findings/question/cover'
import { storeOf } from '@/lib/query/test/facts'
import { Dice } from '@/lib/query/test/random'
import { Scope } from '@/lib/query/where/scope'
import { eachCase, type Proof, type ProofRun } from '../proof'
import { type FindingWorld, FROM, makeWorld, type Plant, TO } from './findings/world'

const NAME = 'findings'
/** One in this many worlds has no planted cases. */
const CALM = 4
const RECALL = 0.95
const FALSE_A_DAY = { high: 1, medium: 5 }

const VIEW: View = { from: FROM, to: TO, q: '', filter: null, logs: [], asof: null, once: false }

async function findIn(world: FindingWorld): Promise<Finding[]> {
  const { store, close } = await storeOf(world.facts)
  try {
    const { sets } = readFound('listed.txt', Buffer.from(world.listed.length > 0 ? world.listed.join('\n') : '203.0.113.250'))
    const scope = Scope.everything.knowing(Known.of(sets, 'x'))
    const cover = await coverOf(store, timeBefore(VIEW, 7 * DAY), scope)
    const asked = { scope, baseline: 7 * DAY, cover, thresholds: DEFAULTS, unread: new Set<string>() }
    const found: Finding[] = []
    for (const kind of FINDING_KINDS) found.push(...(await findingsOf(kind, store, VIEW, asked)))
    return found
  } finally {
    await close()
  }
}

function isOf({ kind, ends, mac }: Plant, finding: Finding): boolean {
  if (finding.kind !== kind || (mac !== undefined && finding.figures.mac !== mac)) return false
  return (['src', 'dst', 'dport'] as const).every((end) => ends[end] === undefined || finding[end] === ends[end])
}

/** True if a finding is about a planted case: the case's own finding, or another about one of its strangers. */
function isCaused({ plants, strangers }: FindingWorld, finding: Finding): boolean {
  if (plants.some((plant) => isOf(plant, finding))) return true
  if ([finding.src, finding.dst].some((end) => end !== null && strangers.has(end))) return true
  // A port that became reachable for a source is also exposed.
  if (finding.kind === 'exposed' && plants.some(({ ends }) => ends.dst === finding.dst && ends.dport === finding.dport)) return true
  // Many denials of a source that is allowed later are also a surge.
  return finding.kind === 'deny-surge' && plants.some(({ kind }) => kind === 'let-in')
}

interface Counts {
  planted: number
  found: number
}

/** The planted cases that were found, and other findings, over all worlds. */
class Tally {
  worlds = 0
  tuples = 0
  calm = 0
  readonly kinds = new Map<FindingKind, Counts>()
  readonly strengths = new Map<Plant['strength'], Counts>()
  readonly mistakes = { high: 0, medium: 0 }
  readonly missed: string[] = []
  readonly wrong: string[] = []

  add(seed: number, world: FindingWorld, found: readonly Finding[]): void {
    this.worlds++
    this.tuples += world.facts.length
    if (world.plants.length === 0) this.calm++
    const worth = found.filter(({ level }) => level !== 'low')
    for (const plant of world.plants) {
      const isFound = worth.some((finding) => isOf(plant, finding))
      count(this.kinds, plant.kind, isFound)
      count(this.strengths, plant.strength, isFound)
      if (!isFound) this.missed.push(`seed ${seed}: ${plant.kind} ${plant.strength}`)
    }
    for (const finding of worth) {
      if (finding.level === 'low' || isCaused(world, finding)) continue
      this.mistakes[finding.level]++
      this.wrong.push(`seed ${seed}: ${finding.level} ${finding.sentence}`)
    }
  }

  get all(): Counts {
    const counts = [...this.kinds.values()]
    return { planted: counts.reduce((sum, { planted }) => sum + planted, 0), found: counts.reduce((sum, { found }) => sum + found, 0) }
  }
}

function count<Key>(counts: Map<Key, Counts>, key: Key, isFound: boolean): void {
  const before = counts.get(key) ?? { planted: 0, found: 0 }
  counts.set(key, { planted: before.planted + 1, found: before.found + (isFound ? 1 : 0) })
}

function text({ planted, found }: Counts): string {
  return `${found} of ${planted}`
}

/** A few worlds may have bad luck: allows three standard deviations more misses than expected. */
function mostMisses(planted: number): number {
  const allowed = planted * (1 - RECALL)
  return allowed + (planted < 200 ? 3 * Math.sqrt(allowed) : 0)
}

/** False medium findings that so many days may have; a few days may be unlucky, by three standard deviations. */
function mostMedium(days: number): number {
  const allowed = days * FALSE_A_DAY.medium
  return allowed + (days < 10 ? 3 * Math.sqrt(allowed) : 0)
}

async function run(options: ProofRun) {
  const tally = new Tally()
  const done = await eachCase(NAME, options, async (seed) => {
    const dice = new Dice(Math.imul(seed, 0x9e3779b1))
    const world = makeWorld(dice, seed % CALM === 0 ? [] : FINDING_KINDS.filter(() => dice.chance(0.5)))
    tally.add(seed, world, await findIn(world))
  })
  const { planted, found } = tally.all
  assert.ok(planted - found <= mostMisses(planted), `found ${text(tally.all)}\n${tally.missed.join('\n')}`)
  assert.ok(
    tally.mistakes.high <= FALSE_A_DAY.high * Math.max(1, done),
    `${tally.mistakes.high} false high in ${done} days\n${tally.wrong.join('\n')}`,
  )
  assert.ok(
    tally.mistakes.medium <= mostMedium(Math.max(1, done)),
    `${tally.mistakes.medium} false medium in ${done} days\n${tally.wrong.join('\n')}`,
  )
  return {
    done,
    figures: {
      recall: planted === 0 ? 'nothing planted' : `${(found / planted).toFixed(3)} (${text(tally.all)})`,
      'false high a day': (tally.mistakes.high / Math.max(1, done)).toFixed(2),
      'false medium a day': (tally.mistakes.medium / Math.max(1, done)).toFixed(2),
      ...Object.fromEntries([...tally.strengths].sort().map(([strength, counts]) => [strength, text(counts)])),
      ...Object.fromEntries(FINDING_KINDS.flatMap((kind) => (tally.kinds.has(kind) ? [[kind, text(tally.kinds.get(kind)!)]] : []))),
      missed: tally.missed.join(', ') || 'none',
      'calm days': String(tally.calm),
      tuples: String(tally.tuples),
    },
  }
}

export const findings: Proof = {
  name: NAME,
  promise: 'Findings find what is there, and little else',
  test: 'Made networks with eight days of traffic (agents, clocks, probes, backups, long flows, updates from new addresses, administrators, scanners, a NIC that pauses every night, flows that two NICs log) and in the last day cases of every kind at three strengths, or none: what is planted is found as high or medium, 95 of 100, with at most one false high and five false medium a day.',
  unit: 'days',
  seed: 1001,
  ordinary: 2,
  full: 80,
  run,
}
