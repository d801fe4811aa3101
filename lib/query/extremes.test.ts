import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { View } from '@/lib/flow/view/view'
import type { Store } from '@/lib/store/store'
import { ENGINES } from '@/lib/store/test/engines'
import { counters } from './counters/counters'
import { flips } from './flips'
import { host } from './host/host'
import { paths } from './paths/paths'
import { rule } from './rule/rule'
import { rulesWithSpark } from './rules/spark'
import { scans } from './scans'
import { talkersWithSpark } from './talkers/spark'
import { type Fact, PLAIN, storeOf } from './test/facts'
import { timelineWithNoise } from './timeline/noise'
import { flow } from './tuples/flow'
import { tuples } from './tuples/tuples'
import { Scope } from './where/scope'

const MOST = Number.MAX_SAFE_INTEGER
/** The sum of this many exceeds 64 bits. */
const ROWS = 2500
const FROM = Date.parse('2024-08-12T00:00:00Z')
const VIEW: View = { from: FROM, to: FROM + 86_400_000, q: '', filter: null, logs: [], asof: null, once: false }
const FACTS: Fact[] = Array.from({ length: ROWS }, (_, offset) => ({
  ...PLAIN,
  offset,
  state: offset === 0 ? 'begin' : 'continue',
  ...{ packetsSent: MOST, bytesSent: MOST, packetsReceived: MOST, bytesReceived: MOST },
}))
const ONE_WAY = Number(BigInt(MOST) * BigInt(ROWS))
const BOTH = Number(BigInt(MOST) * BigInt(ROWS) * 2n)
const SUMS = { bytes: BOTH, packets: BOTH }
const SCOPED = { scope: Scope.everything }

describe.each(ENGINES)("counters whose sum exceeds the engine's integers, on %s", (engine) => {
  let store: Store
  let close: () => Promise<void>
  beforeAll(async () => {
    ;({ store, close } = await storeOf(FACTS, engine))
  })
  afterAll(() => close())

  it.each([false, true])('are summed in every answer, once: %s', async (once) => {
    const view = { ...VIEW, once }
    expect(await counters(store, view, SCOPED)).toMatchObject(SUMS)
    const { buckets } = await timelineWithNoise(store, view, { ...SCOPED, buckets: 1, noise: true })
    expect(buckets.map(({ allow }) => allow)).toEqual([expect.objectContaining(SUMS)])
    for (const metric of ['bytes', 'packets'] as const) {
      const { rows } = await talkersWithSpark(store, view, { ...SCOPED, metric, spark: 10 })
      expect(rows).toEqual([expect.objectContaining({ ...SUMS, bytesSent: ONE_WAY, bytesReceived: ONE_WAY })])
    }
    const picture = await paths(store, view, { ...SCOPED, by: ['src', 'dport', 'dst'], metric: 'bytes' })
    expect([picture.total, ...picture.nodes, ...picture.links].map(({ bytes }) => bytes)).toEqual(Array(6).fill(BOTH))
    expect((await rulesWithSpark(store, view, { ...SCOPED, spark: 10 })).rows).toEqual([expect.objectContaining(SUMS)])
    expect(await rule(store, view, { ...SCOPED, rule: PLAIN.rule, acl: PLAIN.acl })).toMatchObject({ allow: SUMS })
    expect((await host(store, view, { ...SCOPED, ip: PLAIN.src })).total).toMatchObject({ bytesSent: ONE_WAY, bytesReceived: ONE_WAY })
    const { rows } = await tuples(store, view, { ...SCOPED, sort: [{ field: 'bytesSent', descending: true }], limit: 1 })
    expect(rows).toMatchObject([{ bytesSent: MOST, bytesReceived: MOST }])
    await flips(store, view, SCOPED)
    await scans(store, view, SCOPED)
    await flow(store, view, { ...SCOPED, of: rows[0]!, limit: 10 })
  })
})
