import { Known } from '@/lib/context/known'
import { readFound } from '@/lib/context/read/read-file'
import type { KeyField } from '@/lib/flow/fields'
import type { View } from '@/lib/flow/view'
import { parseFilter } from '@/lib/link/language/parse'
import { talkers } from '@/lib/query/talkers/talkers'
import { timeline } from '@/lib/query/timeline/timeline'
import { Scope } from '@/lib/query/where/scope'
import { FolderSource } from '@/lib/source/folder/folder'
import type { Store } from '@/lib/store/store'
import { blobTuples, type Dataset } from '../data'
import { amount, laps, ms, times } from '../figures'
import type { Bench, Result } from '../part'
import { openRoad } from '../road'
import { interleave, type Lap, ratio, spread } from '../run'

const BLOBS = 80

/** Every /24 of the strangers' addresses, of one of a few countries; one country has the upper half of them. */
function countries(): string {
  const rows = Array.from(
    { length: 512 },
    (_, i) => `198.${18 + (i >> 8)}.${i & 255}.0/24,${i >= 256 ? 'BR' : ['DE', 'FR', 'NL', 'US'][i % 4]}`,
  )
  return ['network,country_code', ...rows, '2001:db8:1000::/36,US'].join('\n')
}

const KNOWN = Known.of(readFound('countries.csv', Buffer.from(countries())).sets, 'bench')
const KNOWING = Scope.everything.knowing(KNOWN)

/** A question that context answers, the same without it, and how many times as long it may take. */
interface Case {
  about: string
  plain: (store: Store, data: Dataset) => Promise<number>
  told: (store: Store, data: Dataset) => Promise<number>
  reach: number
  bound: string
}

function viewOf({ from, to }: Dataset, q: string): View {
  return { from, to, q, filter: parseFilter(q), logs: [], asof: null, once: false }
}

const grouped = (by: KeyField, scope: Scope) => async (store: Store, data: Dataset) => {
  const { rows, other } = await talkers(store, viewOf(data, ''), { scope, by: [by] })
  return rows.reduce((sum, { tuples }) => sum + tuples, other.tuples)
}

const filtered = (q: string) => async (store: Store, data: Dataset) => {
  const { buckets } = await timeline(store, viewOf(data, q), { scope: KNOWING })
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

async function lapOf(ask: Case['plain'], store: Store, data: Dataset): Promise<Lap<number>> {
  const begun = performance.now()
  const answers = await ask(store, data)
  return { ms: performance.now() - begun, answers }
}

async function compare(bench: Bench, data: Dataset, store: Store, one: Case): Promise<Result> {
  const first = await lapOf(one.told, store, data)
  const contenders = [
    { name: 'told', lap: () => lapOf(one.told, store, data) },
    { name: 'plain', lap: () => lapOf(one.plain, store, data) },
  ]
  const [told, plain] = (await interleave(contenders, bench.options.rounds ?? 9, () => {})) as [Lap<number>[], Lap<number>[]]
  for (const [i, { answers }] of told.entries())
    if (answers !== plain[i]!.answers) throw new Error(`${one.about}: ${answers} tuples and ${plain[i]!.answers}`)
  const factor = ratio(told, plain)
  const [own, other] = [spread(told.map((lap) => lap.ms)), spread(plain.map((lap) => lap.ms))]
  bench.say(`${one.about}: ${laps(own)} and ${laps(other)}; ${times(factor)}; with the look-up of its addresses ${ms(first.ms)}`)
  return {
    part: 'context',
    measured: `${amount(data.tuples)} tuples loaded, ${one.about}`,
    reach: `${one.reach}×`,
    got: `${times(factor)}; ${ms(own.median)} against ${ms(other.median)}; ${ms(first.ms)} when the addresses are looked up first`,
    met: factor.median <= one.reach,
    bound: one.bound,
  }
}

/** What it costs to group and filter by what context files tell of addresses. */
export async function context(bench: Bench): Promise<Result[]> {
  const { options, workshop } = bench
  const data = bench.data.day(BLOBS, blobTuples(options.scale))
  const road = await openRoad(workshop.fresh('data'), new FolderSource(data.folder))
  try {
    const signal = new AbortController().signal
    await road.fetch(await road.survey(data, signal), signal)
    await road.store.settle()
    const results: Result[] = []
    for (const one of CASES) results.push(await compare(bench, data, road.store, one))
    return results
  } finally {
    await road.close()
  }
}
