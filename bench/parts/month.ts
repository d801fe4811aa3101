import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { DAY, HOUR } from '@/lib/flow/time/bucket'
import { runQuietly } from '../../scripts/process/child'
import { mustAgree } from '../compare'
import { DAY_START, hourBlob, textOf } from '../logs/blobs'
import type { Dataset } from '../logs/data'
import type { Workshop } from '../logs/workshop'
import type { Bench, Result } from '../part'
import { answersOfDuckdb } from '../peers/duckdb'
import { amount, laps, ms, times } from '../report/figures'
import { spread } from '../run'
import { askServer } from '../served/ask-server'
import { type Served, serve } from '../served/server'

const DAYS = 30
/** With 720 hours each this makes 24,480 blobs. */
const NICS = 34
const TUPLES = 60
/** After this time, listings that a server remembers for a few seconds are forgotten. Milliseconds. */
const LATER = 6000
const REACH = { fresh: 1.5, later: 150, known: 20, bytes: 200 } as const

type Range = Pick<Dataset, 'from' | 'to'>

interface Month {
  data: Dataset
  /** Blobs that a query about the hour needs: its own, and those of the next hour. */
  hour: Dataset
}

function makeMonth(workshop: Workshop, nics: number): Month {
  const folder = workshop.fresh('month')
  const to = DAY_START + DAYS * DAY
  const at = DAY_START + 10 * DAY + 9 * HOUR
  const data: Dataset = { folder, files: [], tuples: 0, bytes: 0, from: DAY_START, to }
  const hour: Dataset = { folder, files: [], tuples: 0, bytes: 0, from: at, to: at + HOUR }
  for (let nic = 0; nic < nics; nic++)
    for (let start = DAY_START; start < to; start += HOUR) {
      const blob = hourBlob('nsg', nic, start, TUPLES)
      const file = path.join(folder, blob.container, blob.name)
      mkdirSync(path.dirname(file), { recursive: true })
      const text = textOf(blob)
      writeFileSync(file, text, 'latin1')
      for (const set of start === at || start === at + HOUR ? [data, hour] : [data]) {
        set.files.push(file)
        set.tuples += TUPLES
        set.bytes += text.length
      }
    }
  return { data, hour }
}

/** Returns the milliseconds that one answer about a range takes. */
async function asked(server: Served, route: string, { from, to }: Range): Promise<number> {
  const begun = performance.now()
  const response = await fetch(`${server.url}/api/${route}?from=${new Date(from).toISOString()}&to=${new Date(to).toISOString()}`)
  const text = await response.text()
  if (!response.ok) throw new Error(`/api/${route} answered ${response.status}: ${text.slice(0, 500)}`)
  return performance.now() - begun
}

async function found(folder: string, files: number): Promise<number> {
  const begun = performance.now()
  const { output } = await runQuietly('find', [folder, '-name', 'PT1H.json'])
  const took = performance.now() - begun
  if (output.trim().split('\n').length !== files) throw new Error('find: other files than those that were written')
  return took
}

async function several(times: number, act: () => Promise<number>): Promise<number[]> {
  const values: number[] = []
  for (let i = 0; i < times; i++) values.push(await act())
  return values
}

/** Measures a folder with a month of many NICs: a query about one hour of it, and queries about hours that have been read. */
export async function month(bench: Bench): Promise<Result[]> {
  const { options, workshop, say } = bench
  const { data, hour } = makeMonth(workshop, Math.max(1, Math.round(NICS * options.scale)))
  const truth = await answersOfDuckdb(hour, workshop)
  const blobs = `folder of ${amount(data.files.length)} blobs, ${amount(data.tuples)} tuples`
  const searches: number[] = []
  const first: number[] = []
  const later: number[] = []
  for (let round = 0; round < (options.rounds ?? 3); round++) {
    searches.push(await found(data.folder, data.files.length))
    const server = await serve(bench, { FLOWLENS_SOURCES: data.folder })
    try {
      const { ms: took, answers } = await askServer(server.url, hour)
      mustAgree('month', answers, truth, 'DuckDB')
      first.push(took)
      await sleep(LATER)
      later.push(await asked(server, 'timeline', hour))
      say(`find ${ms(searches.at(-1)!)}; one hour ${ms(took)}, later ${ms(later.at(-1)!)}`)
    } finally {
      await server.stop()
    }
  }
  const server = await serve(bench, { FLOWLENS_SOURCES: data.folder })
  try {
    const empty = await server.heap()
    const loading = await asked(server, 'timeline', data)
    const bytes = ((await server.heap()) - empty) / data.files.length
    say(`all of it loaded in ${ms(loading)}; ${bytes.toFixed(0)} B of heap for each blob`)
    const day = { from: data.from, to: data.from + DAY }
    await asked(server, 'timeline', day)
    const whole = await several(9, () => asked(server, 'timeline', data))
    const part = await several(9, () => asked(server, 'timeline', day))
    say(`known: month ${laps(spread(whole))}, day ${laps(spread(part))}`)
    const factor = spread(first.map((took, i) => took / searches[i]!))
    const most = spread(later).median
    const pays = (range: string, of: number[]): Result => ({
      part: `month, known blobs, ${range}`,
      measured: `${blobs}, all of them read: the same question about ${range} again, whose answer is remembered`,
      reach: `${REACH.known} ms`,
      got: laps(spread(of)),
      met: spread(of).median <= REACH.known,
      bound: 'listing, plan and coverage of its blobs',
    })
    return [
      {
        part: 'month, one hour',
        measured: `${blobs}: four answers about one hour, fresh start, against find`,
        reach: `${REACH.fresh}×`,
        got: `${times(factor)}; ${ms(spread(first).median)} against ${ms(spread(searches).median)}`,
        met: factor.median <= REACH.fresh,
        bound: 'walking the directories that may lead to the hour, reading its blobs, and four answers',
      },
      {
        part: 'month, one hour later',
        measured: `${blobs}: the same hour ${LATER / 1000} s later`,
        reach: `${REACH.later} ms`,
        got: laps(spread(later)),
        met: most <= REACH.later,
        bound: 'whether directories have changed',
      },
      pays('the month', whole),
      pays('a day', part),
      {
        part: 'month, memory',
        measured: `${blobs}, all of them read: heap of the main thread for each blob`,
        reach: `${REACH.bytes} B`,
        got: `${bytes.toFixed(0)} B`,
        met: bytes <= REACH.bytes,
        bound: 'its listing, its state and its name are objects',
      },
    ]
  } finally {
    await server.stop()
  }
}
