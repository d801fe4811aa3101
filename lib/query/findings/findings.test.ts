import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Finding } from '@/lib/flow/answer/traffic/findings'
import { DEFAULTS, type Thresholds } from '@/lib/flow/finding/facts'
import { FINDING_KINDS, type FindingKind } from '@/lib/flow/finding/kinds'
import { ADMIN_PORTS } from '@/lib/flow/finding/ports'
import { timeBefore } from '@/lib/flow/time/baseline'
import type { View } from '@/lib/flow/view/view'
import { parseFilter } from '@/lib/link/language/parse'
import { coverOf } from '@/lib/query/findings/question/cover'
import { type Fact, PLAIN, storeOf } from '@/lib/query/test/facts'
import { naiveRows } from '@/lib/query/test/naive/filter'
import { inOrder, naiveFindings, naiveShare, plainOf } from '@/lib/query/test/naive/findings'
import { Dice, randomFilter } from '@/lib/query/test/random'
import { scopeOf } from '@/lib/query/test/scope-of'
import type { Store } from '@/lib/store/store'
import { ENGINES } from '@/lib/store/test/engines'
import { findingsOf } from './findings'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const FROM = Date.UTC(2024, 7, 12)
/** A seed for which findings of every kind exist; `npm run verify -- findings` tries others. */
const SEED = 9

const INSIDE = ['10.0.0.4', '10.0.0.5', '10.0.1.4', '10.1.0.4', '192.168.1.9', '100.64.0.9', 'fd00::4']
const OUTSIDE = ['45.155.205.9', '45.155.205.200', '45.155.7.1', '2001:db8::2', '8.8.8.8', '2600::1', '168.63.129.16']
const PORTS = [443, 443, 53, 123, 3389, 1433, 80, ...ADMIN_PORTS.slice(0, 3)]

