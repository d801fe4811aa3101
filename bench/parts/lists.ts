import type { View } from '@/lib/flow/view/view'
import { parseFilter } from '@/lib/link/language/parse'
import { rules } from '@/lib/query/rules/rules'
import { scans } from '@/lib/query/scans'
import { talkers } from '@/lib/query/talkers/talkers'
import { timeline } from '@/lib/query/timeline/timeline'
import { tuples } from '@/lib/query/tuples/tuples'
import { Scope } from '@/lib/query/where/scope'
import type { Store } from '@/lib/store/store'
import { blobTuples, type Dataset } from '../logs/data'
import type { Bench, Result } from '../part'
import { amount, ms, times } from '../report/figures'
import { coreRatio, interleave, type Lap, ratio, spread } from '../run'
import { inEachEngine, type Loaded } from '../served/engines'

const BLOBS = 40
const VALUES = 5000
/** Largest allowed ratio to the time with one value. */
const REACH = 3
const SCOPED = { scope: Scope.everything }

const many = (lap: number, one: (i: number) => string, separator: string) =>
  Array.from({ length: VALUES }, (_, i) => one(lap * VALUES + i)).join(separator)

/** Returns addresses and prefixes that differ in every lap; some occur in the data. */
const address = (i: number) =>
  i % 10 === 0
    ? `198.${18 + ((i >> 16) & 1)}.${(i >> 8) & 255}.${i & 255}`
    : i % 3 === 0
      ? `2001:db8:${(i & 65_535).toString(16)}::${(i >> 4).toString(16)}`
      : `${11 + (i % 89)}.${(i * 7) & 255}.${(i * 13) & 255}.${(i >> 3) & 255}`
const PREFIXES = { ipv4: [32, 24, 16, 28, 20, 22], ipv6: [128, 64, 56, 48, 60, 33] }
const prefix = (i: number) => `${address(i)}/${(address(i).includes(':') ? PREFIXES.ipv6 : PREFIXES.ipv4)[i % 6]}`
const port = (i: number) => String((i * 13) % 65_536)
const name = (i: number) => (i % 500 === 0 ? 'UserRule_AllowSite1' : `UserRule_Allow${i}`)

const mac = (i: number) => ((i * 2_654_435_761) % 2 ** 48).toString(16).padStart(12, '0').toUpperCase()
const endpoint = (i: number) => `${11 + (i % 89)}.${(i >> 16) & 255}.${(i >> 8) & 255}.${i & 255}:${port(i)}`

const words = (lap: number, separator: string) => Array.from({ length: 900 }, (_, i) => `w${lap * 900 + i}`).join(separator)
const pairs = (lap: number) => Array.from({ length: 400 }, (_, i) => `(${port(i)} ${address(lap * 400 + i)})`).join(' or ')

interface Case {
  about: string
  /** A filter with one value, and one with many values of the same kind for a lap. */
  one: string
  list: (lap: number) => string
}

const CASES: readonly Case[] = [
  { about: 'src, addresses of both families', one: 'src:198.18.48.1', list: (lap) => `src:${many(lap, address, ',')}` },
  { about: 'ip, addresses of both families', one: 'ip:198.18.48.1', list: (lap) => `ip:${many(lap, address, ',')}` },
  { about: 'ip, prefixes of both families', one: 'ip:198.18.48.0/24', list: (lap) => `ip:${many(lap, prefix, ',')}` },
  { about: 'src, prefixes of both families', one: 'src:198.18.48.0/24', list: (lap) => `src:${many(lap, prefix, ',')}` },
  { about: 'addresses joined by or', one: '198.18.48.1', list: (lap) => many(lap, address, ' or ') },
  { about: 'sources left out, one after the other', one: '-src:198.18.48.1', list: (lap) => many(lap, (i) => `-src:${address(i)}`, ' ') },
  { about: 'ports', one: 'port:443', list: (lap) => `port:${many(lap, port, ',')}` },
  { about: 'words, any of which a rule holds', one: 'web', list: (lap) => words(lap, ' or ') },
  { about: 'pairs of a port and an address', one: '(443 198.18.48.1)', list: (lap) => pairs(lap) },
  { about: 'addresses with their ports, joined by or', one: '198.18.48.1:443', list: (lap) => many(lap, endpoint, ' or ') },
  { about: 'names of rules joined by or', one: 'rule:UserRule_AllowSite1', list: (lap) => many(lap, (i) => `rule:${name(i)}`, ' or ') },
  { about: 'MACs', one: 'mac:00224871C205', list: (lap) => `mac:${many(lap, mac, ',')}` },
  { about: 'names of rules', one: 'rule:UserRule_AllowSite1', list: (lap) => `rule:${many(lap, name, ',')}` },
]

