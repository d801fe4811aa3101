import type { View } from '@/lib/flow/view/view'
import { parseFilter } from '@/lib/link/language/parse'
import { rules } from '@/lib/query/rules/rules'
import { scans } from '@/lib/query/scans'
import { talkers } from '@/lib/query/talkers/talkers'
import { timeline } from '@/lib/query/timeline/timeline'
import { tuples } from '@/lib/query/tuples/tuples'
import { Scope } from '@/lib/query/where/scope'
import { FolderSource } from '@/lib/source/folder/folder'
import type { Store } from '@/lib/store/store'
import { type FiveAnswers, factsOf, scanFactsOf } from '../answers'
import { mustAgree } from '../compare'
import { blobTuples, type Dataset } from '../logs/data'
import type { Bench, Result } from '../part'
import { Duckdb } from '../peers/duckdb'
import { askFive } from '../peers/sql'
import { amount, laps, ms, times } from '../report/figures'
import { interleave, type Lap, ratio, spread } from '../run'
import { openRoad } from '../served/road'

const BLOBS = 80
const EVERYTHING = { scope: Scope.everything }

/** A filter in our language and as SQL by hand; `reach` is the largest share of the peer's time that ours may take. */
const CASES = [
  { about: 'unfiltered day', q: '', sql: undefined, reach: 0.5 },
  { about: 'action:deny dir:in', q: 'action:deny dir:in', sql: `action = 'D' and dir = 'I'`, reach: 1 },
  {
    about: 'dport:443 bytes>20000',
    q: 'dport:443 bytes>20000',
    sql: 'dport = 443 and coalesce(bytes_sent, 0) + coalesce(bytes_received, 0) > 20000',
    reach: 1,
  },
  { about: 'rule:UserRule_AllowApp*', q: 'rule:UserRule_AllowApp*', sql: `rule like 'UserRule_AllowApp%'`, reach: 1 },
] as const

const QUESTIONS = {
  timeline: (store: Store, view: View) => timeline(store, view, EVERYTHING),
  talkers: (store: Store, view: View) => talkers(store, view, EVERYTHING),
  rules: (store: Store, view: View) => rules(store, view, EVERYTHING),
  scans: (store: Store, view: View) => scans(store, view, EVERYTHING),
  tuples: (store: Store, view: View) => tuples(store, view, EVERYTHING),
}

async function ourLap(store: Store, view: View): Promise<Lap<FiveAnswers>> {
  const begun = performance.now()
  const [buckets, sources, decided, found, page] = await Promise.all([
    QUESTIONS.timeline(store, view),
    QUESTIONS.talkers(store, view),
    QUESTIONS.rules(store, view),
    QUESTIONS.scans(store, view),
    QUESTIONS.tuples(store, view),
  ])
  const took = performance.now() - begun
  return {
    ms: took,
    answers: { ...factsOf({ timeline: buckets, talkers: sources, rules: decided, tuples: page }), scans: scanFactsOf(found) },
  }
}

async function peerLap(duckdb: Duckdb, data: Dataset, filter: string | undefined): Promise<Lap<FiveAnswers>> {
  const begun = performance.now()
  const answers = await askFive(duckdb.ask, { from: data.from, to: data.to, filter })
  return { ms: performance.now() - begun, answers }
}

/** Runs one question after the other, to see their individual costs. */
async function alone(store: Store, view: View): Promise<string> {
  const parts: string[] = []
  for (const [name, ask] of Object.entries(QUESTIONS)) {
    const begun = performance.now()
    await ask(store, view)
    parts.push(`${name} ${ms(performance.now() - begun)}`)
  }
  return parts.join(', ')
}

async function compare(bench: Bench, data: Dataset, store: Store, duckdb: Duckdb, one: (typeof CASES)[number]): Promise<Result> {
  const view: View = { from: data.from, to: data.to, q: one.q, filter: parseFilter(one.q), logs: [], asof: null, once: false }
  const contenders = [
    { name: 'Flowlens', lap: () => ourLap(store, view) },
    { name: 'DuckDB', lap: () => peerLap(duckdb, data, one.sql) },
  ]
  await interleave(contenders, 1, () => {})
  const [ours, theirs] = (await interleave(contenders, bench.options.rounds ?? 9, () => {})) as [Lap<FiveAnswers>[], Lap<FiveAnswers>[]]
  for (const [i, lap] of ours.entries()) mustAgree(`warm, ${one.about}`, lap.answers, theirs[i]!.answers, 'DuckDB')
  const factor = ratio(ours, theirs)
  const own = spread(ours.map((lap) => lap.ms))
  const peer = spread(theirs.map((lap) => lap.ms))
  bench.say(`${one.about}: ${laps(own)}; DuckDB ${laps(peer)}; ${times(factor)}`)
  bench.say(`  one by one: ${await alone(store, view)}`)
  return {
    part: 'warm',
    measured: `${amount(data.tuples)} tuples loaded, ${one.about}: timeline, talkers, rules, scans and tuples at once, against SQL by hand on a plain DuckDB table`,
    reach: `${one.reach}×`,
    got: `${times(factor)}; ${ms(own.median)} against ${ms(peer.median)}`,
    met: factor.median <= one.reach,
    bound:
      one.q === ''
        ? 'exact distinct counts of rules, the group-by over all sources, and the sources that were let in'
        : 'the same scans as the hand-written ones, over wider addresses',
  }
}

/** Measures each click after the first query. */
export async function warm(bench: Bench): Promise<Result[]> {
  const { options, workshop, say } = bench
  const data = bench.data.day(BLOBS, blobTuples(options.scale))
  const folder = workshop.fresh('warm')
  const duckdb = await Duckdb.open(folder)
  const road = await openRoad(workshop.fresh('data'), new FolderSource(data.folder))
  try {
    const signal = new AbortController().signal
    const begun = performance.now()
    await road.fetch(await road.survey(data, signal), signal)
    const loaded = performance.now()
    await road.store.settle()
    const settled = performance.now()
    await duckdb.load(data.files)
    say(
      `${amount(data.tuples)} tuples loaded in ${ms(loaded - begun)}, settled in ${ms(settled - loaded)} more, loaded by DuckDB in ${ms(performance.now() - settled)}`,
    )
    const results: Result[] = []
    for (const one of CASES) results.push(await compare(bench, data, road.store, duckdb, one))
    return results
  } finally {
    await road.close()
    duckdb.close()
    workshop.remove(folder)
  }
}
