import { load } from '@/lib/http/ask/load'
import * as questions from '@/lib/http/ask/questions'
import { raw } from '@/lib/http/ask/raw'
import { prove } from '@/lib/http/evidence/evidence'
import { verify } from '@/lib/http/evidence/verify'
import { exportRows } from '@/lib/http/export/export'
import { manifest } from '@/lib/http/export/manifest'
import type { RouteView } from '@/lib/link/views'
import type { Dice } from '@/lib/query/test/random'

type Handler = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>

/** One request, to be sent as any person. */
export interface Question {
  route: string
  keys: Record<string, string>
  path: Record<string, string>
  handler: Handler
}

type Asked = readonly [weight: number, handler: Handler, keys: (dice: Dice, pick: Pools) => Record<string, string>]

/** Every view with a range; new views must be added here. */
const ROUTES: Readonly<Record<Exclude<RouteView, 'flow' | 'neighbours' | 'evidence'>, Asked>> = {
  timeline: [6, questions.timeline, (dice) => ({ buckets: dice.pick(['7', '60']), ...(dice.chance(0.2) ? { noise: '1' } : {}) })],
  talkers: [
    6,
    questions.talkers,
    (dice) => ({ by: dice.pick(['src', 'dst,dport', 'log', 'rule', 'mac']), metric: dice.pick(['tuples', 'bytes', 'peers']) }),
  ],
  paths: [
    4,
    questions.paths,
    (dice) => ({
      by: dice.pick(['src,dport,dst', 'log,rule', 'mac,acl,action,mac', 'src,net']),
      limit: dice.pick(['2', '1000']),
      baseline: dice.pick(['none', '2h']),
    }),
  ],
  values: [
    6,
    questions.values,
    (dice) => ({ field: dice.pick(['log', 'rule', 'mac', 'src', 'acl']), prefix: dice.pick(['', 'n', 'u', '1']) }),
  ],
  rules: [3, questions.rules, (dice) => ({ per: dice.pick(['acl', 'log']) })],
  rule: [2, questions.rule, (_, { logs, letters }) => ({ rule: `UserRule_${letters[0]}_1`, acl: logs[0]!.nsg })],
  tuples: [8, questions.tuples, (dice) => ({ sort: dice.pick(['-time', 'src', 'log,-bytesSent']), limit: dice.pick(['3', '100']) })],
  scans: [4, questions.scans, (dice) => ({ group: dice.pick(['ip', '24']), thresholds: '2/2/2' })],
  flips: [2, questions.flips, () => ({})],
  flows: [2, questions.flows, (dice) => ({ sort: dice.pick(['-first', 'bytesSent']), limit: dice.pick(['3', '100']) })],
  findings: [2, questions.findings, (dice) => ({ baseline: dice.pick(['1d', '2h']), thresholds: 'let-in.denied:1,exposed.sources:1' })],
  host: [3, questions.host, (dice) => ({ ip: dice.pick(['10.0.0.1', '198.51.100.2']) })],
  counters: [2, questions.counters, () => ({})],
  coverage: [5, questions.coverage, () => ({})],
  holes: [5, questions.holes, () => ({})],
  plan: [8, questions.plan, () => ({})],
  load: [4, load, () => ({})],
  verify: [1, verify, (dice) => ({ rows: '20', ...(dice.chance(0.5) ? { pieces: '1' } : {}) })],
  export: [2, exportRows, (dice) => ({ format: dice.pick(['csv', 'ndjson']) })],
  manifest: [2, manifest, (dice) => ({ hash: dice.pick(['0', '1']) })],
}

const OF_TUPLE: readonly (readonly [route: string, handler: Handler, ranged: boolean])[] = [
  ['raw', raw, false],
  ['flow', questions.flow, true],
  ['neighbours', questions.neighbours, true],
]

/** Values for random queries. */
export interface Pools {
  ranges: readonly Record<string, string>[]
  filters: readonly string[]
  logs: readonly { id: string; nsg: string }[]
  letters: readonly string[]
  /** Ids of tuples, including those that may not be read. */
  tuples: readonly string[]
}

function common(dice: Dice, { ranges, filters, logs }: Pools): Record<string, string> {
  const q = dice.pick(filters)
  return { ...dice.pick(ranges), ...(q === '' ? {} : { q }), ...(dice.chance(0.2) ? { log: dice.pick(logs).id } : {}) }
}

export function randomQuestion(dice: Dice, pools: Pools): Question {
  if (dice.chance(0.1)) {
    const [route, handler, ranged] = dice.pick(OF_TUPLE)
    return { route, handler, keys: ranged ? common(dice, pools) : {}, path: { id: dice.pick(pools.tuples) } }
  }
  if (dice.chance(0.03)) return { route: 'prove', handler: prove, keys: common(dice, pools), path: {} }
  let at = dice.below(Object.values(ROUTES).reduce((sum, [weight]) => sum + weight, 0))
  for (const [route, [weight, handler, keys]] of Object.entries(ROUTES)) {
    at -= weight
    if (at < 0) return { route, handler, keys: { ...common(dice, pools), ...keys(dice, pools) }, path: {} }
  }
  throw new Error('weights do not add up')
}

/** Sends a query as a person, identified by the test's session. */
export function ask({ route, handler, keys, path }: Question, person: string): Promise<Response> {
  const url = new URL('http://localhost/api')
  const headers = { 'x-person': person, host: 'localhost', origin: 'http://localhost', 'sec-fetch-site': 'same-origin' }
  if (route === 'prove') {
    const body = JSON.stringify({ view: new URLSearchParams(keys).toString() })
    const json = { ...headers, 'content-type': 'application/json' }
    return handler(new Request(url, { method: 'POST', headers: json, body }), { params: Promise.resolve(path) })
  }
  for (const [key, value] of Object.entries(keys)) url.searchParams.set(key, value)
  return handler(new Request(url, { headers }), { params: Promise.resolve(path) })
}
