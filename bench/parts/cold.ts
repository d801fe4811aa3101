import { installClickhouse } from '../../scripts/clickhouse/install'
import type { FourAnswers } from '../answers'
import { mustAgree } from '../compare'
import { blobTuples, type Dataset } from '../logs/data'
import type { Bench, Result } from '../part'
import { clickhouseLap } from '../peers/clickhouse'
import { duckdbLap } from '../peers/duckdb'
import { amount, laps, ms, size, times } from '../report/figures'
import { type Contender, interleave, type Lap, ratio, spread, stepMedian } from '../run'
import { askServer } from '../served/ask-server'
import { coreSeconds, serve } from '../served/server'

const BLOBS = 24
const REACH = { DuckDB: 4, ClickHouse: 2.5 } as const
type Peer = keyof typeof REACH

/** Measures a running server with an empty data directory, from the first request to all four answers. */
export async function coldLap(bench: Bench, data: Dataset): Promise<Lap<FourAnswers>> {
  const server = await serve(bench, { FLOWLENS_SOURCES: data.folder })
  try {
    const spent = coreSeconds(server.pid)
    const lap = await askServer(server.url, data)
    return spent === null ? lap : { ...lap, cores: coreSeconds(server.pid)! - spent }
  } finally {
    await server.stop()
  }
}

function result(peer: Peer, data: Dataset, ours: Lap<FourAnswers>[], theirs: Lap<FourAnswers>[]): Result {
  const factor = ratio(theirs, ours)
  const load = stepMedian(theirs, 'load')!
  return {
    part: `cold, ${peer}`,
    measured: `${BLOBS} blobs, ${amount(data.tuples)} tuples, ${size(data.bytes)}: first request to four answers, empty data directory`,
    reach: `${REACH[peer]}×`,
    got: `${times(factor)}; ${ms(spread(ours.map((lap) => lap.ms)).median)} against ${ms(spread(theirs.map((lap) => lap.ms)).median)}, ${ms(load)} of it loading`,
    met: factor.median >= REACH[peer],
    bound:
      'two thirds are reading, scanning and spooling on both cores at once, each of which then scans at half its speed alone; the rest are answers over spool files, which cost twice what tables do',
  }
}

/** The first query of a day: loading and four answers, compared with engines that load the same JSON and answer the same with SQL by hand. */
export async function cold(bench: Bench): Promise<Result[]> {
  const { options, workshop, say } = bench
  if (options.clickhouse) await installClickhouse()
  const data = bench.data.day(BLOBS, blobTuples(options.scale))
  const peers: (Contender<FourAnswers> & { name: Peer })[] = [{ name: 'DuckDB', lap: () => duckdbLap(data, workshop) }]
  if (options.clickhouse) peers.push({ name: 'ClickHouse', lap: () => clickhouseLap(data, workshop) })
  const contenders = [{ name: 'Flowlens', lap: () => coldLap(bench, data) }, ...peers]
  const all = await interleave(contenders, options.rounds ?? 5, (name, lap) => {
    const steps = Object.entries(lap.steps ?? {}).map(([step, took]) => `, ${step} ${ms(took)}`)
    say(`${name}: ${ms(lap.ms)}${steps.join('')}`)
  })
  const [ours, ...theirs] = all as [Lap<FourAnswers>[], ...Lap<FourAnswers>[][]]
  say(`Flowlens ${laps(spread(ours.map((lap) => lap.ms)))}`)
  return peers.map(({ name }, i) => {
    for (const [round, lap] of ours.entries()) mustAgree(`cold, lap ${round + 1}`, lap.answers, theirs[i]![round]!.answers, name)
    return result(name, data, ours, theirs[i]!)
  })
}
