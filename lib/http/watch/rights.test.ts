import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import type { Condition } from '@/lib/flow/answer/kept/watch'
import { DAY, HOUR } from '@/lib/flow/time/bucket'
import { tuples } from '@/lib/http/ask/questions'
import { create as mute, list as mutes } from '@/lib/http/findings/mutes'
import { MemorySource } from '@/lib/ingest/test/memory-source'
import { blobOf } from '@/lib/ingest/test/records'
import { Dice } from '@/lib/query/test/random'
import type { Message } from '@/lib/webhook/message'
import { seedOfRun } from '@/scripts/tests/seed'
import { Account } from '../test/rights/account'
import { marksOf, testLog, testRecords } from '../test/rights/flows'
import { loneServer, type OneServer, sharedServer } from '../test/rights/world'
import { send } from '../test/serve'
import { list as alerts } from './alerts'
import { alertsOf } from './kept-alerts'
import { Watcher } from './watcher'
import { create, list } from './watches'

vi.mock('@/lib/auth/identity', () => ({
  identify: async (request: Request) => {
    const person = request.headers.get('x-person') ?? 'nobody'
    return { kind: 'person', key: person, name: person, session: person }
  },
}))
vi.mock('@/lib/auth/credential', () => ({
  credentialFor: ({ key }: { key: string }) => ({ getToken: async () => ({ token: key, expiresOnTimestamp: Number.POSITIVE_INFINITY }) }),
}))

const NOW = Date.UTC(2026, 10, 2, 12)
const never = new AbortController().signal
/** This log is read with each person's own token; `ada` may read it, `ben` may not. */
const SECRET = testLog('A', 1)
/** This log belongs to a source that is the same for everybody. */
const COMMON = testLog('B', 2)

const dice = new Dice(seedOfRun())
const account = new Account()
const common = new Account()
const commonSource = new MemorySource('memory:common')
const nameOf = (scope: string, hour: number) => `${scope}/${hour}`

function put(to: MemorySource, log: typeof SECRET): void {
  for (let hour = NOW - 6 * HOUR; hour < NOW; hour += HOUR)
    to.put(
      nameOf(log.scope, hour),
      blobOf(
        testRecords(
          log,
          dice,
          hour,
          Array.from({ length: 12 }, (_, i) => i * 5),
        ),
      ),
      { hour, mac: log.mac, scope: log.scope },
    )
}

let shared: OneServer
let alone: OneServer
const as = (person: string) => ({ 'x-person': person })
const getAs = (handler: typeof list, person: string, keys: Record<string, string> = {}) =>
  handler(new Request(`http://localhost/api?${new URLSearchParams(keys)}`, { headers: as(person) }), { params: Promise.resolve({}) })

const CONDITIONS: readonly Condition[] = [
  { about: 'filter', q: '', logs: [], metric: 'tuples', least: 1, window: '1h' },
  { about: 'filter', q: 'rule:UserRule_A_*', logs: [], metric: 'tuples', least: 1, window: '5m' },
  { about: 'filter', q: 'scanner:any@2/2/2', logs: [], metric: 'flows', least: 1, window: '1h' },
  {
    about: 'findings',
    ...{
      q: '',
      logs: [],
      kinds: ['let-in', 'exposed', 'beacon', 'new-destination', 'silence'],
      level: 'low',
      thresholds: 'let-in.denied:1',
    },
  },
]

async function watchOn(server: OneServer, ids: readonly string[]): Promise<Message[]> {
  server.use()
  const told: Message[] = []
  for (const [i, condition] of CONDITIONS.entries()) {
    const at = new Date(NOW - 5 * HOUR).toISOString()
    await server.server.watches.write(ids[i]!, {
      id: ids[i]!,
      version: 1,
      title: `w${i}`,
      condition,
      paused: false,
      owner: 'ada',
      by: 'ada',
      made: at,
      changed: at,
    })
  }
  const one = new Watcher(server.server, {
    ...{ webhooks: [{ body: 'json', url: 'https://a.example' }], secret: null, publicUrl: null, warn: () => {}, now: () => NOW },
    tell: async (_, message) => void told.push(message),
  })
  await one.round(never)
  await one.tell(never)
  return told.sort((a, b) => (a.id < b.id ? -1 : 1))
}

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: NOW })
  put(account.blobs, SECRET)
  put(commonSource, COMMON)
  account.rights.set('ada', () => 'read')
  account.rights.set('ben', () => 'none')
  for (const [name, held] of commonSource.held) common.blobs.held.set(name, held)
  shared = await sharedServer(account, { strict: false, now: () => NOW, expires: () => Number.POSITIVE_INFINITY }, [], [commonSource])
  shared.use()
  // The rows that a person has read are in the shared store.
  const keys = { from: new Date(NOW - DAY).toISOString(), to: new Date(NOW).toISOString(), limit: '1000' }
  const seen = await (await getAs(tuples, 'ada', keys)).text()
  for (const log of [SECRET, COMMON]) expect(seen).toContain(`UserRule_${log.letter}_`)
  alone = await loneServer(
    common,
    () => true,
    () => NOW,
  )
})
afterAll(async () => {
  vi.useRealTimers()
  await shared.close()
  await alone.close()
})

it('watches find the same as a server with only the sources that are the same for everybody', async () => {
  const ids = ['aaaaaaaa', 'bbbbbbbb', 'cccccccc', 'dddddddd']
  const told = await watchOn(shared, ids)
  // All but the watch on rules of the log that it may not read.
  expect(new Set(told.map(({ watch }) => watch.id))).toEqual(new Set(ids.filter((id) => id !== 'bbbbbbbb')))
  const text = JSON.stringify([
    told,
    (await alertsOf(shared.server.alerts)).alerts,
    await Promise.all(ids.map((id) => shared.server.rounds.read(id))),
    await (await getAs(list, 'ben')).json(),
    await (await getAs(alerts, 'ben')).json(),
  ])
  const typed = JSON.stringify(CONDITIONS)
  for (const mark of marksOf(SECRET)) expect(text.includes(mark) && !typed.includes(mark), mark).toBe(false)
  expect(text).toContain('memory:common')
  expect(text).not.toContain('memory:account')
  expect(told).toEqual(await watchOn(alone, ids))
})

it('everybody reads a watch, only its owner changes it', async () => {
  shared.use()
  const made = (await (
    await send(create, 'POST', { body: { title: 'mine', condition: { ...CONDITIONS[0], logs: [] } }, headers: as('ada') })
  ).json()) as { id: string; mine: boolean }
  expect(made.mine).toBe(true)
  const { remove } = await import('./watches')
  const removed = await send(remove, 'DELETE', { path: { id: made.id }, keys: { version: '1' }, headers: as('ben') })
  expect([removed.status, await removed.text()]).toEqual([403, expect.stringContaining('only its owner')])
})

it('a mute applies only to its owner where rights differ, and is hidden from others', async () => {
  shared.use()
  const body = { kind: 'exposed', address: '10.0.0.1', why: 'a lab' }
  expect((await send(mute, 'POST', { body, headers: as('ada') })).status).toBe(201)
  const told = async (person: string) =>
    ((await (await getAs(mutes, person)).json()) as { mutes: { why: string }[] }).mutes.map(({ why }) => why)
  expect([await told('ada'), await told('ben')]).toEqual([['a lab'], []])
})
