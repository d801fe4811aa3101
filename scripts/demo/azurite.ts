import { randomBytes } from 'node:crypto'
import { createRequire } from 'node:module'
import path from 'node:path'
import { BlobServiceClient } from '@azure/storage-blob'
import { start, stop } from '../child'
import { poll } from '../poll'
import { freePort } from '../port'

export interface Azurite {
  connectionString: string
  stop(): Promise<void>
}

const ACCOUNT = 'flowlensdemo'

/** The storage emulator as a child process: in memory, on a free loopback port, with an account and key of its own, without telemetry. */
export async function startAzurite(): Promise<Azurite> {
  const port = await freePort()
  const key = randomBytes(64).toString('base64')
  const main = path.join(path.dirname(createRequire(path.resolve('package.json')).resolve('azurite/package.json')), 'dist/src/blob/main.js')
  const args = ['--blobHost', '127.0.0.1', '--blobPort', String(port), '--inMemoryPersistence', '--silent']
  const child = start(process.execPath, [main, ...args, '--skipApiVersionCheck', '--disableTelemetry'], {
    env: { ...process.env, AZURITE_ACCOUNTS: `${ACCOUNT}:${key}` },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-4_000)
  })
  const connectionString = `DefaultEndpointsProtocol=http;AccountName=${ACCOUNT};AccountKey=${key};BlobEndpoint=http://127.0.0.1:${port}/${ACCOUNT};`
  const service = BlobServiceClient.fromConnectionString(connectionString, { retryOptions: { maxTries: 1 } })
  await poll(
    'The storage emulator Azurite',
    async () => {
      if (child.exitCode !== null) throw new Error(said || `it ended with code ${child.exitCode}`)
      return service.getProperties({ abortSignal: AbortSignal.timeout(2_000) })
    },
    30_000,
  )
  return { connectionString, stop: () => stop(child) }
}
