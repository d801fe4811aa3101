import { installClickhouse } from '../../scripts/clickhouse/install'
import type { FourAnswers } from '../answers'
import { mustAgree } from '../compare'
import { blobTuples, type Dataset } from '../logs/data'
import type { Bench, Result } from '../part'
import { clickhouseLap } from '../peers/clickhouse'
import { duckdbLap } from '../peers/duckdb'
import { amount, ms, times } from '../report/figures'
import { type Contender, interleave, type Lap, ratio, spread } from '../run'
import { coldLap } from './cold'

/** Blobs of 125,000 tuples: 1, 3, 10 and 30 million. */
const LARGE = [8, 24, 80, 240]
const SMALL = [100, 1_000, 5_000, 24_000]
const SMALL_TUPLES = 60
/** Largest allowed difference in the time per unit between sizes. */
const FLAT = 0.2

interface Point {
  label: string
  ms: number
  /** Milliseconds per tuple or blob, ours and the peers', by name. */
  each: number
  theirs: Readonly<Record<string, number>>
}

async function measure(bench: Bench, data: Dataset, label: string, count: number): Promise<Point> {
  const { workshop, options, say } = bench
  const peers: Contender<FourAnswers>[] = [{ name: 'DuckDB', lap: () => duckdbLap(data, workshop) }]
  if (options.clickhouse) peers.push({ name: 'ClickHouse', lap: () => clickhouseLap(data, workshop) })
  const contenders = [{ name: 'Flowlens', lap: () => coldLap(bench, data) }, ...peers]
  const [ours, ...all] = (await interleave(contenders, options.rounds ?? 3, () => {})) as [Lap<FourAnswers>[], ...Lap<FourAnswers>[][]]
  const { median } = spread(ours.map((lap) => lap.ms))
  const theirs: Record<string, number> = {}
  for (const [i, { name }] of peers.entries()) {
    const laps = all[i]!
    for (const [round, lap] of ours.entries()) mustAgree(`growth, ${label}`, lap.answers, laps[round]!.answers, name)
    theirs[name] = spread(laps.map((lap) => lap.ms)).median / count
    say(`${label}: ${ms(median)}; ${name} takes ${times(ratio(laps, ours))}`)
  }
  return { label, ms: median, each: median / count, theirs }
}

function result(unit: string, points: readonly Point[]): Result {
  const { min, max } = spread(points.map(({ each }) => each))
  const factor = max / min
  return {
    part: `growth, a ${unit}`,
    measured: `cold at ${points.map(({ label }) => label).join(', ')}`,
    reach: `flat within ${FLAT * 100} %`,
    got: `${points.map((point) => `${(point.each * 1000).toFixed(unit === 'tuple' ? 2 : 0)} µs`).join(', ')}; the most is ${factor.toFixed(2)}× the least`,
    met: factor <= 1 + FLAT,
    chart: {
      title: `Growth: time of the first four answers for each ${unit}`,
      unit: `µs a ${unit}`,
      along: `${unit}s`,
      points: points.map(({ label }) => label.replace(/ .*/, '')),
      lines: [
        { name: 'Flowlens', values: points.map(({ each: ms }) => ms * 1000) },
        ...Object.keys(points[0]!.theirs).map((name) => ({
          name: `${name} by hand`,
          values: points.map(({ theirs }) => theirs[name]! * 1000),
        })),
      ],
    },
    bound: 'the smallest size carries the start: threads, first requests, code not yet compiled',
  }
}

/** Growth of the first query's time, and of the same by hand, with the number of tuples, and of blobs. */
export async function growth(bench: Bench): Promise<Result[]> {
  const { scale, clickhouse } = bench.options
  if (clickhouse) await installClickhouse()
  const large: Point[] = []
  for (const blobs of LARGE) {
    const data = bench.data.day(blobs, blobTuples(scale))
    large.push(await measure(bench, data, `${amount(data.tuples)} tuples`, data.tuples))
  }
  const small: Point[] = []
  for (const full of SMALL) {
    const blobs = Math.max(10, Math.round(full * scale))
    small.push(await measure(bench, bench.data.day(blobs, SMALL_TUPLES), `${amount(blobs)} blobs`, blobs))
  }
  return [result('tuple', large), result('blob', small)]
}
