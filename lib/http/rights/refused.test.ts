import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { HOUR, MINUTE } from '@/lib/flow/time/bucket'
import { describeLog } from '@/lib/flow/tuple/log'
import { tupleId } from '@/lib/flow/tuple/tuple'
import { evidence, prove } from '@/lib/http/evidence/evidence'
import { exportInvestigation } from '@/lib/http/evidence/export-investigation'
import { change, create, list, read, remove } from '@/lib/http/evidence/investigations'
import { verify } from '@/lib/http/evidence/verify'
import { exportRows } from '@/lib/http/export/export'
import { manifest } from '@/lib/http/export/manifest'
import { health } from '@/lib/http/operations/health'
import { blobOf } from '@/lib/ingest/test/records'
import { Dice } from '@/lib/query/test/random'
import { load } from '../ask/load'
import { logs } from '../ask/logs'
import * as questions from '../ask/questions'
import { raw } from '../ask/raw'
import { Account } from '../test/rights/account'
import { marksOf, testLog, testRecords } from '../test/rights/flows'
import { type OneServer, sharedServer } from '../test/rights/world'

vi.mock('@/lib/auth/identity', () => ({
  identify: async (request: Request) => {
    const key = request.headers.get('x-person')
    return { kind: 'person', key, session: key }
  },
}))
vi.mock('@/lib/auth/credential', () => ({
  credentialFor: ({ key }: { key: string }) => ({ getToken: async () => ({ token: key, expiresOnTimestamp: Number.POSITIVE_INFINITY }) }),
}))

type Handler = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>

const DAY = Date.UTC(2026, 10, 2)
const [OPEN, SECRET] = [testLog('A', 0), testLog('B', 1)]
const SECRET_ID = describeLog('memory:account', SECRET.nsg).id
/** Ends that occur only in the secret log's rows, its names, and the hour in the name of its blob. */
const MARKS = [...marksOf(SECRET), SECRET_ID, '203.0.113.77', 'h=14']
const RANGE = { from: new Date(DAY).toISOString(), to: new Date(DAY + 20 * HOUR).toISOString() }
const account = new Account()
let now = DAY + 72 * HOUR
let shared: OneServer
/** Values that must be kept secret from the others. */
const secret = { tuple: '', cursor: '', investigation: '', shared: '', proof: '', asof: '' }

function nameOf({ scope, mac }: typeof OPEN, hour: number): string {
  return `${scope}/y=2026/m=11/d=02/h=${String(new Date(hour).getUTCHours()).padStart(2, '0')}/m=00/macAddress=${mac}/PT1H.json`
}

function put(log: typeof OPEN, hour: number, text: string): void {
  account.blobs.put(nameOf(log, hour), text, { hour, mac: log.mac, scope: log.scope })
}

/** Returns a record of the secret log, which allows a source that the open log denies. */
function secretRecord(time: number): string {
  const second = Math.floor(time / 1000) - 30
  const rows = [
    `"${second},198.51.100.1,203.0.113.77,40000,22,T,I,A,E,5,500,5,500"`,
    `"${second + 1},203.0.113.77,10.0.0.1,40001,443,T,O,A,E,5,500,5,500"`,
  ]
  const [record] = testRecords(SECRET, new Dice(1), time - (time % HOUR), [30])
  return record!.replace(/"flowTuples":\[[^\]]*\]/, `"flowTuples":[${rows.join(',')}]`)
}

interface Sent {
  method?: string
  keys?: Record<string, string>
  path?: Record<string, string>
  body?: unknown
}