/** Returns rows of four days with few addresses, so that every kind finds something: regular calls, large transfers, scans, denials and pauses. */
function suspicious(dice: Dice): Fact[] {
  const facts: Fact[] = []
  const add = (time: number, fact: Partial<Fact>) => {
    const flushed = time + dice.below(60) * 1000
    const hour = dice.chance(0.1) ? -1 : Math.floor(flushed / HOUR) * HOUR
    const stamp = { time: new Date(time).toISOString(), recordTime: new Date(flushed).toISOString() }
    facts.push({
      ...PLAIN,
      ...stamp,
      hour,
      blob: 1 + dice.below(4),
      offset: facts.length * 10,
      source: dice.pick(['folder-1', 'folder-2']),
      ...fact,
    })
  }
  const [begin, end] = [FROM - 3 * DAY, FROM + DAY]
  for (let i = 0; i < 500; i++) {
    const dir = dice.pick(['in', 'out'] as const)
    const [own, other] = [dice.pick(INSIDE), dice.pick(dice.chance(0.6) ? OUTSIDE : INSIDE)]
    const time = dice.chance(0.4) ? FROM + dice.below(DAY) : begin + dice.below(end - begin)
    const measured = dice.chance(0.5)
    add(time, {
      dir,
      src: dir === 'in' ? other : own,
      dst: dir === 'in' ? own : other,
      dport: dice.pick(PORTS),
      proto: dice.pick(['tcp', 'tcp', 'tcp', 'udp', '47', 'ESP', 'esp', '1', '300']),
      action: dice.chance(0.7) ? 'allow' : 'deny',
      state: dice.pick(['begin', 'begin', 'continue', 'end', null]),
      bytesSent: measured ? dice.pick([0, 1000, 400_000_000, 900_000_000]) : null,
      bytesReceived: measured ? dice.pick([0, 5000]) : null,
      mac: dice.pick(['002248266DB9', '002248266DBA', '0022', '']),
      log: dice.pick(['log-1', 'log-2']),
      rule: dice.pick(['UserRule_A', 'DefaultRule_B']),
    })
  }
  for (let i = 0; i < 5; i++) {
    const [period, jitter] = [dice.pick([300, 600, 900]) * 1000, dice.pick([0, 2000, 100_000])]
    const ends = { src: dice.pick(INSIDE), dst: dice.pick(OUTSIDE), dport: dice.pick([443, 8443, 53]), proto: dice.pick(['tcp', 'udp']) }
    const since = dice.chance(0.3) ? begin : FROM + dice.below(DAY / 2)
    const until = Math.min(end, since + dice.below(20) * HOUR + HOUR)
    for (let time = since; time < until; time += period) {
      const moment = Math.min(end - 1, time + dice.below(jitter + 1))
      const state = dice.chance(0.1) ? 'continue' : 'begin'
      add(moment, { ...ends, dir: 'out', state, action: dice.chance(0.9) ? 'allow' : 'deny', mac: '002248266DB9' })
      if (dice.chance(0.2)) add(Math.min(end - 1, moment + 500), { ...ends, dir: 'out', state, log: 'log-2', mac: '002248266DB9' })
    }
  }
  for (let i = 0; i < 6; i++) {
    const start = dice.chance(0.3) ? begin + dice.below(2 * DAY) : FROM + dice.below(DAY - HOUR)
    const src = dice.pick(INSIDE)
    for (const dst of INSIDE.slice(0, 2 + dice.below(6)))
      add(start + dice.below(12 * MINUTE), { src, dst, dport: dice.pick(ADMIN_PORTS), dir: 'out' })
  }
  for (let i = 0; i < 3; i++) {
    const start = FROM + dice.below(DAY - HOUR)
    const dir = dice.pick(['in', 'out'] as const)
    for (let j = dice.below(120); j > 0; j--)
      add(start + dice.below(HOUR), { src: dice.pick(OUTSIDE), dst: dice.pick(INSIDE), dir, action: 'deny' })
  }
  const news = dice.pick(['52.1.1.1', '2a00::9'])
  for (const src of INSIDE) {
    if (dice.chance(0.4)) continue
    add(FROM + dice.below(DAY), { src, dst: news, dir: 'out', dport: dice.pick([443, 8443]), bytesSent: dice.pick([null, 2_000_000]) })
    for (let day = 1; day <= 3; day++) add(FROM - day * DAY + dice.below(DAY), { src, dst: '45.155.7.1', dir: 'out' })
  }
  // A NIC that is silent at the end, and perhaps before.
  const quiet = end - dice.below(20) * HOUR
  for (let time = begin; time < quiet; time += HOUR / 2)
    if (dice.chance(0.95)) add(time + dice.below(HOUR / 2), { mac: '0022480000AA', src: '10.0.0.7', dst: '10.0.0.8', dir: 'out' })
  return facts
}

function randomThresholds(dice: Dice): Thresholds {
  return {
    ...DEFAULTS,
    'let-in': { denied: dice.pick([1, 2, 3]) },
    exposed: { sources: dice.pick([1, 2, 4]) },
    beacon: {
      calls: dice.pick([4, 12, 30]),
      regular: dice.pick([50, 80, 95]),
      apart: dice.pick([1, 10, 400]),
      callers: dice.pick([1, 2, 5]),
    },
    exfiltration: { bytes: dice.pick([1000, 500_000_000]), pair: dice.pick([100, 200]), total: dice.pick([100, 150]) },
    'fan-out': { hosts: dice.pick([2, 3, 5]), minutes: dice.pick([2, 10, 11, 60]) },
    'new-destination': { usual: dice.pick([1, 4, 20]), known: dice.pick([1, 24, 60]) },
    'deny-surge': { denied: dice.pick([1, 20]), largest: dice.pick([100, 150]), hours: dice.pick([2, 24, 60]) },
    listed: { tuples: dice.pick([1, 3]) },
    'odd-protocol': { tuples: dice.pick([1, 2]) },
    silence: { quiet: dice.pick([1, 3, 8]), logged: dice.pick([1, 24]) },
  }
}

