import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DEFAULTS } from '@/lib/flow/finding/facts'
import type { FindingKind } from '@/lib/flow/finding/kinds'
import { timeBefore } from '@/lib/flow/time/baseline'
import { type BaselineCover, coverOf } from '@/lib/query/findings/question/cover'
import { type Fact, PLAIN, storeOf } from '@/lib/query/test/facts'
import { KNOWN } from '@/lib/query/test/naive/context'
import { Scope } from '@/lib/query/where/scope'
import type { Store } from '@/lib/store/store'
import { ENGINES } from '@/lib/store/test/engines'
import { findingsOf } from './findings'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const FROM = Date.UTC(2024, 7, 12)

type Row = Partial<Fact> & { at: number }

const times = (count: number, row: (i: number) => Row): Row[] => Array.from({ length: count }, (_, i) => row(i))
/** One row an hour for a week, so that the baseline is fully covered, from a NIC that writes until the end of the day. */
const covered = times(8 * 24, (i) => ({ at: i * HOUR - 7 * DAY, src: '10.9.9.9', dst: '10.9.9.8', mac: '0022480000BB' }))
const out = { dir: 'out', src: '10.0.0.4', dst: '52.0.0.1' } as const
const calling = (count: number, jitter: (i: number) => number): Row[] =>
  times(count, (i) => ({ ...out, at: HOUR + i * 5 * MINUTE + jitter(i) }))

interface Case {
  about: string
  kind: FindingKind
  finds: boolean
  rows: Row[]
}

