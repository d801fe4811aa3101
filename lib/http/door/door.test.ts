import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ErrorAnswer } from '@/lib/flow/answer/error'
import type { ProblemKind } from '@/lib/flow/problem'
import { HOUR, MINUTE } from '@/lib/flow/time/bucket'
import { logs } from '@/lib/http/ask/logs'
import { coverage, flow, talkers, timeline, tuples } from '@/lib/http/ask/questions'
import { raw } from '@/lib/http/ask/raw'
import { prove } from '@/lib/http/evidence/evidence'
import { change, create, read, remove } from '@/lib/http/evidence/investigations'
import { exportRows } from '@/lib/http/export/export'
import * as mutes from '@/lib/http/findings/mutes'
import { respondJson } from '@/lib/http/report/respond'
import * as lists from '@/lib/http/saved/lists'
import * as views from '@/lib/http/saved/views'
import { countUnderway } from '@/lib/http/server/limits/underway'
import { acknowledge } from '@/lib/http/watch/alerts'
import * as watches from '@/lib/http/watch/watches'
import { Road } from '@/lib/ingest/road/road'
import { startHere } from '@/lib/ingest/test/here'
import { MemorySource } from '@/lib/ingest/test/memory-source'
import { blobOf, MAC, record, SCOPE } from '@/lib/ingest/test/records'
import { openDuckdb } from '@/lib/store/duckdb/duckdb'
import { serve } from '../test/serve'
import { settle } from '../test/settle'
import { handle } from './handle'
import type { HandledRoute } from './route'

const H = Date.UTC(2024, 7, 12, 16)
const RANGE = `from=${new Date(H).toISOString()}&to=${new Date(H + HOUR).toISOString()}`
const UNREAD = `from=${new Date(H + 3 * HOUR).toISOString()}&to=${new Date(H + 4 * HOUR).toISOString()}`
const ID = 'abcdefgh'

let dir: string
let road: Road

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'flowlens-door-'))
  const source = new MemorySource()
  source.put('one.json', blobOf([record(H + MINUTE, 20, 0)]), { hour: H, mac: MAC, scope: SCOPE })
  source.put('two.json', blobOf([record(H + 3 * HOUR, 20, 0)]), { hour: H + 3 * HOUR, mac: MAC, scope: SCOPE })
  road = new Road(await openDuckdb(dir), [source], { threads: 1, start: startHere, now: () => H + 24 * HOUR })
  serve(road, Number.MAX_SAFE_INTEGER, dir)
})

afterAll(async () => {
  await road.close()
  rmSync(dir, { recursive: true, force: true })
})

beforeEach(() => settle())
afterAll(() => settle())
afterEach(() => expect(countUnderway()).toBe(0))

interface Ask {
  method?: string
  keys?: string
  headers?: Record<string, string>
  body?: string
  path?: Record<string, string>
}

const OURS = { host: 'localhost:3000', origin: 'http://localhost:3000', 'sec-fetch-site': 'same-origin' }
const JSON_TYPE = { 'content-type': 'application/json' }

function ask(route: HandledRoute, { method = 'GET', keys = '', headers = {}, body, path = {} }: Ask): Promise<Response> {
  const given = { method, headers: { host: 'localhost:3000', ...headers }, ...(body === undefined ? {} : { body }) }
  return route(new Request(`http://localhost:3000/api/x?${keys}`, given), { params: Promise.resolve(path) })
}

const posted = (headers: Record<string, string>, body = '{"title":"x"}'): Ask => ({
  method: 'POST',
  headers: { ...OURS, ...JSON_TYPE, ...headers },
  body,
})
const asked = (keys: string, headers: Record<string, string> = {}): Ask => ({ keys, headers })
const q = (filter: string) => asked(`${RANGE}&q=${encodeURIComponent(filter)}`)
const body = (value: unknown) => posted({}, typeof value === 'string' ? value : JSON.stringify(value))

