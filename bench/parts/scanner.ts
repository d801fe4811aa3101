import type { View } from '@/lib/flow/view/view'
import { parseFilter } from '@/lib/link/language/parse'
import { rules } from '@/lib/query/rules/rules'
import { scans } from '@/lib/query/scans'
import { talkers } from '@/lib/query/talkers/talkers'
import { timeline } from '@/lib/query/timeline/timeline'
import { Scope } from '@/lib/query/where/scope'
import type { Store } from '@/lib/store/store'
import { blobTuples, type Dataset } from '../logs/data'
import type { Bench, Result } from '../part'
import { amount, laps, times } from '../report/figures'
import { coreRatio, interleave, type Lap, ratio, spread } from '../run'
import { inEachEngine, type Loaded } from '../served/engines'

const BLOBS = 24
/** Largest allowed ratio to a plain filter. */
const REACH = 1.5
const SCOPED = { scope: Scope.everything }

/** A filter by scanners, and a plain one of about as many tuples. */
const CASES = [
  { scanner: 'scanner:any', plain: 'src:198.18.0.0/16' },
  { scanner: '-scanner:any', plain: '-src:198.18.0.0/16' },
  { scanner: 'scanner:any@24', plain: 'src:198.18.0.0/16' },
] as const

const QUESTIONS: Readonly<Record<string, (store: Store, view: View) => Promise<unknown>>> = {
  timeline: (store, view) => timeline(store, view, SCOPED),
  'timeline, talkers, rules and scans at once': (store, view) =>
    Promise.all([timeline, talkers, rules, scans].map((ask) => ask(store, view, SCOPED))),
}

interface Asked {
  about: string
  ask: (store: Store, view: View) => Promise<unknown>
  scanner: string
  plain: string
}

/** Fresh ranges so far: nothing is remembered of one, which begins a few milliseconds earlier than any before, where no tuple is. */
let ranges = 0

async function compare(bench: Bench, data: Dataset, { store, used }: Loaded, { about, ask, scanner, plain }: Asked): Promise<Result> {
  const timed = (q: string, isFresh: boolean) => async (): Promise<Lap<null>> => {
    if (isFresh) ranges++
    const [begun, here, there] = [performance.now(), process.cpuUsage(), used()]
    await ask(store, { from: data.from - ranges, to: data.to, q, filter: parseFilter(q), logs: [], asof: null, once: false })
    const { user, system } = process.cpuUsage(here)
    const cores = there === null ? Number.NaN : (user + system) / 1e6 + used()! - there
    return { ms: performance.now() - begun, cores, answers: null }
  }
  const contenders = [
    { name: 'fresh', lap: timed(scanner, true) },
    { name: 'again', lap: timed(scanner, false) },
    { name: 'plain', lap: timed(plain, true) },
  ]
  await interleave(contenders, 1, () => {})
  const [fresh, again, bare] = (await interleave(contenders, bench.options.rounds ?? 9, () => {})) as [
    Lap<null>[],
    Lap<null>[],
    Lap<null>[],
  ]
  const [first, second] = [coreRatio(fresh, bare) ?? ratio(fresh, bare), coreRatio(again, bare) ?? ratio(again, bare)]
  const got = `${times(first)}; ${laps(spread(fresh.map(({ ms }) => ms)))} against ${laps(spread(bare.map(({ ms }) => ms)))}; again ${times(second)}`
  bench.say(`${store.engine.name}, ${about} of ${scanner}: ${got}`)
  return {
    part: `scanner, ${store.engine.name}, ${about} of ${scanner}`,
    measured: `${amount(data.tuples)} tuples loaded, in a fresh range, against ${plain}`,
    reach: `${REACH}× in core seconds`,
    got,
    met: first.median <= REACH,
    bound: 'exact distinct counts of targets and ports of every denied source',
  }
}

/** Filters by scanners, against plain ones. */
export async function scanner(bench: Bench): Promise<Result[]> {
  const data = bench.data.day(BLOBS, blobTuples(bench.options.scale))
  return inEachEngine(bench, data, async (loaded) => {
    const results: Result[] = []
    for (const [about, ask] of Object.entries(QUESTIONS))
      for (const one of CASES) results.push(await compare(bench, data, loaded, { about, ask, ...one }))
    return results
  })
}