/** Rows just within the limits of a kind, and just beyond. */
const CASES: readonly Case[] = [
  ...([3, 2] as const).map((denied): Case => {
    const ends = { src: '45.1.1.1', dport: 3389 }
    const rows: Row[] = times(denied, (i) => ({ ...ends, at: i * MINUTE, action: 'deny' }))
    return { about: `${denied} denied`, kind: 'let-in', finds: denied === 3, rows: [...rows, { ...ends, at: HOUR }] }
  }),
  {
    about: 'allowed, then denied',
    kind: 'let-in',
    finds: false,
    rows: [{ at: 0, src: '45.1.1.1' }, ...times(9, (i): Row => ({ at: MINUTE + i, src: '45.1.1.1', action: 'deny' }))],
  },
  {
    about: 'denied at one port, allowed at another',
    kind: 'let-in',
    finds: false,
    rows: [...times(9, (i): Row => ({ at: i, src: '45.1.1.1', dport: 80, action: 'deny' })), { at: MINUTE, src: '45.1.1.1', dport: 443 }],
  },
  { about: 'SSH from the internet', kind: 'exposed', finds: true, rows: [{ at: 0, src: '45.1.1.1', dport: 22 }] },
  { about: 'SSH from inside', kind: 'exposed', finds: false, rows: [{ at: 0, src: '100.64.0.1', dport: 22 }] },
  { about: 'HTTPS from the internet', kind: 'exposed', finds: false, rows: [{ at: 0, src: '45.1.1.1', dport: 443 }] },
  { about: '12 calls', kind: 'beacon', finds: true, rows: calling(12, () => 0) },
  { about: '11 calls', kind: 'beacon', finds: false, rows: calling(11, () => 0) },
  { about: 'calls with a tenth of jitter', kind: 'beacon', finds: true, rows: calling(40, (i) => ((i * 7919) % 61) * 1000 - 30_000) },
  {
    about: 'calls at random',
    kind: 'beacon',
    finds: false,
    rows: times(40, (i) => ({ ...out, at: ((i * i * 7919 + i * 104_729) % 1430) * MINUTE })),
  },
  {
    about: 'one connection that goes on, a row every five minutes',
    kind: 'beacon',
    finds: false,
    rows: calling(40, () => 0).map((row, i) => (i === 0 ? row : { ...row, state: 'continue' })),
  },
  { about: 'a clock', kind: 'beacon', finds: false, rows: calling(40, () => 0).map((row) => ({ ...row, proto: 'udp', dport: 123 })) },
  {
    about: 'what four call',
    kind: 'beacon',
    finds: false,
    rows: [4, 5, 6, 7].flatMap((host) => calling(20, (i) => i * host).map((row) => ({ ...row, src: `10.0.0.${host}` }))),
  },
  {
    about: 'the probes of the platform',
    kind: 'beacon',
    finds: false,
    rows: calling(40, () => 0).map((row) => ({ ...row, dst: '168.63.129.16' })),
  },
  {
    about: 'what was called on three days before',
    kind: 'beacon',
    finds: false,
    rows: [...calling(40, () => 0), ...times(3, (i) => ({ ...out, at: -i * DAY - HOUR }))],
  },
  {
    about: 'what was called on two days before',
    kind: 'beacon',
    finds: true,
    rows: [...calling(40, () => 0), ...times(2, (i) => ({ ...out, at: -i * DAY - HOUR }))],
  },
  { about: 'two NICs that see each call', kind: 'beacon', finds: true, rows: [...calling(20, () => 0), ...calling(20, () => 900)] },
  ...[0, 1].map(
    (less): Case => ({
      about: `half a gigabyte less ${less}`,
      kind: 'exfiltration',
      finds: less === 0,
      rows: [{ ...out, at: 0, bytesSent: 500_000_000 - less }],
    }),
  ),
  {
    about: 'a backup that comes every night',
    kind: 'exfiltration',
    finds: false,
    rows: times(8, (i) => ({ ...out, at: 2 * HOUR - i * DAY, bytesSent: 2_000_000_000 + i })),
  },
  {
    about: 'a backup that comes every night, to another address each time',
    kind: 'exfiltration',
    finds: false,
    rows: times(8, (i) => ({ ...out, at: 2 * HOUR - i * DAY, dst: `52.0.0.${i + 1}`, bytesSent: 2_000_000_000 })),
  },
  {
    about: 'as much again beside the backup',
    kind: 'exfiltration',
    finds: true,
    rows: [
      ...times(8, (i): Row => ({ ...out, at: 2 * HOUR - i * DAY, bytesSent: 2_000_000_000 })),
      { ...out, at: 3 * HOUR, dst: '53.0.0.1', bytesSent: 2_000_000_000 },
    ],
  },
  {
    about: 'half of it in each of two flow logs',
    kind: 'exfiltration',
    finds: false,
    rows: [
      { ...out, at: 0, bytesSent: 300_000_000 },
      { ...out, at: 1, bytesSent: 300_000_000, mac: '0022480000CC' },
    ],
  },
  ...([3, 2] as const).map(
    (hosts): Case => ({
      about: `${hosts} machines`,
      kind: 'fan-out',
      finds: hosts === 3,
      rows: times(hosts, (i) => ({ at: HOUR + i * MINUTE, dir: 'out', src: '10.0.0.4', dst: `10.0.1.${i}`, dport: 445 })),
    }),
  ),
  {
    about: 'three machines within an hour',
    kind: 'fan-out',
    finds: false,
    rows: times(3, (i) => ({ at: HOUR + i * 20 * MINUTE, src: '10.0.0.4', dst: `10.0.1.${i}`, dport: 445 })),
  },
  {
    about: 'three machines, as on the day before',
    kind: 'fan-out',
    finds: false,
    rows: times(6, (i) => ({ at: HOUR + (i % 3) * MINUTE - (i > 2 ? DAY : 0), src: '10.0.0.4', dst: `10.0.1.${i}`, dport: 445 })),
  },
  {
    about: 'a steady caller’s new destination',
    kind: 'new-destination',
    finds: true,
    rows: [...times(3, (i): Row => ({ ...out, at: -i * DAY - HOUR })), { ...out, at: 0, dst: '53.0.0.1' }],
  },
  {
    about: 'a new destination of one that the baseline knows for less than a day',
    kind: 'new-destination',
    finds: false,
    rows: [
      { ...out, at: -DAY },
      { ...out, at: -1 },
      { ...out, at: 0, dst: '53.0.0.1' },
    ],
  },
  {
    about: 'a destination that another has called',
    kind: 'new-destination',
    finds: false,
    rows: [
      ...times(3, (i): Row => ({ ...out, at: -i * DAY - HOUR })),
      { ...out, at: -HOUR, src: '10.0.0.5', dst: '53.0.0.1' },
      { ...out, at: 0, dst: '53.0.0.1' },
    ],
  },
  ...([100, 99] as const).map(
    (denied): Case => ({
      about: `${denied} denied in an hour`,
      kind: 'deny-surge',
      finds: denied === 100,
      rows: times(denied, (i) => ({ at: HOUR + i * 1000, action: 'deny', src: `45.1.1.${i}` })),
    }),
  ),
  {
    about: 'as many denied as once in the baseline',
    kind: 'deny-surge',
    finds: false,
    rows: times(200, (i) => ({ at: HOUR + i * 1000 - (i % 2) * DAY, action: 'deny', src: `45.1.1.${i}` })),
  },
  { about: 'a call to a listed address', kind: 'listed', finds: true, rows: [{ ...out, at: 0, dst: '45.155.205.9' }] },
  { about: 'a listed address that was kept out', kind: 'listed', finds: false, rows: [{ at: 0, src: '45.155.205.9', action: 'deny' }] },
  { about: 'GRE', kind: 'odd-protocol', finds: true, rows: [{ ...out, at: 0, proto: '47' }] },
  { about: 'ICMP', kind: 'odd-protocol', finds: false, rows: [{ ...out, at: 0, proto: '1' }] },
  { about: 'GRE that was denied', kind: 'odd-protocol', finds: false, rows: [{ ...out, at: 0, proto: '47', action: 'deny' }] },
  {
    about: 'GRE as before',
    kind: 'odd-protocol',
    finds: false,
    rows: [
      { ...out, at: -DAY, proto: '47' },
      { ...out, at: 0, proto: '47' },
    ],
  },
  ...([3, 2] as const).map(
    (hours): Case => ({
      about: `${hours} hours of silence`,
      kind: 'silence',
      finds: hours === 3,
      rows: times(48, (i) => ({ at: (23 - hours - i) * HOUR, mac: '0022480000AA' })),
    }),
  ),
  {
    about: 'a NIC that pauses every night',
    kind: 'silence',
    finds: false,
    rows: times(7 * 12, (i) => ({ at: (11 - (i % 12)) * HOUR - Math.floor(i / 12) * DAY, mac: '0022480000AA' })),
  },
]

