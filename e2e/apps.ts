import { truncate } from 'node:fs/promises'
import path from 'node:path'
import { BlobServiceClient } from '@azure/storage-blob'
import { test as base } from '@playwright/test'
import { startFaultProxy } from '../lib/source/test/fault-proxy'
import { startAzurite } from '../scripts/demo/azurite'
import { type DemoSpec, FEWEST, history } from '../scripts/demo/blocks'
import { DemoAccount } from '../scripts/demo/upload'
import { writeFolder } from '../scripts/demo/write-folder'
import { freePort } from '../scripts/port'
import { type App, startApp, temporaryFolder } from './server'

/** A small day in the past: every run of the tests sees the same bytes. */
export const SPEC: DemoSpec = { seed: 1, now: Date.UTC(2026, 7, 13, 14, 37), tuples: FEWEST }

interface Apps {
  /** The demo's data in a storage account. */
  demo: App & { bytes(container: string, blob: string): Promise<Buffer> }
  /** The demo's data in a folder, one of its blobs cut in the middle of a record. */
  broken: App & { blob: string }
  /** The demo's data in a storage account that refuses one of its blobs until `allow` is called. */
  refused: App & { blob: string; allow(): void }
  /** The demo's data in a folder, beside a storage account that does not answer. */
  down: App
  /** No source at all. */
  bare: App
}

interface FreshApps {
  /** The demo's data in a folder, none of it read, and an app that asks before it reads more than a tenth of it. Started for every test. */
  careful: App
}

/** Each kind of app is started once per worker, by the first test that asks for it, but for the fresh ones. */
export const test = base.extend<FreshApps, Apps>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameter list
  careful: async ({}, use) => {
    const { folder, remove } = await temporaryFolder()
    const { bytes } = await writeFolder(folder, SPEC)
    const app = await startApp({ FLOWLENS_SOURCES: folder, FLOWLENS_ASK_ABOVE: `${Math.round(bytes / 10)}B` })
    await use(app)
    await app.stop()
    await remove()
  },
  demo: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameter list
    async ({}, use) => {
      const azurite = await startAzurite()
      await new DemoAccount(azurite.connectionString, SPEC).uploadHistory(() => undefined)
      const app = await startApp({ AZURE_STORAGE_CONNECTION_STRING: azurite.connectionString })
      const account = BlobServiceClient.fromConnectionString(azurite.connectionString)
      const bytes = (container: string, blob: string) => account.getContainerClient(container).getBlobClient(blob).downloadToBuffer()
      await use({ ...app, bytes })
      await app.stop()
      await azurite.stop()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  broken: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameter list
    async ({}, use) => {
      const { folder, remove } = await temporaryFolder()
      await writeFolder(folder, SPEC)
      const { container, blob } = [...history(SPEC)].find((block) => block.time > SPEC.now - 3 * 3_600_000)!
      await truncate(path.join(folder, container, blob), 20_000)
      const app = await startApp({ FLOWLENS_SOURCES: folder })
      await use({ ...app, blob })
      await app.stop()
      await remove()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  refused: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameter list
    async ({}, use) => {
      const azurite = await startAzurite()
      await new DemoAccount(azurite.connectionString, SPEC).uploadHistory(() => undefined)
      const { blob } = [...history(SPEC)].find((block) => block.time > SPEC.now - 4 * 3_600_000)!
      const proxy = await startFaultProxy(azurite.port)
      proxy.plan = (_, url) => (decodeURIComponent(url).includes(`${blob}?`) || decodeURIComponent(url).endsWith(blob) ? '403' : null)
      const connection = azurite.connectionString.replace(`:${azurite.port}/`, `:${proxy.port}/`)
      const app = await startApp({ AZURE_STORAGE_CONNECTION_STRING: connection })
      const allow = () => {
        proxy.plan = () => null
      }
      await use({ ...app, blob, allow })
      await app.stop()
      await proxy.stop()
      await azurite.stop()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  down: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameter list
    async ({}, use) => {
      const { folder, remove } = await temporaryFolder()
      await writeFolder(folder, SPEC)
      const nobody = `http://127.0.0.1:${await freePort()}/silent`
      const account = `DefaultEndpointsProtocol=http;AccountName=silent;AccountKey=${Buffer.from('nobody').toString('base64')};BlobEndpoint=${nobody};`
      const app = await startApp({ FLOWLENS_SOURCES: folder, AZURE_STORAGE_CONNECTION_STRING: account })
      await use(app)
      await app.stop()
      await remove()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  bare: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameter list
    async ({}, use) => {
      const app = await startApp({})
      await use(app)
      await app.stop()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
})

export { expect } from '@playwright/test'
