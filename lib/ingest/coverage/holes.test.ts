import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Blob, BlobState } from '@/lib/flow/reading/blob'
import { HOUR, MINUTE } from '@/lib/flow/time/bucket'
import { describeLog } from '@/lib/flow/tuple/log'
import { needsOf } from '@/lib/ingest/read/plan'
import { parseFilter } from '@/lib/link/language/parse'
import { holesOf } from './holes'
import type { CoverageView, Facts } from './place'

const H = Date.UTC(2024, 7, 12, 10)
const LATER = H + 100 * HOUR
const scopeOf = (name: string) => `resourceId=/SUBSCRIPTIONS/S/RESOURCEGROUPS/G/PROVIDERS/MICROSOFT.NETWORK/NETWORKSECURITYGROUPS/${name}`
const idOf = (name: string) => describeLog('s', scopeOf(name)).id
const WHOLE: Facts = { state: undefined, met: true, failed: false, rejected: 0, lost: false }

interface Made {
  log: string
  mac: string
  /** Hours after H. */
  hour: number
  facts: Facts
}

function blobOf({ log, mac, hour }: Made, id: number): Blob {
  const at = { hour: H + hour * HOUR, modified: H + hour * HOUR + 61 * MINUTE }
  return { id, source: 's', container: '', name: `${log}/${mac}/${hour}`, etag: '"1"', length: 50, scope: scopeOf(log), mac, ...at }
}

function holes(made: readonly Made[], scope: CoverageView, now = LATER) {
  const blobs = made.map(blobOf)
  return holesOf(needsOf(blobs, scope.from, scope.to), scope, ({ blob }) => made[blobs.indexOf(blob)]!.facts, now)
}

const range = (from: number, to: number, more: Partial<CoverageView> = {}): CoverageView => ({
  from: H + from * HOUR,
  to: H + to * HOUR,
  filter: null,
  logs: [],
  asof: null,
  ...more,
})
const made = (log: string, mac: string, hour: number, facts: Partial<Facts> = {}): Made => ({
  log,
  mac,
  hour,
  facts: { ...WHOLE, ...facts },
})
const FAILED = { met: false, failed: true }

