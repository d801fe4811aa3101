import { truncate } from 'node:fs/promises'
import path from 'node:path'
import { type Azurite, startAzurite } from '../../scripts/demo/azurite'
import { type DemoSpec, FEWEST, history } from '../../scripts/demo/blocks'
import { DemoAccount } from '../../scripts/demo/upload'
import { writeFolder } from '../../scripts/demo/write-folder'
import { freePort } from '../../scripts/process/port'
import { type SharedServer, share, sharedByRun } from '../../scripts/tests/shared'
import { demoFolder, type WrittenFolder } from './demo-folder'
import { startApp, temporaryFolder } from './server'

/** A small day in the past: every run of the tests sees the same bytes. */
export const SPEC: DemoSpec = { seed: 1, now: Date.UTC(2026, 7, 13, 14, 37), tuples: FEWEST }
const HOUR = 3_600_000

/** An app that tests only read from. */
export interface SharedApp {
  /** Without a slash at the end. */
  url: string
}

export type SharedAccount = Omit<Azurite, 'stop'>

export type BrokenApp = SharedApp & { blob: string }

/** Returns a blob from about this many hours before the end of the data. */
export function blobBefore(hours: number): { container: string; blob: string } {
  return [...history(SPEC)].find((block) => block.time > SPEC.now - hours * HOUR)!
}

/** A storage account with the demo's data. */
async function account(): Promise<SharedServer> {
  const { stop, ...azurite } = await startAzurite()
  await new DemoAccount(azurite.connectionString, SPEC).uploadHistory(() => undefined)
  return { tell: (): SharedAccount => azurite, stop }
}

/** A folder with the demo's data. */
async function folder(): Promise<SharedServer> {
  const { folder, remove } = await temporaryFolder()
  const { bytes } = await writeFolder(folder, SPEC)
  return { tell: (): WrittenFolder => ({ folder, bytes }), stop: remove }
}

async function demo(): Promise<SharedServer> {
  const { connectionString } = (await sharedByRun<SharedAccount>('account'))!
  const { url, stop } = await startApp({ AZURE_STORAGE_CONNECTION_STRING: connectionString })
  return { tell: (): SharedApp => ({ url }), stop }
}

async function broken(): Promise<SharedServer> {
  const { folder, remove } = await demoFolder()
  const { container, blob } = blobBefore(3)
  await truncate(path.join(folder, container, blob), 20_000)
  const { url, stop } = await startApp({ FLOWLENS_SOURCES: folder })
  return { tell: (): BrokenApp => ({ url, blob }), stop: () => stop().then(remove) }
}

async function down(): Promise<SharedServer> {
  const { folder, remove } = await demoFolder()
  const nobody = `http://127.0.0.1:${await freePort()}/silent`
  const silent = `DefaultEndpointsProtocol=http;AccountName=silent;AccountKey=${Buffer.from('nobody').toString('base64')};BlobEndpoint=${nobody};`
  const { url, stop } = await startApp({ FLOWLENS_SOURCES: folder, AZURE_STORAGE_CONNECTION_STRING: silent })
  return { tell: (): SharedApp => ({ url }), stop: () => stop().then(remove) }
}

async function bare(): Promise<SharedServer> {
  const { url, stop } = await startApp({})
  return { tell: (): SharedApp => ({ url }), stop }
}

/** Runs before all browser tests: offers the account, the folder and the apps that they share. */
export default function setup(): Promise<() => Promise<void>> {
  return share({ account, folder, demo, broken, down, bare })
}
