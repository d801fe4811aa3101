import { AccountSASPermissions, BlobServiceClient } from '@azure/storage-blob'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { Problem } from '@/lib/flow/problem'
import type { Blob } from '@/lib/flow/reading/blob'
import { HOUR } from '@/lib/flow/time/bucket'
import { blobOf, record } from '@/lib/ingest/test/records'
import type { Source } from '@/lib/source/model/source'
import { openConnectionString } from '@/lib/source/open'
import { Account, bytesOf, collect, QUICK, sourceAt } from '../test/account'
import { AZURITE_KEY, type Azurite, startAzurite } from '../test/azurite'
import { FAULTS, type FaultProxy, seeded, startFaultProxy } from '../test/fault-proxy'
import { FLOW_CONTAINERS } from './azure'

const [CONTAINER] = FLOW_CONTAINERS
const SIZES = [1, 1000, 70_000, 1_000_000, 4 * 1024 * 1024, 5 * 1024 * 1024 + 3]
const BLOBS = SIZES.map((size, i) => ({ name: `blob-${i}.json`, bytes: bytesOf(i, size) }))
const all = { first: 0, last: 0 }
const never = new AbortController().signal

let azurite: Azurite
let proxy: FaultProxy
let blobs: Blob[]
/** Milliseconds without an answer after which a request counts as stalled: a multiple of the time that this machine first needed for one. */
let patience = 0
const LEAST_PATIENCE = 100
const TIMES_OF_CALM = 20

const proxied = () => ({ ...azurite, port: proxy.port })

/** Lists what the proxy did, so that a failing run can be replayed. */
const decisions = () =>
  proxy.log.map(({ number, method, url, fault }) => `${number} ${method} ${url.slice(0, 80)} ${fault ?? '-'}`).join('\n')

async function read(source: Source, blob: Blob): Promise<Buffer> {
  const reading = await source.open(blob, { growing: false, signal: never })
  return collect(reading.read(0, reading.length, never))
}

beforeAll(async () => {
  azurite = await startAzurite()
  proxy = await startFaultProxy(azurite.port)
  const account = new Account(azurite.connectionString)
  await account.create(CONTAINER)
  for (const { name, bytes } of BLOBS) await account.upload(CONTAINER, name, bytes)
  const source = sourceAt(proxied())
  blobs = await source.list(all, never)
  const began = performance.now()
  await read(source, blobs.find(({ name }) => name === BLOBS[2]!.name)!)
  patience = Math.max(LEAST_PATIENCE, TIMES_OF_CALM * (performance.now() - began))
})
afterAll(async () => {
  await proxy?.stop()
  await azurite?.stop()
})
beforeEach(() => {
  proxy.log.length = 0
  proxy.plan = () => null
})

describe('faults', () => {
  test.each(FAULTS)('listing, block list and read survive one %s', async (fault) => {
    const source = sourceAt(proxied(), { pace: { deadline: 2 * patience, stall: patience } })
    const seen = new Set<string>()
    proxy.plan = (_, url) => {
      const first = !seen.has(url)
      seen.add(url)
      return first ? fault : null
    }
    const blob = (await source.list(all, never)).find(({ name }) => name === BLOBS[2]!.name)!
    expect((await read(source, blob)).equals(BLOBS[2]!.bytes), decisions()).toBe(true)
    const growing = await source.open(blob, { growing: true, signal: never })
    expect(growing.etag).toBe(blob.etag)
    expect(proxy.log.filter((decision) => decision.fault === fault)).toHaveLength(seen.size)
  })

  test('60 blobs are read completely although 30 % of the requests fail', async () => {
    proxy.plan = seeded(7, 0.3)
    // Generous patience and tries: on a busy machine a healthy answer may look stalled.
    const source = sourceAt(proxied(), { pace: { tries: 60, stall: 10 * patience, deadline: 100 * patience } })
    const reads = Array.from({ length: 60 }, async (_, i) => {
      const { name, bytes } = BLOBS[i % BLOBS.length]!
      const blob = blobs.find((blob) => blob.name === name)!
      return (await read(source, blob)).equals(bytes)
    })
    const outcomes = await Promise.allSettled(reads)
    expect(outcomes, decisions()).toEqual(reads.map(() => ({ status: 'fulfilled', value: true })))
    expect(proxy.log.filter(({ fault }) => fault !== null).length).toBeGreaterThan(15)
    expect(new Set(proxy.log.map(({ method }) => method))).toEqual(new Set(['GET']))
  })

  test('gives up after all tries, counts each, and never hangs when there is no answer', async () => {
    for (const fault of FAULTS) {
      proxy.log.length = 0
      proxy.plan = () => fault
      const source = sourceAt(proxied(), { pace: { tries: 3, deadline: 200, stall: 100 } })
      await expect(read(source, blobs[2]!), fault).rejects.toMatchObject({ kind: 'source' })
      expect(proxy.log, fault).toHaveLength(3)
    }
  })

  test('does not try again without permission', async () => {
    proxy.plan = () => '403'
    await expect(read(sourceAt(proxied()), blobs[0]!)).rejects.toMatchObject({ kind: 'denied' })
    expect(proxy.log).toHaveLength(1)
  })
})

