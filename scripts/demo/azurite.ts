import { randomBytes } from 'node:crypto'
import { createRequire } from 'node:module'
import path from 'node:path'
import { BlobServiceClient } from '@azure/storage-blob'
import { start, stop } from '../process/child'
import { poll } from '../process/poll'
import { freePort } from '../process/port'

export interface Azurite {
  account: StorageAccount
  connectionString: string
  port: number
  stop(): Promise<void>
}

export interface StorageAccount {
  name: string
  /** Base64. */
  key: string
}

export function connectionStringOf({ name, key }: StorageAccount, port: number): string {
  return `DefaultEndpointsProtocol=http;AccountName=${name};AccountKey=${key};BlobEndpoint=http://127.0.0.1:${port}/${name};`
}

function ownAccount(): StorageAccount {
  return { name: 'flowlensdemo', key: randomBytes(64).toString('base64') }
}

/**
 * Starts the storage emulator as a child process: in memory, on a free loopback port, without telemetry, with its own account unless some are given. The result
 * names the first account.
 */
export async function startAzurite(account: StorageAccount = ownAccount(), ...others: readonly StorageAccount[]): Promise<Azurite> {
  const port = await freePort()
  const main = path.join(path.dirname(createRequire(path.resolve('package.json')).resolve('azurite/package.json')), 'dist/src/blob/main.js')
  const args = ['--blobHost', '127.0.0.1', '--blobPort', String(port), '--inMemoryPersistence', '--silent']
  const child = start(process.execPath, [main, ...args, '--skipApiVersionCheck', '--disableTelemetry'], {
    env: { ...process.env, AZURITE_ACCOUNTS: [account, ...others].map(({ name, key }) => `${name}:${key}`).join(';') },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-4_000)
  })
  const connectionString = connectionStringOf(account, port)
  const service = BlobServiceClient.fromConnectionString(connectionString, { retryOptions: { maxTries: 1 } })
  await poll(
    'The storage emulator Azurite',
    async () => {
      if (child.exitCode !== null) throw new Error(said || `it ended with code ${child.exitCode}`)
      return service.getProperties({ abortSignal: AbortSignal.timeout(2_000) })
    },
    30_000,
  )
  return { account, connectionString, port, stop: () => stop(child) }
}