async function ask(
  person: string,
  handler: Handler,
  { method = 'GET', keys = {}, path = {}, body }: Sent = {},
): Promise<{ status: number; text: string }> {
  shared.use()
  const url = `http://localhost/api?${new URLSearchParams(keys)}`
  const headers = {
    'x-person': person,
    host: 'localhost',
    origin: 'http://localhost',
    'sec-fetch-site': 'same-origin',
    'content-type': 'application/json',
  }
  const request = new Request(url, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
  const response = await handler(request, { params: Promise.resolve(path) })
  return { status: response.status, text: (await response.text()).replace(/"requestId":"[^"]*"/, '') }
}

async function asked(person: string, handler: Handler, sent?: Sent): Promise<Record<string, unknown>> {
  const { status, text } = await ask(person, handler, sent)
  expect(status, text.slice(0, 500)).toBeLessThan(300)
  return JSON.parse(text)
}

const withLink = (href: string) => ({ title: 'Secret case', note: 'about NSG-B', links: [{ label: 'see NSG-B', href }] })

beforeAll(async () => {
  const dice = new Dice(5)
  put(OPEN, DAY + 9 * HOUR, blobOf(testRecords(OPEN, dice, DAY + 9 * HOUR, [1, 2, 3, 4, 20, 40])))
  put(OPEN, DAY + 10 * HOUR, blobOf(testRecords(OPEN, dice, DAY + 10 * HOUR, [1, 2, 3, 4])))
  put(SECRET, DAY + 14 * HOUR, blobOf([secretRecord(DAY + 14 * HOUR + 30 * MINUTE)]))
  account.rights.set('ada', () => 'read')
  account.rights.set('ben', (name) => (name.startsWith(SECRET.scope) ? 'list' : 'read'))
  account.rights.set('cem', (name) => (name.startsWith(SECRET.scope) ? 'none' : 'read'))
  shared = await sharedServer(account, { strict: false, now: () => now, expires: () => Number.POSITIVE_INFINITY })
  const { rows } = (await asked('ada', questions.tuples, { keys: { ...RANGE, log: SECRET_ID } })) as { rows: { id: string }[] }
  expect(rows).toHaveLength(2)
  secret.tuple = rows[0]!.id
  secret.cursor = String((await asked('ada', questions.tuples, { keys: { ...RANGE, limit: '1' } })).next)
  expect(Number(secret.cursor.split(';')[1])).toBeGreaterThan(DAY + 14 * HOUR)
  const proof = (await asked('ada', prove, { method: 'POST', body: { view: new URLSearchParams(RANGE).toString() } })) as {
    proof: string
    view: { asof: string }
  }
  secret.proof = proof.proof
  secret.asof = proof.view.asof
  const href = `/explorer?${new URLSearchParams({ ...RANGE, log: SECRET_ID, asof: secret.asof, proof: secret.proof })}`
  secret.investigation = String((await asked('ada', create, { method: 'POST', body: withLink(href) })).id)
  secret.shared = String(
    (
      await asked('ada', create, {
        method: 'POST',
        body: { title: 'Open case', links: [{ label: 'all', href: `/explorer?${new URLSearchParams(RANGE)}` }] },
      })
    ).id,
  )
  await asked('ada', change, {
    method: 'PUT',
    path: { id: secret.shared },
    body: { version: 1, title: 'Open case', note: '', links: [], shared: true },
  })
})

afterAll(() => shared.close())

/** Expects that an answer reveals nothing about the secret log, except that there are blobs which may not be read. */
function expectNoMark(text: string, said: Sent = {}): void {
  const own = JSON.stringify(said)
  for (const mark of MARKS) if (!own.includes(mark)) expect(text).not.toContain(mark)
}

const NOTHING = tupleId(4242, 7)

describe.each(['ben', 'cem'])('%s, who may not read a log,', (person) => {
  const ranged = (keys: Record<string, string> = {}): Sent => ({ keys: { ...RANGE, ...keys } })

  it.each<[about: string, handler: Handler, sent: () => Sent]>([
    ['its raw line', raw, () => ({ path: { id: secret.tuple } })],
    ['its flow', questions.flow, () => ({ ...ranged(), path: { id: secret.tuple } })],
    ['its neighbours', questions.neighbours, () => ({ ...ranged(), path: { id: secret.tuple } })],
  ])('gets for a guessed id of %s what a made-up one gets', async (_, handler, sent) => {
    const guessed = await ask(person, handler, sent())
    expect(guessed.status).toBe(404)
    expect(guessed).toEqual(await ask(person, handler, { ...sent(), path: { id: NOTHING } }))
  })

  it.each<[about: string, handler: Handler, sent: () => Sent]>([
    ['timeline', questions.timeline, () => ranged({ noise: '1' })],
    ['timeline of its id', questions.timeline, () => ranged({ log: SECRET_ID })],
    ['newest day', questions.timeline, () => ({})],
    ['talkers', questions.talkers, () => ranged({ by: 'src,dst', limit: '1000', spark: '20' })],
    ['talkers by log', questions.talkers, () => ranged({ by: 'log' })],
    ['paths', questions.paths, () => ranged({ by: 'log,rule,src,dst', limit: '1000' })],
    ['values of log', questions.values, () => ranged({ field: 'log', prefix: 'nsg' })],
    ['values of rule', questions.values, () => ranged({ field: 'rule' })],
    ['values of acl', questions.values, () => ranged({ field: 'acl', prefix: 'NSG' })],
    ['values of mac', questions.values, () => ranged({ field: 'mac' })],
    ['values of src', questions.values, () => ranged({ field: 'ip', prefix: '203.' })],
    ['rules', questions.rules, () => ranged({ per: 'log', spark: '20' })],
    ['details of its rule', questions.rule, () => ranged({ rule: 'UserRule_B_0', acl: SECRET.nsg })],
    ['tuples', questions.tuples, () => ranged({ limit: '1000' })],
    ['tuples after a cursor of another', questions.tuples, () => ranged({ cursor: secret.cursor })],
    ['tuples of its address', questions.tuples, () => ranged({ q: '203.0.113.77' })],
    ['scans', questions.scans, () => ranged({ thresholds: '1/1/1' })],
    ['flips', questions.flips, () => ranged()],
    ['findings', questions.findings, () => ranged({ thresholds: 'let-in.denied:1,silence.quiet:1,silence.logged:1' })],
    ['host', questions.host, () => ranged({ ip: '198.51.100.1', limit: '100' })],
    ['its host', questions.host, () => ranged({ ip: '203.0.113.77' })],
    ['counters', questions.counters, () => ranged()],
    ['coverage', questions.coverage, () => ranged()],
    ['holes', questions.holes, () => ranged()],
    ['plan', questions.plan, () => ranged()],
    ['load', load, () => ranged()],
    ['load that asks', load, () => ranged({ ask: '1' })],
    ['export', exportRows, () => ranged({ format: 'csv' })],
    ['export in a folder', exportRows, () => ranged({ format: 'ndjson', folder: '1', hash: '1' })],
    ['manifest', manifest, () => ranged({ hash: '1' })],
    ['verify', verify, () => ranged({ pieces: '1' })],
    ['logs', logs, () => ({})],
    ['health', health, () => ({})],
    ['investigations', list, () => ({})],
    ['evidence of a proof of another', evidence, () => ({ keys: { ...RANGE, asof: secret.asof, proof: secret.proof } })],
    ['export of a shared investigation', exportInvestigation, () => ({ path: { id: secret.shared } })],
  ])('learns nothing of it from %s, whoever asked before', async (_, handler, sent) => {
    const all = await ask('ada', handler, sent())
    expect(all.status).toBe(200)
    const { status, text } = await ask(person, handler, sent())
    expect(status, text.slice(0, 300)).toBe(200)
    expectNoMark(text, sent())
  })

  it('sees how many blobs may not be read, and never that the answer is complete', async () => {
    const { coverage } = (await asked(person, questions.timeline, ranged())) as {
      coverage: { complete: boolean; problems: { kind: string; count: number }[] }
    }
    expect(coverage.complete).toBe(false)
    expect(coverage.problems.map(({ kind, count }) => ({ kind, count }))).toEqual([{ kind: 'rights', count: person === 'ben' ? 1 : 0 }])
  })

  it('sees that the answer is complete if only other logs are requested', async () => {
    const open = describeLog('memory:account', OPEN.nsg).id
    const { coverage } = (await asked('ben', questions.timeline, ranged({ log: open }))) as { coverage: { complete: boolean } }
    expect(coverage.complete).toBe(true)
  })

  it('does not see which source was allowed elsewhere', async () => {
    type Scans = { rows: { source: string; allowed: { tuples: number; rule: string } | null }[] }
    const allowed = async (who: string) =>
      ((await asked(who, questions.scans, ranged({ thresholds: '1/1/1' }))) as Scans).rows.find(({ source }) => source === '198.51.100.1')
        ?.allowed
    const [all, own] = [await allowed('ada'), await allowed(person)]
    expect(all!.tuples - (own?.tuples ?? 0)).toBe(1)
  })

  it("cannot distinguish another person's proof from one that was never made", async () => {
    const told = async (proof: string) => {
      const { proof: _, ...rest } = await asked(person, evidence, { keys: { ...RANGE, asof: secret.asof, proof } })
      return rest
    }
    expect(await told(secret.proof)).toEqual(await told('0'.repeat(32)))
    expect(await told(secret.proof)).toMatchObject({ verdict: 'unknown', made: null, before: null, blobs: [] })
  })

  it('cannot prove a view if some of its blobs may not be read', async () => {
    const { status, text } = await ask(person, prove, { method: 'POST', body: { view: new URLSearchParams(RANGE).toString() } })
    expect(status).toBe(502)
    expectNoMark(text)
  })

  it.each<[about: string, handler: Handler, sent: Sent]>([
    ['read', read, {}],
    ['change', change, { method: 'PUT', body: { version: 1, title: 'mine', note: '', links: [] } }],
    ['delete', remove, { method: 'DELETE', keys: { version: '1' } }],
    ['export', exportInvestigation, {}],
  ])('cannot %s an investigation of another, which might as well not be there', async (_, handler, sent) => {
    const { status, text } = await ask(person, handler, { ...sent, path: { id: secret.investigation } })
    const none = await ask(person, handler, { ...sent, path: { id: 'zzzzzzzz' } })
    expect({ status, text: text.replace(secret.investigation, '') }).toEqual({ ...none, text: none.text.replace('zzzzzzzz', '') })
    expect(status).toBe(404)
  })

  it.each<[about: string, handler: Handler, sent: Sent]>([
    ['change', change, { method: 'PUT', body: { version: 2, title: 'mine', note: '', links: [] } }],
    ['delete', remove, { method: 'DELETE', keys: { version: '2' } }],
  ])('can read, but not %s, an investigation that another shares', async (_, handler, sent) => {
    expect(await asked(person, read, { path: { id: secret.shared } })).toMatchObject({ title: 'Open case', mine: false, shared: true })
    expect((await ask(person, handler, { ...sent, path: { id: secret.shared } })).status).toBe(403)
  })
})

describe('a right that ends', () => {
  it('stops an export within five minutes', async () => {
    account.rights.set('dot', () => 'read')
    const row = { keys: { ...RANGE, limit: '1' } }
    await asked('dot', questions.tuples, row)
    account.rights.set('dot', () => 'list')
    now += 4 * MINUTE
    expect((await asked('dot', questions.tuples, row)).total).toBeGreaterThan(0)
    const request = new Request(`http://localhost/api?${new URLSearchParams({ ...RANGE, format: 'csv' })}`, {
      headers: { 'x-person': 'dot' },
    })
    shared.use()
    const response = await exportRows(request, { params: Promise.resolve({}) })
    now += 2 * MINUTE
    await expect(response.text()).rejects.toThrow()
    expect((await asked('dot', questions.tuples, row)).total).toBe(0)
  })
})