describe('secrets', () => {
  const SECRETS = [AZURITE_KEY, encodeURIComponent(AZURITE_KEY), 'sig=', 'AccountKey']

  const connectionStringOf = (sas: string) =>
    `BlobEndpoint=http://127.0.0.1:${proxy.port}/${azurite.account.name};SharedAccessSignature=${sas}`
  const WRONG_SAS = 'sv=2022-11-02&ss=b&srt=sco&sp=rl&se=2030-01-01T00:00:00Z&spr=https,http&sig=c2VjcmV0LXNpZ25hdHVyZQ%3D%3D'

  async function problemOf(work: Promise<unknown>): Promise<Problem> {
    const outcome = await work.then(
      () => null,
      (error: unknown) => error,
    )
    if (!(outcome instanceof Problem)) throw new Error('no Problem', { cause: outcome })
    return outcome
  }

  test.each([...FAULTS, '403', null] as const)('no problem after %s contains a key or a signature', async (fault) => {
    proxy.plan = () => fault
    const azure = { pace: { ...QUICK, tries: 2, deadline: 150, stall: 100 } }
    const bySas = openConnectionString(connectionStringOf(WRONG_SAS), { azure })
    const byKey = openConnectionString(azurite.connectionString.replace(String(azurite.port), String(proxy.port)), { azure })
    const gone = { ...blobs[2]!, name: 'gone.json', etag: '"0x0"' }
    const problems = await Promise.all([
      problemOf(bySas.list(all, never)),
      problemOf(bySas.extents(never)),
      problemOf(read(bySas, blobs[2]!)),
      problemOf(bySas.open(blobs[2]!, { growing: true, signal: never })),
      problemOf(read(byKey, gone)),
      problemOf(byKey.open(gone, { growing: true, signal: never })),
    ])
    for (const problem of problems) {
      const text = `${problem.stack} ${JSON.stringify(problem, Object.getOwnPropertyNames(problem))} ${problem.where} ${problem.cause} ${bySas.id} ${bySas.name}`
      for (const secret of [...SECRETS, 'c2VjcmV0']) expect(text).not.toContain(secret)
      expect(problem.message.startsWith(`http://127.0.0.1:${proxy.port}/${azurite.account.name}/${CONTAINER}`)).toBe(true)
    }
  })

  test('a SAS with the permissions read and list is enough', async () => {
    const expires = new Date(Date.now() + HOUR)
    const service = BlobServiceClient.fromConnectionString(azurite.connectionString)
    const sas = new URL(service.generateAccountSasUrl(expires, AccountSASPermissions.parse('rl'), 'sco')).search.slice(1)
    const bytes = Buffer.from(blobOf([record(Date.UTC(2026, 0, 1), 3)]))
    await new Account(azurite.connectionString).upload(CONTAINER, 'flows.json', bytes)
    const source = openConnectionString(connectionStringOf(sas))
    const blob = (await source.list(all, never)).find(({ name }) => name === 'flows.json')!
    expect((await read(source, blob)).equals(bytes)).toBe(true)
    expect(source.id).toBe(`http://127.0.0.1:${proxy.port}/${azurite.account.name}`)
  })
})
