import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { HOUR, MINUTE } from '@/lib/flow/time/bucket'
import { describeLog } from '@/lib/flow/tuple/log'
import { blobOf } from '@/lib/ingest/test/records'
import { Dice } from '@/lib/query/test/random'
import { seedOfRun } from '@/scripts/tests/seed'
import { Account, type Right } from '../test/rights/account'
import { marksOf, testLog, testRecords } from '../test/rights/flows'
import { type Plain, plain } from '../test/rights/plain'
import { ask, type Pools, type Question, randomQuestion } from '../test/rights/questions'
import { loneServer, type OneServer, sharedServer } from '../test/rights/world'

vi.mock('@/lib/auth/identity', () => ({
  identify: async (request: Request) => {
    const person = request.headers.get('x-person')
    return person === null ? { kind: 'local', key: 'local' } : { kind: 'person', key: person, session: person }
  },
}))
vi.mock('@/lib/auth/credential', () => ({
  credentialFor: ({ key }: { key: string }) => ({ getToken: async () => ({ token: key, expiresOnTimestamp: Number.POSITIVE_INFINITY }) }),
}))

/** Requests in total: `npm run verify -- rights` sends more. */
const RUNS = Number(process.env.FLOWLENS_TEST_CASES || 800)
const SEED = seedOfRun()
/** Simultaneous requests, each by a different person. */
const TOGETHER = 8
const KEPT = 5 * MINUTE
/** Number of queries that are repeated, so that results remembered for other people exist, and number of requests after which the queries are replaced. */
const QUESTIONS = 30
const EPOCH = 800

const DAY_ONE = Date.UTC(2026, 10, 1, 10)
const DAY_TWO = Date.UTC(2026, 10, 2, 9)
const PEOPLE = ['ada', 'ben', 'cem', 'dot']
const LOGS = ['A', 'B', 'C'].map(testLog)
const account = new Account()
const dice = new Dice(SEED)
/** All hours are closed, so that answers do not depend on the time. */
let now = DAY_TWO + 48 * HOUR

/** The units of rights, by the beginning of the blob's name: a log's day, or a loose file. The second and third log have only one day. */
const UNITS = [
  `${LOGS[0]!.scope}/y=2026/m=11/d=01`,
  `${LOGS[0]!.scope}/y=2026/m=11/d=02`,
  `${LOGS[1]!.scope}/`,
  'loose',
  `${LOGS[2]!.scope}/`,
]
/** Only the first person can read the last unit, has all rights, and fills all caches. */
const CHANGING = UNITS.length - 1

function unitOf(name: string): number {
  return UNITS.findIndex((unit) => name.startsWith(unit))
}

type Rights = readonly Right[]
const rights = new Map<string, { now: Rights; before: Rights; changed: number }>()

function put(log: (typeof LOGS)[number], hour: number, minutes: readonly number[]): void {
  const at = new Date(hour).toISOString()
  const name = `${log.scope}/y=${at.slice(0, 4)}/m=${at.slice(5, 7)}/d=${at.slice(8, 10)}/h=${at.slice(11, 13)}/m=00/macAddress=${log.mac}/PT1H.json`
  account.blobs.put(name, blobOf(testRecords(log, dice, hour, minutes)), { hour, mac: log.mac, scope: log.scope })
}

for (const log of LOGS)
  for (const hour of [DAY_ONE, DAY_TWO, DAY_TWO + HOUR]) if (log.letter === 'A' || hour !== DAY_ONE) put(log, hour, [1, 20, 59])
account.blobs.put('loose.json', blobOf(testRecords(testLog('L', 9), dice, DAY_TWO, [5, 30])))

let shared: OneServer
const lone = new Map<string, OneServer>()
const told = new Map<string, Plain>()
let pools: Pools
let pool: Question[]

function keyOf(some: Rights): string {
  return some.map((right) => (right === 'read' ? 'r' : '-')).join('')
}

/** Returns the server with exactly the blobs that these rights permit to read, all of them read. */
async function loneOf(some: Rights): Promise<OneServer> {
  const key = keyOf(some)
  const known = lone.get(key)
  if (known) return known
  const made = await loneServer(
    account,
    (name) => some[unitOf(name)] === 'read',
    () => now,
  )
  lone.set(key, made)
  const { road } = made.server
  const signal = new AbortController().signal
  await road.fetch(await road.survey({ from: DAY_ONE - HOUR, to: DAY_TWO + 4 * HOUR }, signal), signal)
  return made
}

