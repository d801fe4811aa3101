import { gzipSync } from 'node:zlib'
import { BlobServiceClient } from '@azure/storage-blob'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openConnectionString } from '@/lib/source/open'
import { collect, QUICK } from '../test/account'
import { type Azurite, startAzurite } from '../test/azurite'
import { tarOf, zipOf } from '../test/pack'

const never = new AbortController().signal
const CONTAINER = 'insights-logs-flowlogflowevent'
const LOG = Buffer.from(`{"records":[${Array(400).fill('{"category":"FlowLogFlowEvent"}').join(',')}]}`)
const HOUR = 'flowLogResourceID=/S_NETWORKWATCHERRG/NETWORKWATCHER_EASTUS_F/y=2026/m=01/d=01/h=09/m=00/macAddress=001122AABBCC'

let azurite: Azurite
beforeAll(async () => {
  azurite = await startAzurite()
  const container = BlobServiceClient.fromConnectionString(azurite.connectionString).getContainerClient(CONTAINER)
  await container.createIfNotExists()
  const put = (name: string, bytes: Buffer, blobContentEncoding?: string) =>
    container.getBlockBlobClient(name).upload(bytes, bytes.length, blobContentEncoding ? { blobHTTPHeaders: { blobContentEncoding } } : {})
  await put(`${HOUR}/PT1H.json`, gzipSync(LOG), 'gzip')
  await put(`${HOUR}/PT1H.json.gz`, gzipSync(LOG))
  await put('case.zip', zipOf({ 'a/PT1H.json': LOG, 'b.json': LOG }))
  await put('case.tar.gz', gzipSync(tarOf({ [`x/${HOUR}/PT1H.json`]: LOG })))
  await put('notes.txt', Buffer.from('hello'))
})
afterAll(() => azurite?.stop())

test('blobs give their plain bytes, complete and by ranges, however they are stored', async () => {
  const source = openConnectionString(azurite.connectionString, { azure: { pace: QUICK } })
  const blobs = await source.list({ first: 0, last: Date.UTC(2100) }, never)
  expect(blobs.map(({ name }) => name).sort()).toEqual(
    [`case.tar.gz/x/${HOUR}/PT1H.json`, 'case.zip/a/PT1H.json', 'case.zip/b.json', `${HOUR}/PT1H.json`, `${HOUR}/PT1H.json.gz`].sort(),
  )
  for (const blob of blobs) {
    for (const growing of [true, false]) {
      const reading = await source.open(blob, { growing, signal: never })
      expect(await collect(reading.read(0, Number.POSITIVE_INFINITY, never)), blob.name).toEqual(LOG)
      expect(await collect(reading.read(100, 200, never)), blob.name).toEqual(LOG.subarray(100, 200))
      expect(reading.length).toBe(LOG.length)
    }
  }
})