type Ask = (store: Store, view: View) => Promise<unknown>

const QUESTIONS: Readonly<Record<string, Ask>> = {
  timeline: (store, view) => timeline(store, view, SCOPED),
  'timeline, talkers, rules, scans and tuples at once': (store, view) =>
    Promise.all([
      timeline(store, view, SCOPED),
      talkers(store, view, SCOPED),
      rules(store, view, SCOPED),
      scans(store, view, SCOPED),
      tuples(store, view, SCOPED),
    ]),
}

/** Number of queries in a lap. */
const QUESTIONS_A_LAP = 3

async function compare(bench: Bench, data: Dataset, { store, used }: Loaded, { about, one, list }: Case): Promise<Result[]> {
  const results: Result[] = []
  for (const [asked, ask] of Object.entries(QUESTIONS)) {
    let number = 0
    // Each lap has a new range and list, so that no remembered result helps.
    const timed = (q: (lap: number) => string) => async (): Promise<Lap<null>> => {
      const asked = Array.from({ length: QUESTIONS_A_LAP }, () => ({ from: data.from - number, q: q(number++) }))
      const [begun, here, there] = [performance.now(), process.cpuUsage(), used()]
      for (const { from, q } of asked) await ask(store, { from, to: data.to, q, filter: parseFilter(q), logs: [], asof: null, once: false })
      const { user, system } = process.cpuUsage(here)
      const cores = there === null ? Number.NaN : (user + system) / 1e6 + used()! - there
      return { ms: performance.now() - begun, cores, answers: null }
    }
    const contenders = [
      { name: 'list', lap: timed(list) },
      { name: 'one', lap: timed(() => one) },
    ]
    await interleave(contenders, 1, () => {})
    const [long, short] = (await interleave(contenders, bench.options.rounds ?? 7, () => {})) as [Lap<null>[], Lap<null>[]]
    const [time, cores] = [ratio(long, short), coreRatio(long, short)]
    const [many, single] = [spread(long.map((lap) => lap.ms)), spread(short.map((lap) => lap.ms))]
    const spent = cores === null ? '' : `; core seconds ${times(cores)}`
    bench.say(`${store.engine.name}, ${about}, ${asked}: ${times(time)}; ${ms(many.min)} against ${ms(single.min)} at least${spent}`)
    results.push({
      part: `lists, ${store.engine.name}, ${about}, ${asked}`,
      measured: `${amount(data.tuples)} tuples loaded, a list of thousands of values against one of them, ${QUESTIONS_A_LAP} times`,
      reach: `${REACH}× in core seconds`,
      got: `${times(time)}; ${ms(many.median)} against ${ms(single.median)}${spent}`,
      met: (cores ?? time).median <= REACH,
      bound: 'reading the list, and looking each row up in it',
    })
  }
  return results
}

/** Filters that hold long lists, against the same filters with one value. */
export async function lists(bench: Bench): Promise<Result[]> {
  const data = bench.data.day(BLOBS, blobTuples(bench.options.scale))
  return inEachEngine(bench, data, async (loaded) => {
    const results: Result[] = []
    for (const one of CASES) results.push(...(await compare(bench, data, loaded, one)))
    return results
  })
}
