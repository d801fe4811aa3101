import { Known } from '@/lib/context/known'
import { readFound } from '@/lib/context/read/read-file'
import type { KeyField } from '@/lib/flow/field/fields'
import type { View } from '@/lib/flow/view/view'
import { parseFilter } from '@/lib/link/language/parse'
import { talkers } from '@/lib/query/talkers/talkers'
import { timeline } from '@/lib/query/timeline/timeline'
import { Scope } from '@/lib/query/where/scope'
import type { Store } from '@/lib/store/store'
import { blobTuples, type Dataset } from '../logs/data'
import type { Bench, Result } from '../part'
import { amount, laps, ms, times } from '../report/figures'
import { coreRatio, interleave, type Lap, ratio, type Spread, spread } from '../run'
import { inEachEngine, type Loaded } from '../served/engines'

const BLOBS = 80

/** Returns a file with a country for every /24 of the strangers' addresses; one country has the upper half of them. */
function countries(): string {
  const rows = Array.from(
    { length: 512 },
    (_, i) => `198.${18 + (i >> 8)}.${i & 255}.0/24,${i >= 256 ? 'BR' : ['DE', 'FR', 'NL', 'US'][i % 4]}`,
  )
  return ['network,country_code', ...rows, '2001:db8:1000::/36,US'].join('\n')
}

const KNOWN = Known.of(readFound('countries.csv', Buffer.from(countries())).sets, 'bench')
const KNOWING = Scope.everything.knowing(KNOWN)

/** Runs a query from `from` on, and returns the number of tuples found. */
type Ask = (store: Store, data: Dataset, from: number) => Promise<number>

/** A query that uses context, a comparable one that does not, and the largest allowed ratio of their times. */
interface Case {
  about: string
  plain: Ask
  told: Ask
  reach: number
  bound: string
}

function viewOf({ to }: Dataset, q: string, from: number): View {
  return { from, to, q, filter: parseFilter(q), logs: [], asof: null, once: false }
}

const grouped =
  (by: KeyField, scope: Scope): Ask =>
  async (store, data, from) => {
    const { rows, other } = await talkers(store, viewOf(data, '', from), { scope, by: [by] })
    return rows.reduce((sum, { tuples }) => sum + tuples, other.tuples)
  }

const filtered =
  (q: string): Ask =>
  async (store, data, from) => {
    const { buckets } = await timeline(store, viewOf(data, q, from), { scope: KNOWING })
    return buckets.reduce((sum, { allow, deny }) => sum + allow.tuples + deny.tuples, 0)
  }

const CASES: readonly Case[] = [
  {
    about: 'talkers by src.country, against by src',
    plain: grouped('src', KNOWING),
    told: grouped('src.country', KNOWING),
    reach: 3,
    bound: 'exact distinct peers and ports of keys that hold almost every tuple, as by any field of few values',
  },
  {
    about: 'timeline of src.country:BR, against that of its prefix',
    plain: filtered('src:198.19.0.0/16'),
    told: filtered('src.country:BR'),
    reach: 2.5,
    bound: 'a semi-join with the addresses that match',
  },
  {
    about: 'talkers by src with context files, against without',
    plain: grouped('src', Scope.everything),
    told: grouped('src', KNOWING),
    reach: 1.1,
    bound: 'nothing: the same question',
  },
]

async function compare(bench: Bench, data: Dataset, { store, used }: Loaded, { about, plain, told, reach, bound }: Case): Promise<Result> {
  let asked = 0
  // A new range has no memoized look-ups; moving its start a few milliseconds before the first tuple adds no rows.
  const lap = (ask: Ask, isFirst: boolean) => async (): Promise<Lap<number>> => {
    const from = data.from - (isFirst ? ++asked : 0)
    const [begun, here, there] = [performance.now(), process.cpuUsage(), used()]
    const answers = await ask(store, data, from)
    const { user, system } = process.cpuUsage(here)
    const cores = there === null ? Number.NaN : (user + system) / 1e6 + used()! - there
    return { ms: performance.now() - begun, cores, answers }
  }
  const contenders = [
    { name: 'told', lap: lap(told, false) },
    { name: 'plain', lap: lap(plain, false) },
    { name: 'first', lap: lap(told, true) },
  ]
  await interleave(contenders, 1, () => {})
  const [again, bare, first] = (await interleave(contenders, bench.options.rounds ?? 9, () => {})) as [
    Lap<number>[],
    Lap<number>[],
    Lap<number>[],
  ]
  for (const [i, { answers }] of bare.entries())
    if (again[i]!.answers !== answers || first[i]!.answers !== answers)
      throw new Error(`${about}: ${answers} tuples, ${again[i]!.answers} and ${first[i]!.answers}`)
  const [factor, atFirst] = [coreRatio(again, bare) ?? ratio(again, bare), coreRatio(first, bare) ?? ratio(first, bare)]
  const [own, other, unknown] = [again, bare, first].map((laps) => spread(laps.map((one) => one.ms))) as [Spread, Spread, Spread]
  bench.say(`${store.engine.name}, ${about}: ${laps(own)} and ${laps(other)}; ${times(factor)}; first ${laps(unknown)}, ${times(atFirst)}`)
  return {
    part: `context, ${store.engine.name}`,
    measured: `${amount(data.tuples)} tuples loaded, ${about}`,
    reach: `${reach}× in core seconds`,
    got: `${times(factor)}; ${ms(own.median)} against ${ms(other.median)}; with the look-up of its addresses ${times(atFirst)}, ${ms(unknown.median)}`,
    met: factor.median <= reach && atFirst.median <= reach,
    bound,
  }
}

/** Measures the cost of grouping and filtering by context. */
export async function context(bench: Bench): Promise<Result[]> {
  const data = bench.data.day(BLOBS, blobTuples(bench.options.scale))
  return inEachEngine(bench, data, async (loaded) => {
    const results: Result[] = []
    for (const one of CASES) results.push(await compare(bench, data, loaded, one))
    return results
  })
}
