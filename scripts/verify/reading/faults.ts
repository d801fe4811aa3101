import { strict as assert } from 'node:assert'
import { Problem } from '@/lib/flow/problem'
import { HOUR } from '@/lib/flow/time/bucket'
import { Road } from '@/lib/ingest/road/road'
import { startHere } from '@/lib/ingest/test/here'
import { FLOW_CONTAINERS } from '@/lib/source/azure/azure'
import { Account, sourceAt } from '@/lib/source/test/account'
import { type Azurite, startAzurite } from '@/lib/source/test/azurite'
import { type FaultProxy, STORM, seeded, startFaultProxy } from '@/lib/source/test/fault-proxy'
import { openDuckdb } from '@/lib/store/duckdb/duckdb'
import { eachCase, type Proof, type ProofRun } from '../proof'
import { withFolder } from '../world/folder'
import { DAY_START, hourBlob } from '../world/hours'
import { withoutRejections } from '../world/no-rejection'
import { mustEqual, type Total, totalsOf } from '../world/totals'

const NAME = 'faults'
const [CONTAINER] = FLOW_CONTAINERS
const BLOBS = 14
const SHARES = [0.01, 0.05, 0.3]
/** Longest wait for a complete answer. Milliseconds. */
const PATIENCE = 20_000
const VIEW = { from: DAY_START, to: DAY_START + BLOBS * HOUR }
const CALM_AGAIN = 60_000

interface Storm {
  azurite: Azurite
  proxy: FaultProxy
  calm: ReadonlyMap<string, Total>
  counts: { runs: number; requests: number; faults: number; incomplete: number }
}

/** Deadlines that are long enough for healthy answers of a busy machine. Milliseconds. */
const PATIENT = { deadline: 30_000, stall: 10_000 }

/** Uses few tries in every other of the strongest storms, so that some blobs fail permanently and must be named. */
function paceFor(seed: number, share: number) {
  return { tries: share > 0.1 && seed % 2 === 0 ? 2 : 12, deadline: 1000, stall: 500, base: 2, cap: 20 }
}

async function survey(road: Road, patience: number) {
  const signal = AbortSignal.timeout(patience)
  const survey = await road.survey(VIEW, signal)
  await road.fetch(survey, signal)
  return road.coverage(survey)
}

/** Checks that complete answers are right, and that incomplete ones say so and name every missing blob. */
async function once({ azurite, proxy, calm, counts }: Storm, seed: number, share: number): Promise<void> {
  await withFolder(async (folder) => {
    let later = 0
    const now = () => DAY_START + BLOBS * HOUR + later
    const road = new Road(await openDuckdb(folder), [sourceAt({ ...azurite, port: proxy.port }, { pace: paceFor(seed, share), now })], {
      threads: 1,
      start: startHere,
      now,
    })
    try {
      proxy.log.length = 0
      proxy.plan = seeded(seed, share, STORM)
      const coverage = await survey(road, PATIENCE).catch((error: unknown) => {
        if (error instanceof Problem && error.kind === 'cancelled') return null
        throw error
      })
      const totals = await totalsOf(road.store)
      counts.runs++
      counts.requests += proxy.log.length
      counts.faults += proxy.log.filter(({ fault }) => fault !== null).length
      if (coverage?.complete) mustEqual(totals, calm)
      else {
        counts.incomplete++
        const named = new Set(coverage?.problems.map(({ blob }) => blob))
        const unlisted = coverage === null || coverage.problems.some(({ kind }) => kind === 'source')
        for (const [name, total] of calm) {
          const here = totals.get(name)
          if (here?.tuples === total.tuples) assert.deepEqual(here, total, name)
          else assert.ok(unlisted || named.has(name), `${name} is incomplete and not named`)
        }
      }
      proxy.plan = () => null
      // On a busy machine, a healthy answer may look stalled.
      let after = coverage
      for (let tries = 0; tries === 0 || (tries < 10 && !after?.complete); tries++) {
        later += CALM_AGAIN
        road.refresh()
        after = await survey(road, 2 * PATIENCE)
      }
      assert.ok(after?.complete, `incomplete when calm again: ${JSON.stringify(after?.problems)}`)
      mustEqual(await totalsOf(road.store), calm)
    } finally {
      await road.close()
    }
  })
}

async function run(asked: ProofRun) {
  const azurite = await startAzurite()
  const proxy = await startFaultProxy(azurite.port)
  const counts = { runs: 0, requests: 0, faults: 0, incomplete: 0 }
  try {
    const account = new Account(azurite.connectionString)
    for (const container of FLOW_CONTAINERS) await account.create(container)
    for (let i = 0; i < BLOBS; i++) {
      const { name, records } = hourBlob(i, 6, 40)
      const blocks = records.map((record, at) => Buffer.from(at === 0 ? record : `,${record}`))
      await account.commit(CONTAINER, name, [Buffer.from('{"records":['), ...blocks, Buffer.from(']}')])
    }
    const calm = await withFolder(async (folder) => {
      const road = new Road(await openDuckdb(folder), [sourceAt(azurite, { pace: PATIENT })], { threads: 1, start: startHere })
      assert.ok((await survey(road, 60_000)).complete)
      const totals = await totalsOf(road.store)
      await road.close()
      return totals
    })
    assert.equal(calm.size, BLOBS)
    const done = await eachCase(NAME, asked, (seed) =>
      withoutRejections(async () => {
        for (const share of SHARES) await once({ azurite, proxy, calm, counts }, seed, share)
      }),
    )
    const { runs, requests, faults, incomplete } = counts
    return {
      done,
      figures: { runs: String(runs), requests: String(requests), faults: String(faults), 'flagged incomplete': String(incomplete) },
    }
  } finally {
    await proxy.stop()
    await azurite.stop()
  }
}

export const faults: Proof = {
  name: NAME,
  promise: 'Faults do not change totals',
  test: 'Storage refuses, resets, cuts, stalls, trickles, hangs, or answers 408, 412, 429, 5xx or a wrong length, on 1, 5 and 30 % of requests: totals as on a calm day, or flagged incomplete with the blobs named, and whole once it is calm again; no unhandled rejection.',
  unit: 'seeds',
  seed: 1,
  ordinary: 2,
  perTest: 1,
  full: 2_000,
  run,
}