interface Question {
  view: View
  length: number
  sources: string[] | null
  thresholds: Thresholds
  unread: ReadonlySet<string>
}

function randomQuestion(dice: Dice): Question {
  const from = FROM + dice.pick([0, 0, 0, 7 * HOUR + 31_000, -DAY])
  const q = dice.chance(0.3) ? randomFilter(dice, 2) : ''
  return questionOf(dice, from, q)
}

/** Filters that compare a row with others of the range, or with the time before. */
const COMPARING = ['new:src+dst+dport@1d', 'not new:dst or new:dport@2h', '-scanner:any@3/2/2', 'new:src@prev or action:deny']

function questionOf(dice: Dice, from: number, q: string): Question {
  return {
    view: {
      from,
      to: from + dice.pick([DAY, DAY, DAY, 6 * HOUR, 2 * DAY, 5 * DAY]),
      q,
      filter: parseFilter(q),
      logs: dice.chance(0.1) ? ['log-1'] : [],
      asof: dice.chance(0.1) ? from + dice.below(DAY) : null,
      once: false,
    },
    length: dice.pick([3 * DAY, 3 * DAY, 7 * DAY, DAY, 12 * HOUR]),
    sources: dice.chance(0.1) ? ['folder-1'] : null,
    thresholds: randomThresholds(dice),
    unread: new Set(dice.chance(0.1) ? ['0022480000AA'] : []),
  }
}

const bytesOf = (rows: readonly Fact[]) => rows.reduce((sum, row) => sum + (row.bytesSent ?? 0) + (row.bytesReceived ?? 0), 0)

describe.each(ENGINES)('findings on %s', (engine) => {
  const dice = new Dice(SEED)
  const facts = suspicious(dice)
  const questions = [
    ...Array.from({ length: 4 }, () => randomQuestion(dice)),
    ...COMPARING.map((q, i) => ({ ...questionOf(new Dice(SEED + i), FROM, q), logs: [] })),
  ]
  const found = new Map<FindingKind, number>()
  let store: Store
  let close: () => Promise<void>
  beforeAll(async () => {
    ;({ store, close } = await storeOf(facts, engine))
  })
  afterAll(() => close())

  it.each(questions.map((question, i) => ({ ...question, i })))(
    `are what a plain reading finds, from seed ${SEED}: $i`,
    async (question) => {
      const { view, length, sources, thresholds, unread } = question
      const baseline = timeBefore(view, length)
      const given = { facts, view, baseline, sources, thresholds, unread }
      const scope = scopeOf(sources)
      const cover = await coverOf(store, baseline, scope)
      expect(cover.share).toBeCloseTo(naiveShare(given), 10)
      const rows: Finding[] = []
      for (const kind of FINDING_KINDS) {
        const own = await findingsOf(kind, store, view, { scope, baseline: length, cover, thresholds, unread })
        expect({ kind, q: view.q, rows: inOrder(own.map(plainOf)) }).toEqual({ kind, q: view.q, rows: inOrder(naiveFindings(kind, given)) })
        found.set(kind, (found.get(kind) ?? 0) + own.length)
        rows.push(...own)
      }
      expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length)
      for (const row of rows) {
        const selected = naiveRows(
          facts,
          { ...view, q: row.q, filter: parseFilter(row.q), from: Date.parse(row.from), to: Date.parse(row.to) },
          sources,
        )
        const times = selected.map(({ time }) => time).sort()
        expect({ q: row.q, tuples: selected.length, bytes: bytesOf(selected), first: times[0], last: times.at(-1) }).toEqual({
          q: row.q,
          tuples: row.tuples,
          bytes: row.bytes,
          first: row.first,
          last: row.last,
        })
      }
    },
  )

  it('were of every kind', () => {
    for (const kind of FINDING_KINDS) expect({ kind, found: found.get(kind)! > 0 }).toEqual({ kind, found: true })
  })
})