async function expected(question: Question, some: Rights): Promise<Plain> {
  const key = `${keyOf(some)} ${question.route} ${JSON.stringify([question.keys, question.path])}`
  const known = told.get(key)
  if (known) return known
  ;(await loneOf(some)).use()
  const answer = await plain(question, await ask(question, 'nobody'))
  expect(answer.status, answer.text).not.toBe(400)
  told.set(key, answer)
  return answer
}

/**
 * Returns what the answer must report about rights: the number of blobs in the view's hours and logs that may be listed but not read, and whether others may
 * not even be listed.
 */
function rightsOf(view: { from: string; to: string; logs: string[] }, some: Rights): { denied: number; refused: boolean } {
  const first = Date.parse(view.from) - (Date.parse(view.from) % HOUR)
  const last = Date.parse(view.to) - 1 + 10 * MINUTE
  const near = [...account.blobs.held].filter(([, { hour }]) => hour === null || (hour >= first && hour <= last))
  const seen = near.filter(([name, { scope }]) => {
    const isAsked = view.logs.length === 0 || scope === null || view.logs.includes(describeLog(account.blobs.id, scope).id)
    return isAsked && some[unitOf(name)] === 'list'
  })
  return { denied: seen.length, refused: near.some(([name]) => some[unitOf(name)] === 'none') }
}

/** Shows where two texts begin to differ. */
function apart(a: string, b: string): string {
  let at = 0
  while (a[at] === b[at]) at++
  const near = (text: string) => text.slice(Math.max(0, at - 100), at + 200)
  return `…${near(a)}…\ninstead of\n…${near(b)}…`
}

/** Returns null if the answer is correct for these rights, otherwise the difference. */
function difference(question: Question, found: Plain, wanted: Plain, some: Rights): string | null {
  if (question.route === 'prove' && !some.every((right) => right === 'read')) {
    const isRefused = found.status === 502 && found.text.includes('cannot be proved')
    if (isRefused || found.status === wanted.status)
      return isRefused || found.text === wanted.text ? null : `proved ${found.text} instead of ${wanted.text}`
  }
  if (found.status !== wanted.status)
    return `status ${found.status} ${found.text.slice(0, 300)} instead of ${wanted.status} ${wanted.text.slice(0, 300)}`
  if (found.text !== wanted.text) return apart(found.text, wanted.text)
  if (found.complete === null) return null
  const { denied, refused } = rightsOf((JSON.parse(found.text) as { view: Parameters<typeof rightsOf>[0] }).view, some)
  if (found.denied !== denied || found.refused !== refused)
    return `says ${found.denied} ${found.refused} of rights instead of ${denied} ${refused}`
  const complete = wanted.complete === true && denied === 0 && !refused
  return found.complete === complete ? null : `complete is ${found.complete}`
}

function leak(question: Question, whole: string, candidates: readonly Rights[]): string | null {
  const asked = JSON.stringify([question.keys, question.path])
  for (const log of LOGS) {
    const units = UNITS.flatMap((unit, i) => (unit.startsWith(log.scope) ? [i] : []))
    if (candidates.some((some) => units.some((unit) => some[unit] === 'read'))) continue
    for (const mark of marksOf(log)) if (whole.includes(mark) && !asked.includes(mark)) return `${mark} in ${whole.slice(0, 2000)}`
  }
  return null
}

async function judge(question: Question, person: string, response: Promise<Response>): Promise<void> {
  const { whole, ...found } = await plain(question, await response)
  const { now: current, before, changed } = rights.get(person)!
  const candidates = now - changed < KEPT ? [current, before] : [current]
  const leaked = leak(question, whole, candidates)
  // A refusal that arrived while the answer was made.
  const isOvertaken = candidates.length > 1 && found.status === 403 && found.text.includes('have changed while it was made')
  if (leaked === null && isOvertaken) return
  const differences: string[] = []
  for (const some of candidates) {
    const differs = difference(question, found, await expected(question, some), some)
    if (differs === null) break
    differences.push(differs)
  }
  if (leaked === null && differences.length < candidates.length) return
  expect.fail(
    `seed ${SEED}: ${person} with ${current} (before ${before}, ${(now - changed) / 1000} s ago) asks ${question.route} ${JSON.stringify([question.keys, question.path])}: ${leaked ?? differences.join('\nor ')}`,
  )
}

