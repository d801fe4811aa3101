import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { HOUR, MINUTE } from '@/lib/flow/time/bucket'
import { openPersonalRoads } from '@/lib/ingest/road/open'
import type { PersonalRoads } from '@/lib/ingest/road/personal'
import { Road } from '@/lib/ingest/road/road'
import { startHere } from '@/lib/ingest/test/here'
import { blobOf, record } from '@/lib/ingest/test/records'
import type { TokenCredential } from '@/lib/net/token-credential'
import { openSource } from '@/lib/source/open'
import { Account } from '@/lib/source/test/account'
import { type Azurite, startAzurite } from '@/lib/source/test/azurite'
import { openDuckdb } from '@/lib/store/duckdb/duckdb'
import { selfSigned } from '../entra/certificate'
import { type RightsProxy, type StorageAsk, startRights } from './rights'

const CONTAINER = 'insights-logs-networksecuritygroupflowevent'
const HOURS = [Date.UTC(2026, 10, 1, 10), Date.UTC(2026, 10, 1, 11)]
const RANGE = { from: HOURS[0]!, to: HOURS[1]! + HOUR }
const signal = new AbortController().signal
const dir = mkdtempSync(join(tmpdir(), 'flowlens-rights-'))
let azurite: Azurite
let proxy: RightsProxy
let may: (ask: StorageAsk) => boolean
let everybody: Road
let fault: (ask: StorageAsk) => number | null

function scopeOf(nsg: string): string {
  return `resourceId=/SUBSCRIPTIONS/S/RESOURCEGROUPS/G/PROVIDERS/MICROSOFT.NETWORK/NETWORKSECURITYGROUPS/${nsg}`
}

function nameOf(nsg: string, hour: number): string {
  return `${scopeOf(nsg)}/y=2026/m=11/d=01/h=${new Date(hour).getUTCHours()}/m=00/macAddress=0022482BDA3C/PT1H.json`
}

/** A token as the proxy and the storage client use it. */
function tokensOf(oid: string, minutes = 60): TokenCredential {
  return {
    async getToken() {
      const exp = Math.floor((Date.now() + minutes * MINUTE) / 1000)
      const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
      return {
        token: `${encode({ alg: 'none' })}.${encode({ oid, aud: 'https://storage.azure.com', exp })}.`,
        expiresOnTimestamp: exp * 1000,
      }
    },
  }
}

function roads(rights: 'day' | 'strict' = 'day'): PersonalRoads {
  return openPersonalRoads({ places: [proxy.account], storageSuffixes: [], credential: 'user', rights }, everybody)!
}

/** Number of reads that a person was allowed, by the log's NSG. */
function readBy(person: string, nsg: string): number {
  return proxy.log.filter((one) => one.person === person && one.operation === 'read' && one.status === 200 && one.path.includes(nsg)).length
}

beforeAll(async () => {
  azurite = await startAzurite()
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const cert = selfSigned({ publicKey, privateKey }, [`${azurite.account.name}.blob.core.windows.net`])
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  proxy = await startRights({
    tls: { key, cert },
    azurite: { ...azurite.account, port: azurite.port },
    may: (ask) => may(ask),
    fault: (ask) => fault(ask),
  })
  const account = new Account(azurite.connectionString)
  await account.create(CONTAINER)
  for (const nsg of ['WEB', 'DB'])
    for (const hour of HOURS) await account.upload(CONTAINER, nameOf(nsg, hour), Buffer.from(blobOf([record(hour + MINUTE, 10)])))
  vi.stubEnv('HTTPS_PROXY', proxy.proxy)
  vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0')
  everybody = new Road(await openDuckdb(dir), [openSource(proxy.account)], { threads: 1, start: startHere })
})

beforeEach(() => {
  proxy.log.length = 0
  fault = () => null
  may = ({ person, operation, path }) => person === 'ada' || operation === 'list' || path.startsWith(scopeOf('WEB'))
  vi.useFakeTimers({ toFake: ['Date'], now: HOURS[0]! + 48 * HOUR })
})

afterAll(async () => {
  vi.useRealTimers()
  vi.unstubAllEnvs()
  await everybody.close()
  await proxy.stop()
  await azurite.stop()
  rmSync(dir, { recursive: true, force: true })
})