type Case = [what: string, route: HandledRoute, ask: Ask, kind: ProblemKind, says: RegExp]

/** Every route that takes a body. */
const WITH_BODY: Record<string, [HandledRoute, string]> = {
  'a proof': [prove, 'POST'],
  'an investigation': [create, 'POST'],
  'a change of an investigation': [change, 'PUT'],
  'a view': [views.create, 'POST'],
  'a change of a view': [views.change, 'PUT'],
  'a list': [lists.create, 'POST'],
  'a change of a list': [lists.change, 'PUT'],
  'a mute': [mutes.create, 'POST'],
  'a watch': [watches.create, 'POST'],
  'a change of a watch': [watches.change, 'PUT'],
  'an alert': [acknowledge, 'PUT'],
}

const FOREIGN: Case[] = [
  [
    'a post from another site',
    create,
    posted({ origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }),
    'denied',
    /another site/,
  ],
  ['a post from another site by an old browser', create, { ...posted({ origin: 'https://evil.example' }) }, 'denied', /another site/],
  ['a post of origin null', create, posted({ origin: 'null', 'sec-fetch-site': 'cross-site' }), 'denied', /another site/],
  ['a post of origin null by an old browser', create, posted({ origin: 'null', 'sec-fetch-site': 'none' }), 'denied', /another site/],
  [
    'a post from another port of this machine',
    create,
    posted({ origin: 'http://localhost:4000', 'sec-fetch-site': 'same-site' }),
    'denied',
    /another site/,
  ],
  ['a post whose origin is no address', create, posted({ origin: 'localhost' }), 'denied', /another site/],
  [
    'a put from another site',
    change,
    { ...posted({ origin: 'https://evil.example' }), method: 'PUT', path: { id: ID } },
    'denied',
    /another site/,
  ],
  [
    'a delete from another site',
    remove,
    { method: 'DELETE', headers: { origin: 'https://evil.example' }, path: { id: ID } },
    'denied',
    /another site/,
  ],
  ['a proof from another site', prove, posted({ 'sec-fetch-site': 'cross-site' }), 'denied', /another site/],
  [
    'an answer fetched by another site',
    timeline,
    asked(RANGE, { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' }),
    'denied',
    /another site/,
  ],
  [
    'an export embedded by another site',
    exportRows,
    asked(RANGE, { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' }),
    'denied',
    /another site/,
  ],
  [
    'an answer framed by another site',
    tuples,
    asked(RANGE, { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' }),
    'denied',
    /another site/,
  ],
  [
    'an answer fetched by another port',
    logs,
    asked('', { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'cors' }),
    'denied',
    /another site/,
  ],
]

const HOSTS: Case[] = [
  'evil.example:3000',
  'localhost.evil.example',
  '127.0.0.1.evil.example',
  '10.0.0.5:3000',
  'localhost@evil.example',
  '0.0.0.0:3000',
  '169.254.169.254',
  'evil.example/localhost',
  '',
].map((host) => [`the host ${host || 'of nothing'}`, logs, asked('', { host }), 'denied', /FLOWLENS_PUBLIC_URL/])

const BODIES: Case[] = [
  ['text', create, posted({ 'content-type': 'text/plain' }), 'ask', /text\/plain; expected application\/json/],
  ['a form', create, posted({ 'content-type': 'application/x-www-form-urlencoded' }, 'title=x'), 'ask', /expected application\/json/],
  ['a form with files', create, posted({ 'content-type': 'multipart/form-data; boundary=x' }), 'ask', /expected application\/json/],
  ['a type that only begins like JSON', create, posted({ 'content-type': 'application/jsonx' }), 'ask', /expected application\/json/],
  ['too much, as it says itself', create, posted({ 'content-length': '999999999' }), 'ask', /FLOWLENS_LIMIT_BODY allows 2097152/],
  ['too much, unsaid', create, body({ title: 'x', note: 'x'.repeat(2_200_000) }), 'ask', /FLOWLENS_LIMIT_BODY allows 2097152/],
  ['no JSON', create, body('{'), 'ask', /not valid JSON/],
  ['no text', create, { ...posted({}), body: Buffer.from([0x7b, 0xff, 0x7d]) as unknown as string }, 'ask', /UTF-8/],
  ['a prototype', create, body('{"__proto__":{"title":"x"}}'), 'ask', /title/],
  ['a constructor', create, body('{"constructor":{"prototype":{"title":"x"}}}'), 'ask', /title/],
  ['a link to another site', create, body({ title: 'x', links: [{ label: 'x', href: 'https://evil.example/' }] }), 'ask', /Link 1/],
  ['a link that runs a script', create, body({ title: 'x', links: [{ label: 'x', href: 'javascript:alert(1)' }] }), 'ask', /Link 1/],
  ['a link without a scheme', create, body({ title: 'x', links: [{ label: 'x', href: '//evil.example/' }] }), 'ask', /Link 1/],
  ['a proof of no view', prove, body({ view: { q: 1 } }), 'ask', /view/],
]

const ADDRESSES: Case[] = [
  ['a way out of the folder', read, { path: { id: '../../etc/passwd' } }, 'ask', /not the id of an investigation/],
  ['an escaped way out', read, { path: { id: '..%2f..%2fetc' } }, 'ask', /not the id of an investigation/],
  ['a folder of Windows', read, { path: { id: '..\\..\\x' } }, 'ask', /not the id of an investigation/],
  ['a NUL in an id', read, { path: { id: 'abcdefg\0' } }, 'ask', /not the id of an investigation/],
  ['a prototype for an id', read, { path: { id: '__proto__' } }, 'ask', /not the id of an investigation/],
  ['a tuple that is no id', raw, { path: { id: '../1-2' } }, 'ask', /not of the form/],
  ['a tuple beyond numbers', flow, { keys: RANGE, path: { id: '9'.repeat(40) } }, 'ask', /not of the form/],
  ['a NUL in a key', timeline, asked('q=%00'), 'ask', /NUL/],
  ['a proof that is a path', coverage, asked(`${RANGE}&proof=../../x`), 'ask', /proof/],
  ['a key of the prototype', timeline, asked('__proto__=1'), 'ask', /__proto__/],
  ['a constructor for a key', talkers, asked('constructor=1'), 'ask', /constructor/],
  ['a field of the prototype', talkers, asked(`${RANGE}&by=__proto__`), 'ask', /by/],
  ['a filter by the prototype', timeline, q('__proto__:1'), 'ask', /out of place/],
  ['a column that is SQL', exportRows, asked(`${RANGE}&format=csv&cols=src,1;drop`), 'ask', /cols/],
  ['a sort that is SQL', tuples, asked(`${RANGE}&sort=time;drop table tuples`), 'ask', /sort/],
  ['a cursor that is SQL', tuples, asked(`${RANGE}&cursor=' or 1=1`), 'ask', /^Cursor/],
  ['a format that is none', exportRows, asked(`${RANGE}&format=../../x`), 'ask', /format/],
  ['a key twice', timeline, asked(`${RANGE}&q=a&q=b`), 'ask', /2 times/],
]

const LIMITS: Case[] = [
  ['a filter that is too long', timeline, q('a'.repeat(300_000)), 'ask', /262144 characters/],
  ['a filter of too many brackets', timeline, q('('.repeat(100)), 'ask', /64 levels/],
  ['a filter of too many negations', timeline, q('not '.repeat(100)), 'ask', /64 levels/],
  ['more rows than any page shows', tuples, asked(`${RANGE}&limit=100000`), 'ask', /limit/],
  ['a range beyond time', timeline, asked('from=0001-01-01&to=9999-01-01'), 'ask', /FLOWLENS_LIMIT_RANGE|from/],
]

describe.each([
  ['who comes from elsewhere', FOREIGN],
  ['by a name that may be anybody’s', HOSTS],
  ['what is sent', BODIES],
  ['where it leads', ADDRESSES],
  ['what is beyond the limits', LIMITS],
])('the door refuses %s', (_, cases) => {
  it.each(cases)('%s', async (_what, route, given, kind, says) => {
    const response = await ask(route, given)
    const { error } = (await response.json()) as ErrorAnswer
    expect({ kind: error.kind, message: error.message }).toEqual({ kind, message: expect.stringMatching(says) })
    expect(response.status).toBe(kind === 'denied' ? 403 : 400)
    expect(response.headers.get('cache-control')).toBe('private, no-store')
  })
})

describe('the door admits', () => {
  it.each<[string, Ask]>([
    ['a script', {}],
    ['our own page', asked('', { ...OURS, 'sec-fetch-mode': 'cors' })],
    ['who types the address', asked('', { 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate' })],
    [
      'who follows a link of another site',
      asked('', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }),
    ],
    ['127.0.0.1', asked('', { host: '127.0.0.1:3000' })],
    ['::1', asked('', { host: '[::1]:3000' })],
    ['HEAD, without a body', { method: 'HEAD' }],
  ])('%s', async (_what, given) => {
    const response = await ask(logs, given)
    expect(response.status).toBe(200)
    expect((await response.text()) === '').toBe(given.method === 'HEAD')
  })

  it('only the public address and its pages, once it is set', async () => {
    settle({ FLOWLENS_PUBLIC_URL: 'https://flows.example' })
    const headers = { host: 'flows.example', origin: 'https://flows.example', 'sec-fetch-site': 'same-origin' }
    expect((await ask(create, posted(headers))).status).toBe(201)
    expect((await ask(create, posted({ ...headers, origin: 'https://other.example' }))).status).toBe(403)
    expect((await ask(logs, asked('', { host: 'other.example' }))).status).toBe(403)
    settle({ FLOWLENS_PUBLIC_URL: 'https://flows.example', FLOWLENS_ALLOW_ANONYMOUS: '1' })
    expect((await ask(logs, asked('', { host: 'other.example' }))).status).toBe(403)
    settle({ FLOWLENS_ALLOW_ANONYMOUS: '1' })
    expect((await ask(logs, asked('', { host: 'other.example' }))).status).toBe(200)
  })

  const deleted = (route: HandledRoute, id: string, keys = 'version=1'): Promise<Response> => {
    const request = new Request(`http://localhost:3000/api/x?${keys}`, {
      method: 'DELETE',
      headers: OURS,
      body: new ReadableStream({ start: (stream) => stream.close() }),
      duplex: 'half',
    } as RequestInit)
    return route(request, { params: Promise.resolve({ id }) })
  }

  it('a delete without body and content type, for which Next.js makes an empty stream', async () => {
    const made = (await (await ask(create, posted({}))).json()) as { id: string }
    expect((await deleted(remove, made.id)).status).toBeLessThan(300)
  })

  it.each<[string, HandledRoute, string?]>([
    ['view', views.remove],
    ['list', lists.remove],
    ['mute', mutes.remove, ''],
    ['watch', watches.remove],
  ])('the same of a %s that does not exist', async (_, route, keys) => expect((await deleted(route, ID, keys)).status).toBe(404))

  it('only the route’s method', async () => {
    expect((await ask(logs, { method: 'POST', headers: OURS })).status).toBe(400)
    expect((await ask(create, {})).status).toBe(400)
  })
})

describe('a limit', () => {
  it.each<[string, Parameters<typeof settle>[1], HandledRoute, string]>([
    ['FLOWLENS_LIMIT_RANGE', { range: HOUR / 2 }, timeline, RANGE],
    ['FLOWLENS_LIMIT_BYTES', { bytes: 10 }, timeline, UNREAD],
    ['FLOWLENS_LIMIT_ROWS', { rows: 5 }, tuples, `${RANGE}&limit=6`],
    ['FLOWLENS_LIMIT_FILTER_LENGTH', { filterLength: 5 }, timeline, `${RANGE}&q=dport:22`],
    ['FLOWLENS_LIMIT_FILTER_DEPTH', { filterDepth: 1 }, timeline, `${RANGE}&q=${encodeURIComponent('not not dport:22')}`],
    ['FLOWLENS_LIMIT_EXPORT_ROWS', { exportRows: 3 }, exportRows, `${RANGE}&format=csv`],
  ])('%s is told by its name, with both amounts', async (variable, limits, route, keys) => {
    await (await ask(timeline, asked(RANGE))).json()
    settle({}, limits)
    const response = await ask(route, asked(keys))
    expect([response.status, ((await response.json()) as ErrorAnswer).error.message]).toEqual([
      400,
      expect.stringContaining(`${variable} allows`),
    ])
  })

  it('of one person’s simultaneous requests answers 429 with a time to retry, and admits requests again afterwards', async () => {
    settle({}, { asks: 2 })
    let release!: () => void
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    const slow = handle('slow', async ({ requestId }) => {
      await held
      return respondJson({}, requestId)
    })
    const both = [ask(slow, {}), ask(slow, {})]
    await new Promise(setImmediate)
    const third = await ask(logs, {})
    expect([third.status, third.headers.get('retry-after')]).toEqual([429, '2'])
    expect(await third.text()).toContain('FLOWLENS_LIMIT_ASKS allows 2')
    release()
    await Promise.all(both)
    expect((await ask(logs, {})).status).toBe(200)
  })

  it('of simultaneous exports counts each until its last byte', async () => {
    settle({}, { exports: 1 })
    const first = await ask(exportRows, asked(`${RANGE}&format=csv`))
    expect((await ask(exportRows, asked(`${RANGE}&format=csv`))).status).toBe(429)
    await first.text()
    await (await ask(exportRows, asked(`${RANGE}&format=csv`))).text()
  })

  it('of time ends the query itself, and reports it', async () => {
    settle({}, { deadline: 20 })
    let ended = false
    const endless = handle('endless', async ({ signal }) => {
      await new Promise((_, reject) => {
        signal.addEventListener('abort', () => {
          ended = true
          reject(new Error('ended'))
        })
      })
      return new Response()
    })
    const response = await ask(endless, {})
    expect([response.status, ended, await response.text()]).toEqual([504, true, expect.stringContaining('longer than 0.02 s')])
  })

  it.each<[string, HandledRoute, string, number, number]>([
    ['its deadline', create, 'POST', 20, 20],
    ...Object.entries<[HandledRoute, string]>(WITH_BODY).map(([name, [route, method]]): [string, HandledRoute, string, number, number] => [
      `the time for a body, ${name}`,
      route,
      method,
      300_000,
      30_000,
    ]),
  ])('of time ends a request whose body never ends, and frees its place: %s', async (_, route, method, deadline, passes) => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      settle({}, { deadline, asks: 1 })
      const request = new Request('http://localhost:3000/api/x', {
        method,
        headers: new Headers(posted({}).headers),
        body: new ReadableStream({ start: (stream) => stream.enqueue(new TextEncoder().encode('{')) }),
        duplex: 'half',
      } as RequestInit)
      const answered = route(request, { params: Promise.resolve({ id: ID }) })
      await vi.advanceTimersByTimeAsync(passes)
      const response = await answered
      expect([response.status, await response.text()]).toEqual([504, expect.stringContaining('Body did not arrive in time')])
    } finally {
      vi.useRealTimers()
    }
    settle({}, { asks: 1 })
    expect((await ask(create, body({ title: 'x' }))).status).toBe(201)
  })
})
