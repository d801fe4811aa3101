import { installClickhouse } from '../../scripts/clickhouse/install'
import type { FourAnswers } from '../answers'
import { mustAgree } from '../compare'
import { blobTuples, type Dataset } from '../logs/data'
import type { Bench, Result } from '../part'
import { clickhouseLap } from '../peers/clickhouse'
import { duckdbLap } from '../peers/duckdb'
import { amount, ms, size, times } from '../report/figures'
import { type Contender, coreRatio, interleave, type Lap, ratio } from '../run'
import { coldLap } from './cold'

type Peer = 'DuckDB' | 'ClickHouse'

interface Account {
  blobs: number
  /** Tuples of each blob. */
  tuples: (scale: number) => number
  /** Minimum ratio of the peer's time and core seconds to ours. */
  reach: Readonly<Record<Peer, number>>
  bound: string
}

const ACCOUNTS: readonly Account[] = [
  {
    blobs: 2_400,
    tuples: () => 300,
    reach: { DuckDB: 3, ClickHouse: 2 },
    bound:
      'by a profile: 37 % the four answers over spool files, 36 % parse threads, a third of that reading and hashing bytes, 17 % compiling and garbage collection, 10 % the main thread',
  },
  {
    blobs: 24_000,
    tuples: () => 60,
    reach: { DuckDB: 3, ClickHouse: 2 },
    bound:
      'by a profile: 40 % parse threads, a third of that reading and hashing bytes, 25 % the four answers, two thirds of that the rules, 20 % the main thread, half of that walking directories, 12 % compiling and garbage collection',
  },
  { blobs: 24, tuples: blobTuples, reach: { DuckDB: 4, ClickHouse: 2.5 }, bound: 'scanning, spooling, and answers over spool files' },
]

/** Formats seconds for display: `6.60 s`. */
function seconds(value: number): string {
  return `${value.toFixed(2)} s`
}

function result({ reach, bound }: Account, peer: Peer, data: Dataset, ours: Lap<FourAnswers>[], theirs: Lap<FourAnswers>[]): Result {
  const time = ratio(theirs, ours)
  const cores = coreRatio(theirs, ours)
  const least = (laps: Lap<FourAnswers>[], of: (lap: Lap<FourAnswers>) => number) => Math.min(...laps.map(of))
  const used = (laps: Lap<FourAnswers>[]) => seconds(least(laps, (lap) => lap.cores ?? Number.NaN))
  const took = `${times(time)}; at least ${ms(least(ours, (lap) => lap.ms))} against ${ms(least(theirs, (lap) => lap.ms))}`
  const spent = cores === null ? '' : `; core seconds ${times(cores)}; at least ${used(ours)} against ${used(theirs)}`
  return {
    part: `quiet, ${peer}`,
    measured: `folder of ${amount(data.files.length)} blobs, ${amount(data.tuples)} tuples, ${size(data.bytes)}: first request to four answers, empty data directory`,
    reach: `${reach[peer]}× in time and core seconds`,
    got: took + spent,
    met: time.median >= reach[peer] && (cores === null || cores.median >= reach[peer]),
    bound,
  }
}

async function measure(bench: Bench, account: Account): Promise<Result[]> {
  const { options, workshop, say } = bench
  const blobs = Math.max(24, Math.round(account.blobs > 24 ? account.blobs * options.scale : account.blobs))
  const data = bench.data.day(blobs, account.tuples(options.scale))
  const peers: (Contender<FourAnswers> & { name: Peer })[] = [{ name: 'DuckDB', lap: () => duckdbLap(data, workshop) }]
  if (options.clickhouse) peers.push({ name: 'ClickHouse', lap: () => clickhouseLap(data, workshop) })
  const contenders = [{ name: 'Flowlens', lap: () => coldLap(bench, data) }, ...peers]
  const all = await interleave(contenders, options.rounds ?? 3, (name, lap) =>
    say(`${amount(blobs)} blobs, ${name}: ${ms(lap.ms)}, ${seconds(lap.cores ?? Number.NaN)} of cores`),
  )
  const [ours, ...theirs] = all as [Lap<FourAnswers>[], ...Lap<FourAnswers>[][]]
  return peers.map(({ name }, i) => {
    for (const [round, lap] of ours.entries()) mustAgree(`quiet, lap ${round + 1}`, lap.answers, theirs[i]![round]!.answers, name)
    return result(account, name, data, ours, theirs[i]!)
  })
}

/** The first query of a day in accounts of many small blobs, and of few large ones, against engines that load the same files by hand. */
export async function quiet(bench: Bench): Promise<Result[]> {
  if (bench.options.clickhouse) await installClickhouse()
  const results: Result[] = []
  for (const account of ACCOUNTS) results.push(...(await measure(bench, account)))
  return results
}
