import { BlobServiceClient } from '@azure/storage-blob'
import { test as base } from '@playwright/test'
import { startFaultProxy } from '../../lib/source/test/fault-proxy'
import { writeContext } from '../../scripts/demo/context'
import { sharedByRun } from '../../scripts/tests/shared'
import { demoFolder } from './demo-folder'
import { type App, startApp, temporaryFolder } from './server'
import { type BrokenApp, blobBefore, type SharedAccount, type SharedApp, SPEC } from './shared'

export { SPEC }

interface Apps {
  /** The demo's data in a storage account. */
  demo: SharedApp & { bytes(container: string, blob: string): Promise<Buffer> }
  /** The demo's data in a folder, one of its blobs cut in the middle of a record. */
  broken: BrokenApp
  /** The demo's data in a storage account that refuses one of its blobs until `allow` is called. */
  refused: App & { blob: string; allow(): void }
  /** The demo's data in a folder, beside a storage account that does not answer. */
  down: SharedApp
  /** Without any source. */
  bare: SharedApp
  /** The demo's data in a folder, and context files about its addresses in another. */
  known: SharedApp & { folder: string }
}

interface FreshApps {
  /** The demo's data in a folder, unread, and an app that asks before it reads more than a tenth of it. Started for every test. */
  careful: App
}

/** Milliseconds for an app to start; it only ends a start that hangs. */
const START = { scope: 'worker', timeout: 300_000 } as const

async function shared<T>(name: string): Promise<T> {
  return (await sharedByRun<T>(name))!
}

/** Apps that no test changes are shared by the whole run, see shared.ts; each is started by the first test that needs it. */
export const test = base.extend<FreshApps, Apps>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameter list
  careful: async ({}, use) => {
    const { folder, bytes, remove } = await demoFolder()
    const app = await startApp({ FLOWLENS_SOURCES: folder, FLOWLENS_ASK_ABOVE: `${Math.round(bytes / 10)}B` })
    await use(app)
    await app.stop()
    await remove()
  },
  demo: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameter list
    async ({}, use) => {
      const app = await shared<SharedApp>('demo')
      const { connectionString } = await shared<SharedAccount>('account')
      const account = BlobServiceClient.fromConnectionString(connectionString)
      const bytes = (container: string, blob: string) => account.getContainerClient(container).getBlobClient(blob).downloadToBuffer()
      await use({ ...app, bytes })
    },
    START,
  ],
  refused: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameter list
    async ({}, use) => {
      const { connectionString, port } = await shared<SharedAccount>('account')
      const { blob } = blobBefore(4)
      const proxy = await startFaultProxy(port)
      proxy.plan = (_, url) => (decodeURIComponent(url).includes(`${blob}?`) || decodeURIComponent(url).endsWith(blob) ? '403' : null)
      const app = await startApp({ AZURE_STORAGE_CONNECTION_STRING: connectionString.replace(`:${port}/`, `:${proxy.port}/`) })
      const allow = () => {
        proxy.plan = () => null
      }
      await use({ ...app, blob, allow })
      await app.stop()
      await proxy.stop()
    },
    START,
  ],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameter list
  broken: [async ({}, use) => use(await shared('broken')), START],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameter list
  down: [async ({}, use) => use(await shared('down')), START],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameter list
  bare: [async ({}, use) => use(await shared('bare')), START],
  known: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameter list
    async ({}, use) => {
      const [logs, context] = [await demoFolder(), await temporaryFolder()]
      await writeContext(context.folder)
      const app = await startApp({ FLOWLENS_SOURCES: logs.folder, FLOWLENS_CONTEXT: context.folder })
      await use({ url: app.url, folder: context.folder })
      await app.stop()
      for (const { remove } of [logs, context]) await remove()
    },
    START,
  ],
})

export { expect } from '@playwright/test'