describe('holes', () => {
  it('do not exist if every blob was read, whichever hours are quiet at one NIC', () => {
    expect(holes([made('WEB', 'A', 0), made('WEB', 'B', 0), made('WEB', 'A', 1)], range(0, 2))).toEqual({
      cards: 2,
      silences: [],
      spans: [],
    })
  })

  it('count the NICs of an hour by their state, and extend back for late flushes', () => {
    const blobs = [made('WEB', 'A', 1, FAILED), made('WEB', 'B', 1, { rejected: 3 }), made('DB', 'A', 1), made('WEB', 'C', 0)]
    const { cards, spans } = holes(blobs, range(0, 3))
    expect(cards).toBe(4)
    expect(spans[0]).toEqual({
      hour: '2024-08-12T11:00:00.000Z',
      from: '2024-08-12T10:50:00.000Z',
      to: '2024-08-12T12:00:00.000Z',
      failed: 1,
      denied: 0,
      unread: 0,
      torn: 1,
      growing: 0,
      quiet: 1,
      rejected: 3,
    })
  })

  it('include an hour in which no NIC has a blob', () => {
    const { spans } = holes([made('WEB', 'A', 0)], range(0, 2))
    expect(spans).toMatchObject([{ hour: '2024-08-12T11:00:00.000Z', quiet: 1, failed: 0 }])
  })

  it('are limited to the logs of the view', () => {
    const blobs = [made('WEB', 'A', 0, FAILED), made('DB', 'A', 0)]
    expect(holes(blobs, range(0, 1, { logs: [idOf('DB')] }))).toEqual({ cards: 1, silences: [], spans: [] })
    expect(holes(blobs, range(0, 1, { logs: [idOf('WEB')] })).spans).toMatchObject([{ failed: 1 }])
    expect(holes(blobs, range(0, 1, { filter: parseFilter('log:db') }))).toEqual({ cards: 1, silences: [], spans: [] })
  })

  it('can affect the end of a range through the head of the next hour', () => {
    const { spans } = holes([made('WEB', 'A', 0), made('WEB', 'A', 1, FAILED)], range(0, 1))
    expect(spans).toMatchObject([{ hour: '2024-08-12T11:00:00.000Z', from: '2024-08-12T10:50:00.000Z', to: '2024-08-12T11:00:00.000Z' }])
  })

  it('end at the pinned instant: later hours change nothing, and an hour grows only while earlier records may arrive', () => {
    const blobs = [made('WEB', 'A', 0), made('WEB', 'A', 1, FAILED)]
    expect(holes(blobs, range(0, 2, { asof: H + HOUR - 1 })).spans).toEqual([])
    const now = H + 1.5 * HOUR
    expect(holes([made('WEB', 'A', 1)], range(1, 2), now).spans).toMatchObject([{ growing: 1 }])
    expect(holes([made('WEB', 'A', 1)], range(1, 2, { asof: now - MINUTE }), now).spans).toMatchObject([{ growing: 1 }])
    expect(holes([made('WEB', 'A', 1)], range(1, 2, { asof: now - 15 * MINUTE }), now).spans).toEqual([])
  })

  it('of a loose file cover the whole range before it is read, then only its own tuples', () => {
    const file: Blob = { ...blobOf(made('x', 'x', 0), 1), hour: null, scope: null, mac: null, name: 'evidence.json' }
    const ask = (facts: Partial<Facts>) =>
      holesOf(needsOf([file], H, H + 9 * HOUR), range(0, 9), () => ({ ...WHOLE, ...facts }), LATER).spans
    expect(ask(FAILED)).toMatchObject([{ hour: null, from: '2024-08-12T10:00:00.000Z', to: '2024-08-12T19:00:00.000Z', failed: 1 }])
    const state = { first: H + 2 * HOUR, last: H + 3 * HOUR - 1, log: null } as BlobState
    expect(ask({ state, rejected: 2 })).toMatchObject([{ from: '2024-08-12T12:00:00.000Z', to: '2024-08-12T13:00:00.000Z', torn: 1 }])
    expect(ask({ rejected: 2 })).toEqual([])
  })

  it('agree with a naive reading, minute by minute', () => {
    const facts = fc.constantFrom<Partial<Facts>>({}, {}, {}, FAILED, { met: false }, { rejected: 2 }, { ...FAILED, rejected: 1 })
    const one = fc.record({ log: fc.constantFrom('WEB', 'DB'), mac: fc.constantFrom('A', 'B'), hour: fc.nat(5), facts })
    const blobs = fc.uniqueArray(one, { selector: ({ log, mac, hour }) => `${log}${mac}${hour}`, maxLength: 20 })
    const limits = fc.record({
      from: fc.nat(180),
      length: fc.integer({ min: 1, max: 180 }),
      logs: fc.constantFrom<string[]>([], ['WEB'], ['DB']),
      asof: fc.option(fc.nat(360)),
    })
    fc.assert(
      fc.property(blobs, limits, (some, { from, length, logs, asof }) => {
        const all = some.map((blob) => made(blob.log, blob.mac, blob.hour, blob.facts))
        const scope = {
          from: H + from * MINUTE,
          to: H + (from + length) * MINUTE,
          filter: null,
          logs: logs.map(idOf),
          asof: asof === null ? null : H + asof * MINUTE,
        }
        const { spans } = holes(all, scope)
        for (let t = scope.from; t < scope.to; t += MINUTE) {
          const missing = all.filter(({ log, hour, facts: { met, failed, rejected } }) => {
            const start = H + hour * HOUR
            const mine = logs.length === 0 || logs.includes(log)
            const counts = scope.asof === null || start <= scope.asof
            return mine && counts && t >= start - 10 * MINUTE && t < start + HOUR && (!met || failed || rejected > 0)
          })
          const said = spans.filter((span) => Date.parse(span.from) <= t && t < Date.parse(span.to))
          expect(said.reduce((sum, { failed, unread, torn }) => sum + failed + unread + torn, 0)).toBe(missing.length)
        }
      }),
    )
  })
})