function randomRights(): Rights {
  return UNITS.map((_, i) => (i < CHANGING ? dice.pick<Right>(['none', 'list', 'read', 'read']) : dice.pick<Right>(['none', 'list'])))
}

/** Changes one right of one person, but not before the last change has passed all caches. */
function change(): void {
  const person = dice.pick(PEOPLE.slice(1))
  const known = rights.get(person)!
  if (now - known.changed < KEPT) return
  const at = dice.below(CHANGING)
  const next = known.now.with(at, dice.pick<Right>(['none', 'list', 'read']))
  rights.set(person, { now: next, before: known.now, changed: now })
  if (dice.chance(0.5)) now += KEPT + 1
}

beforeAll(async () => {
  // A range without an end ends now, and expected answers are remembered.
  vi.useFakeTimers({ toFake: ['Date'], now })
  for (const person of PEOPLE) {
    account.rights.set(person, (name) => rights.get(person)!.now[unitOf(name)]!)
    rights.set(person, { now: randomRights(), before: [], changed: Number.NEGATIVE_INFINITY })
  }
  rights.set('ada', { now: UNITS.map(() => 'read'), before: [], changed: Number.NEGATIVE_INFINITY })
  shared = await sharedServer(account, { strict: false, now: () => now, expires: () => Number.POSITIVE_INFINITY })
  const all = await loneOf(UNITS.map(() => 'read'))
  all.use()
  const every = { from: new Date(DAY_ONE - HOUR).toISOString(), to: new Date(DAY_TWO + 4 * HOUR).toISOString() }
  const some = { route: 'tuples', handler: (await import('../ask/questions')).tuples, keys: { ...every, limit: '1000' }, path: {} }
  const { rows } = JSON.parse((await plain(some, await ask(some, 'nobody'))).whole) as { rows: { id: string }[] }
  expect(rows.length).toBeGreaterThan(30)
  shared.use()
  await (await ask(some, 'ada')).text()
  pools = {
    ranges: [
      every,
      { from: new Date(DAY_TWO).toISOString(), to: new Date(DAY_TWO + 2 * HOUR).toISOString() },
      { from: new Date(DAY_TWO + 10 * MINUTE).toISOString(), to: new Date(DAY_TWO + 59.5 * MINUTE).toISOString() },
      {},
    ],
    filters: ['', '', 'action:deny', 'dport:22', 'src:198.51.100.0/30', 'rule:UserRule_A_*', 'scanner:any@2/2/2', 'log:*b*'],
    logs: LOGS.map(({ nsg }) => ({ id: describeLog(account.blobs.id, nsg).id, nsg })),
    letters: LOGS.map(({ letter }) => letter),
    tuples: rows.map(({ id }) => id),
  }
})

afterAll(async () => {
  vi.useRealTimers()
  for (const server of [shared, ...lone.values()]) await server.close()
})

it(`answers ${RUNS} requests as if only the blobs that each person may read at that time existed, from seed ${SEED}`, {
  timeout: 3_600_000,
}, async () => {
  for (let asked = 0; asked < RUNS; asked += TOGETHER) {
    if (asked % EPOCH === 0) pool = Array.from({ length: QUESTIONS }, () => randomQuestion(dice, pools))
    if (dice.chance(0.06)) change()
    if (dice.chance(0.2)) now += dice.pick([1000, 30_000, 61_000, KEPT + 1])
    const together = Array.from({ length: TOGETHER }, () => ({ question: dice.pick(pool), person: dice.pick(PEOPLE) }))
    shared.use()
    const asking = together.map(({ question, person }) => ({ question, person, response: ask(question, person) }))
    await Promise.all(asking.map(({ response }) => response))
    for (const { question, person, response } of asking) await judge(question, person, response)
  }
  expect(new Set(account.log.map((line) => line.split(' ')[0])).size).toBe(PEOPLE.length)
})
