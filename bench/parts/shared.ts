import { createClient } from '@clickhouse/client'
import type { View } from '@/lib/flow/view/view'
import { rules } from '@/lib/query/rules/rules'
import { talkers } from '@/lib/query/talkers/talkers'
import { timeline } from '@/lib/query/timeline/timeline'
import { tuples } from '@/lib/query/tuples/tuples'
import { Scope } from '@/lib/query/where/scope'
import { FolderSource } from '@/lib/source/folder/folder'
import { openClickhouse } from '@/lib/store/clickhouse/clickhouse'
import type { Store } from '@/lib/store/store'
import { installClickhouse } from '../../scripts/clickhouse/install'
import { startClickhouse } from '../../scripts/clickhouse/start'
import { type Fact, type FourAnswers, factsOf } from '../answers'
import { mustAgree } from '../compare'
import { blobTuples } from '../logs/data'
import type { Bench, Result } from '../part'
import { CREATE, loadSql } from '../peers/clickhouse'
import { askFour } from '../peers/sql'
import { amount, laps, ms, times } from '../report/figures'
import { interleave, type Lap, ratio, spread } from '../run'
import { roadOver } from '../served/road'
import { coreSeconds } from '../served/server'

const BLOBS = 80
/** Tuples per second. */
const LOAD = 1_000_000
const REACH = 1.2
const EVERYTHING = { scope: Scope.everything }

async function ourLap(store: Store, view: View): Promise<Lap<FourAnswers>> {
  const begun = performance.now()
  const [buckets, sources, decided, page] = await Promise.all([
    timeline(store, view, EVERYTHING),
    talkers(store, view, EVERYTHING),
    rules(store, view, EVERYTHING),
    tuples(store, view, EVERYTHING),
  ])
  return { ms: performance.now() - begun, answers: factsOf({ timeline: buckets, talkers: sources, rules: decided, tuples: page }) }
}

/** ClickHouse as the store, compared with SQL by hand on the same server: loading a day, and then the queries of a click. */
export async function shared(bench: Bench): Promise<Result[]> {
  const { options, workshop, say } = bench
  await installClickhouse()
  const data = bench.data.day(BLOBS, blobTuples(options.scale))
  const folder = workshop.fresh('shared')
  const server = await startClickhouse(folder)
  const client = createClient({ url: server.url, request_timeout: 600_000, log: { level: 127 } })
  const ask = async (query: string) => (await client.query({ query, format: 'JSONEachRow' })).json<Fact>()
  const place = { url: server.url, user: 'default', password: '', database: 'flowlens', cluster: null, keepDays: null }
  const road = roadOver(await openClickhouse({ ...place, spool: workshop.fresh('spool') }), new FolderSource(data.folder))
  try {
    const signal = new AbortController().signal
    const begun = performance.now()
    const cpu = process.cpuUsage()
    const spent = coreSeconds(server.process.pid!)
    await road.fetch(await road.survey(data, signal), signal)
    const loaded = performance.now() - begun
    const { user, system } = process.cpuUsage(cpu)
    const stored = spent === null ? null : coreSeconds(server.process.pid!)! - spent
    const rate = (data.tuples / loaded) * 1000
    const [disk] = await ask(
      `select sum(bytes_on_disk) as bytes, sum(rows) as rows from system.parts where database = 'flowlens' and active`,
    )
    const each = Number(disk!.bytes) / data.tuples
    say(
      `${amount(data.tuples)} tuples read, parsed and stored in ${ms(loaded)}: ${amount(Math.round(rate))} a second, ${each.toFixed(1)} B each`,
    )
    const share = (seconds: number) => ((seconds / data.tuples) * 1e6).toFixed(2)
    say(`  core seconds a million of them: ${share((user + system) / 1e6)} here, ${stored === null ? '?' : share(stored)} in the server`)
    const before = performance.now()
    await client.command({ query: CREATE })
    await client.command({ query: loadSql(data.folder) })
    say(`the same by hand from JSON in ${ms(performance.now() - before)}`)
    const view: View = { from: data.from, to: data.to, q: '', filter: null, logs: [], asof: null, once: false }
    const contenders = [
      { name: 'Flowlens', lap: () => ourLap(road.store, view) },
      {
        name: 'ClickHouse',
        lap: async () => {
          const started = performance.now()
          const answers = await askFour(ask, data)
          return { ms: performance.now() - started, answers }
        },
      },
    ]
    await interleave(contenders, 1, () => {})
    const [ours, theirs] = (await interleave(contenders, options.rounds ?? 7, () => {})) as [Lap<FourAnswers>[], Lap<FourAnswers>[]]
    for (const [i, lap] of ours.entries()) mustAgree('shared', lap.answers, theirs[i]!.answers, 'ClickHouse')
    const factor = ratio(ours, theirs)
    const [own, peer] = [spread(ours.map((lap) => lap.ms)), spread(theirs.map((lap) => lap.ms))]
    say(`four answers ${laps(own)}; by hand ${laps(peer)}; ${times(factor)}`)
    return [
      {
        part: 'ClickHouse, loading',
        measured: `${amount(data.tuples)} tuples from files into ClickHouse: read, parsed, packed, sent and stored, all on the same cores`,
        reach: `${amount(LOAD)} tuples a second`,
        got: `${amount(Math.round(rate))} tuples a second; ${each.toFixed(1)} B a tuple on disk`,
        met: rate >= LOAD,
        bound: 'sorting and compressing in the server, which shares two cores with the parse threads',
      },
      {
        part: 'ClickHouse, answers',
        measured: `${amount(data.tuples)} tuples loaded: timeline, talkers, rules and tuples, against SQL by hand on a plain table of the same server`,
        reach: `${REACH}×`,
        got: `${times(factor)}; ${ms(own.median)} against ${ms(peer.median)}`,
        met: factor.median <= REACH,
        bound: 'exact distinct counts of rules, and selecting the rows that count',
      },
    ]
  } finally {
    await road.close()
    await client.close()
    await server.stop()
    workshop.remove(folder)
  }
}
