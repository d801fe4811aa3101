import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { logs } from '@/lib/http/ask/logs'
import { personOf } from '@/lib/http/door/person'
import { secretsOf } from '@/lib/http/report/secrets'
import { expiring } from '@/lib/http/server/expiring'
import { Road } from '@/lib/ingest/road/road'
import { startHere } from '@/lib/ingest/test/here'
import { MemorySource } from '@/lib/ingest/test/memory-source'
import { openDuckdb } from '@/lib/store/duckdb/duckdb'
import { get, serve } from '../test/serve'
import { settle } from '../test/settle'
import { live, ready } from './probes'
import { scrape } from './scrape'

const TOKEN = 'metrics-token-0123456789'
let dir: string
let road: Road

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'flowlens-operations-'))
  road = new Road(await openDuckdb(dir), [new MemorySource()], { threads: 1, start: startHere })
  serve(road, 0, dir)
  settle({ FLOWLENS_METRICS_TOKEN: TOKEN })
})

afterEach(async () => {
  await road.close()
  rmSync(dir, { recursive: true, force: true })
  settle()
})

function scraped(authorization?: string): Promise<Response> {
  const headers: HeadersInit = authorization === undefined ? {} : { authorization }
  return scrape(new Request('http://10.0.0.7:3000/api/metrics', { headers }), { params: Promise.resolve({}) })
}

describe('health', () => {
  it('answers without content, for any host name', async () => {
    for (const route of [live, ready]) {
      const response = await route(new Request('http://10.0.0.7:3000/x', { headers: { host: '10.0.0.7:3000' } }), {
        params: Promise.resolve({}),
      })
      expect([response.status, await response.text()]).toEqual([204, ''])
    }
  })

  it('is alive but not ready if the data directory is gone', async () => {
    rmSync(dir, { recursive: true, force: true })
    expect((await get(live)).status).toBe(204)
    const response = await get(ready)
    expect([response.status, await response.text()]).toEqual([503, ''])
  })

  it('is not ready if nothing can be written into the data directory', async () => {
    mkdirSync(join(dir, 'room'))
    expect([(await get(live)).status, (await get(ready)).status]).toEqual([204, 503])
  })

  it('leaves nothing behind in the data directory', async () => {
    const before = readdirSync(dir).sort()
    expect((await get(ready)).status).toBe(204)
    expect(readdirSync(dir).sort()).toEqual(before)
  })
})