function factsOf({ rows }: Case, log: string, blob: number, more: readonly Row[]): Fact[] {
  return [...more, ...rows].map(({ at, ...row }, i) => ({
    ...PLAIN,
    time: new Date(FROM + at).toISOString(),
    recordTime: new Date(FROM + at).toISOString(),
    log,
    blob,
    offset: i,
    ...row,
  }))
}

describe.each(ENGINES)('at its edges on %s', (engine) => {
  let store: Store
  let close: () => Promise<void>
  const scope = Scope.everything.knowing(KNOWN)

  /** The state of the baseline of covered logs: the same for all of them. */
  let whole: BaselineCover

  async function ask(kind: FindingKind, log: string) {
    const view = { from: FROM, to: FROM + DAY, q: '', filter: null, logs: [log], asof: null, once: false }
    const cover = log.startsWith('whole') ? whole : await coverOf(store, timeBefore(view, 7 * DAY), scope)
    return findingsOf(kind, store, view, { scope, baseline: 7 * DAY, cover, thresholds: DEFAULTS, unread: new Set() })
  }

  beforeAll(async () => {
    const facts = CASES.flatMap((one, i) => [
      ...factsOf(one, `whole-${i}`, 2 * i + 1, covered),
      ...factsOf(one, `lone-${i}`, 2 * i + 2, []),
    ])
    ;({ store, close } = await storeOf(facts, engine))
    const view = { from: FROM - 7 * DAY, to: FROM, q: '', filter: null, logs: ['whole-0'], asof: null, once: false }
    whole = await coverOf(store, view, scope)
  })
  afterAll(() => close())

  it.each(CASES.map((one, i) => ({ ...one, i })))('$kind, $about: found is $finds', async ({ kind, finds, i }) => {
    const found = await ask(kind, `whole-${i}`)
    expect(found.map((one) => one.kind)).toEqual(finds ? [kind] : [])
  })

  it('without a baseline, no finding that needs one is high, and each says so', async () => {
    for (const [i, { kind, finds, rows }] of CASES.entries()) {
      if (!finds || rows.some(({ at }) => at < 0) || ['let-in', 'deny-surge', 'silence'].includes(kind)) continue
      const [found] = await ask(kind, `lone-${i}`)
      expect(found!.sentence).toContain('nothing of the baseline has been read')
      if (kind !== 'listed') expect(found!.level, kind).not.toBe('high')
    }
  })

  it('a surge needs a baseline', async () => {
    const i = CASES.findIndex(({ kind, finds }) => kind === 'deny-surge' && finds)
    expect(await ask('deny-surge', `lone-${i}`)).toEqual([])
  })
})