it('reads a blob once, and uses it for another person after checking their right', async () => {
  const mine = roads()
  const ada = mine.of('ada-1', () => tokensOf('ada'))
  const all = await ada.survey(RANGE, signal)
  expect(all.needs).toHaveLength(4)
  await ada.fetch(all, signal)
  expect((await ada.coverage(all)).complete).toBe(true)
  proxy.log.length = 0

  const ben = mine.of('ben-1', () => tokensOf('ben'))
  const some = await ben.survey(RANGE, signal)
  expect(some.needs.map(({ blob }) => blob.scope)).toEqual([scopeOf('WEB'), scopeOf('WEB')])
  expect(some.denied).toHaveLength(2)
  await ben.fetch(some, signal)
  const coverage = await ben.coverage(some)
  expect(coverage).toMatchObject({ complete: false, blobs: 2, blobsRead: 2, tuples: 20 })
  expect(coverage.problems).toMatchObject([{ kind: 'rights', count: 2, blob: null }])
  expect(readBy('ben', 'WEB')).toBe(1)
  expect(readBy('ben', 'DB')).toBe(0)
  expect(readBy('ada', '')).toBe(0)
  expect(new Set(proxy.log.map(({ method }) => method))).toEqual(new Set(['GET']))
  expect((await ben.extents(signal)).extents.map(({ scope }) => scope)).toEqual([scopeOf('WEB')])
  expect(await ben.shows(all.needs.find(({ blob }) => blob.scope === scopeOf('DB'))!.blob, signal)).toBe(false)
})

it('remembers a permission for five minutes, and a refusal for one', async () => {
  const ben = roads().of('ben-2', () => tokensOf('ben'))
  const seen = async () => (await ben.survey(RANGE, signal)).needs.length
  expect(await seen()).toBe(2)
  may = ({ operation, path }) => operation === 'list' || path.startsWith(scopeOf('DB'))
  vi.setSystemTime(Date.now() + 50_000)
  expect(await seen()).toBe(2)
  vi.setSystemTime(Date.now() + 11_000)
  expect(await seen()).toBe(4)
  vi.setSystemTime(Date.now() + 4 * MINUTE)
  expect(await seen()).toBe(2)
})

it('remembers no permission longer than its token is valid', async () => {
  const ben = roads().of('ben-6', () => tokensOf('ben', 3))
  const seen = async () => (await ben.survey(RANGE, signal)).needs.length
  expect(await seen()).toBe(2)
  may = ({ operation }) => operation === 'list'
  vi.setSystemTime(Date.now() + 2.5 * MINUTE)
  expect(await seen()).toBe(2)
  vi.setSystemTime(Date.now() + 0.6 * MINUTE)
  expect(await seen()).toBe(0)
})

it('checks every blob in strict mode', async () => {
  may = ({ operation, path }) => operation === 'list' || path === nameOf('WEB', HOURS[1]!)
  const ben = roads('strict').of('ben-3', () => tokensOf('ben'))
  const some = await ben.survey(RANGE, signal)
  expect(some.needs.map(({ blob }) => blob.name)).toEqual([nameOf('WEB', HOURS[1]!)])
  expect(some.denied).toHaveLength(3)
})

it('reports that not even listing is permitted', async () => {
  may = () => false
  const ben = roads().of('ben-4', () => tokensOf('ben'))
  const nothing = await ben.survey(RANGE, signal)
  expect(nothing.needs).toEqual([])
  expect((await ben.coverage(nothing)).problems).toMatchObject([
    { kind: 'rights', count: 0 },
    { kind: 'passed', reason: 'denied', message: expect.stringContaining('only the containers that Azure writes flow logs to are read') },
  ])
})

it('does not treat a failing storage as a refusal, but shows nothing', async () => {
  fault = ({ operation, path }) => (operation === 'read' && path.startsWith(scopeOf('DB')) ? 501 : null)
  const ada = roads().of('ada-5', () => tokensOf('ada'))
  const some = await ada.survey(RANGE, signal)
  expect(some.needs).toHaveLength(2)
  const { complete, problems } = await ada.coverage(some)
  expect({ complete, kinds: problems.map(({ kind }) => kind) }).toEqual({ complete: false, kinds: ['source'] })
})

it('checks again if one blob of a log is refused during a read', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'flowlens-rights-'))
  const fresh = new Road(await openDuckdb(dir), [openSource(proxy.account)], { threads: 1, start: startHere })
  const ben = openPersonalRoads({ places: [proxy.account], storageSuffixes: [], credential: 'user', rights: 'day' }, fresh)!.of('ben', () =>
    tokensOf('ben'),
  )
  may = () => true
  const before = await ben.survey(RANGE, signal)
  expect(before.needs).toHaveLength(4)
  may = ({ operation, path }) => operation === 'list' || path !== nameOf('WEB', HOURS[0]!)
  await ben.fetch(before, signal)
  expect(ben.isStale(before)).toBe(true)
  const after = await ben.survey(RANGE, signal)
  expect({ needs: after.needs.length, denied: after.denied.map(({ name }) => name) }).toEqual({
    needs: 3,
    denied: [nameOf('WEB', HOURS[0]!)],
  })
  await fresh.close()
  rmSync(dir, { recursive: true, force: true })
})
