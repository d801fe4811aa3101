import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

/** Azurite's published account (learn.microsoft.com/azure/storage/common/storage-use-azurite). */
export const AZURITE_ACCOUNT = 'devstoreaccount1'
export const AZURITE_KEY = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=='

export interface Azurite {
  connectionString: string
  port: number
  stop(): Promise<void>
}

export function connectionStringFor(port: number): string {
  const endpoint = `http://127.0.0.1:${port}/${AZURITE_ACCOUNT}`
  return `DefaultEndpointsProtocol=http;AccountName=${AZURITE_ACCOUNT};AccountKey=${AZURITE_KEY};BlobEndpoint=${endpoint};`
}

/** Azure's storage emulator as a child process, in memory, on a free port of the loopback address. Ends with this process at the latest. */
export async function startAzurite(): Promise<Azurite> {
  const port = await freePort()
  const program = fileURLToPath(new URL('../../../node_modules/azurite/dist/src/blob/main.js', import.meta.url))
  const options = ['--blobHost', '127.0.0.1', '--inMemoryPersistence', '--silent', '--skipApiVersionCheck', '--disableTelemetry']
  const child = spawn(process.execPath, [program, '--blobPort', String(port), ...options], { stdio: 'ignore' })
  const kill = () => child.kill('SIGKILL')
  process.on('exit', kill)
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const stop = async () => {
    process.off('exit', kill)
    kill()
    await ended
  }
  for (let tried = 0; tried < 300; tried++) {
    if (child.exitCode !== null) throw new Error(`azurite ended with code ${child.exitCode}`)
    if (await answers(port)) return { connectionString: connectionStringFor(port), port, stop }
    await sleep(100)
  }
  await stop()
  throw new Error('azurite did not answer within 30 s')
}

async function answers(port: number): Promise<boolean> {
  try {
    await fetch(`http://127.0.0.1:${port}/${AZURITE_ACCOUNT}?comp=list`)
    return true
  } catch {
    return false
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port'))))
    })
  })
}