/** Returns samples by name and labels, parsed like Prometheus parses its text format (prometheus.io/docs/instrumenting/exposition_formats). */
function parse(text: string): Map<string, number> {
  const samples = new Map<string, number>()
  const types = new Set<string>()
  for (const line of text.trimEnd().split('\n')) {
    if (line === '') continue
    const type = /^# TYPE ([a-zA-Z_:][\w:]*) (counter|gauge|histogram|summary)$/.exec(line)
    if (type) types.add(type[1]!)
    if (type || /^# HELP [a-zA-Z_:][\w:]* \S/.test(line)) continue
    const sample = /^([a-zA-Z_:][\w:]*)(\{(?:[a-zA-Z_]\w*="(?:[^"\\\n]|\\["\\n])*",?)*\})? (-?[\d.e+-]+|[Nn]a[Nn]|[+-]Inf)$/.exec(line)
    if (!sample) throw new Error(`no sample: ${line}`)
    const name = sample[1]!
    expect(
      [name, name.replace(/_(bucket|sum|count)$/, '')].some((one) => types.has(one)),
      line,
    ).toBe(true)
    samples.set(name + (sample[2] ?? ''), Number(sample[3]))
  }
  return samples
}

describe('metrics', () => {
  it('require the token', async () => {
    for (const wrong of [undefined, '', TOKEN, 'Bearer', 'Bearer x', `Bearer ${TOKEN}x`, `Bearer ${TOKEN.slice(1)}`, `Basic ${TOKEN}`])
      expect((await scraped(wrong)).status, wrong).toBe(401)
    expect((await scraped(`Bearer ${TOKEN}`)).status).toBe(200)
  })

  it('are absent if no token is set', async () => {
    settle()
    expect((await scraped(`Bearer ${TOKEN}`)).status).toBe(404)
  })

  it('parse as Prometheus text, and count', async () => {
    await scraped(`Bearer ${TOKEN}`)
    const before = parse(await (await scraped(`Bearer ${TOKEN}`)).text())
    for (const keys of [{}, {}, { colour: 'red' }] as Record<string, string>[]) await get(logs, keys)
    const after = parse(await (await scraped(`Bearer ${TOKEN}`)).text())
    expect(after.get('flowlens_requests_total{route="logs",method="GET",status="200"}')).toBe(2)
    expect(after.get('flowlens_requests_total{route="logs",method="GET",status="400"}')).toBe(1)
    expect(after.get('flowlens_request_seconds_count{route="logs"}')).toBe(3)
    expect(after.get('flowlens_asks_in_flight')).toBe(1)
    for (const name of [
      'storage_calls_total',
      'storage_bytes_total',
      'storage_retries_total',
      'rows_stored_total',
      'rows_rejected_total',
      'cache_hits_total',
      'cache_misses_total',
      'store_bytes',
    ])
      expect(after.get(`flowlens_${name}`), name).toBeGreaterThanOrEqual(before.get(`flowlens_${name}`) ?? Number.NaN)
    expect([...after.keys()].some((name) => name.startsWith('nodejs_eventloop_lag'))).toBe(true)
  })
})

describe('a signature that ends', () => {
  const now = Date.UTC(2026, 10, 23, 12)
  const told = (expires: number | null) =>
    expiring({ sources: [Object.assign(new MemorySource(), { expires })] }, now).map(({ message }) => message)

  it('is announced 72 hours before its end, and reported as ended afterwards', () => {
    const hour = 3_600_000
    expect([told(null), told(now + 73 * hour)]).toEqual([[], []])
    expect(told(now + 20.5 * hour)).toEqual([expect.stringMatching(/SAS ends in 20 h, at 2026-11-24 08:30 UTC$/)])
    expect(told(now + hour / 2)).toEqual([expect.stringMatching(/SAS ends in less than an hour/)])
    expect(told(now - 1)).toEqual([expect.stringMatching(/SAS ended at 2026-11-23 11:59 UTC: put a new one/)])
  })
})

describe('the log', () => {
  it('gives a person the same pseudonym each time, which is not reversible', () => {
    const identity = (object: string) => ({
      kind: 'person' as const,
      key: `tenant/${object}`,
      tenant: 'tenant',
      object,
      name: 'Ann',
      session: 's',
    })
    const [ann, again, bob] = [identity('ann'), identity('ann'), identity('bob')].map(personOf)
    expect(ann).toBe(again)
    expect(ann).not.toBe(bob)
    expect(ann).toMatch(/^[\w-]{16}$/)
  })

  it('knows every secret of the environment, in each encoding', () => {
    const secrets = secretsOf({
      FLOWLENS_SOURCES: '/evidence https://a.blob.core.windows.net?sv=1&sig=ab%2Bcd%2Fef%3D&se=2026',
      AZURE_STORAGE_CONNECTION_STRING: 'AccountName=a;AccountKey=a2V5LWtleS1rZXk=;EndpointSuffix=x',
      FLOWLENS_SESSION_SECRET: 'first-secret older-secret',
      FLOWLENS_METRICS_TOKEN: TOKEN,
      AZURE_CLIENT_SECRET: 'client-secret',
    })
    for (const secret of ['ab%2Bcd%2Fef%3D', 'ab+cd/ef=', 'a2V5LWtleS1rZXk=', 'first-secret', 'older-secret', TOKEN, 'client-secret'])
      expect(secrets).toContain(secret)
  })
})
