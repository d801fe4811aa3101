import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** The variable with the address at which every process of a test run finds what the run shares. */
const VARIABLE = 'FLOWLENS_TEST_SHARED'

/** A server that one test run starts once: its description for other processes (JSON), and its end. */
export interface SharedServer {
  tell(): unknown
  stop(): Promise<void>
}

/**
 * Offers servers to every process of this test run. Each is started by the first request for it, so that a run of a few tests starts only what
 * they need. Resolves with a function that ends all of them.
 */
export async function share(starters: Readonly<Record<string, () => Promise<SharedServer>>>): Promise<() => Promise<void>> {
  const started = new Map<string, Promise<SharedServer>>()
  const server = createServer(async ({ url = '/' }, response) => {
    const name = url.slice(1)
    const start = starters[name]
    try {
      if (!start) throw new Error(`this run shares no ${name}`)
      if (!started.has(name)) started.set(name, start())
      response.end(JSON.stringify((await started.get(name)!).tell()))
    } catch (error) {
      response.writeHead(500).end(error instanceof Error ? error.message : String(error))
    }
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  process.env[VARIABLE] = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return async () => {
    delete process.env[VARIABLE]
    server.close()
    server.closeAllConnections()
    for (const one of await Promise.allSettled(started.values())) if (one.status === 'fulfilled') await one.value.stop()
  }
}

/** True if this run already shares servers. */
export function isShared(): boolean {
  return process.env[VARIABLE] !== undefined
}

/** Starts the server of this name if necessary, and returns its description; null outside a run that shares servers. */
export async function sharedByRun<T>(name: string): Promise<T | null> {
  const place = process.env[VARIABLE]
  if (!place) return null
  const response = await fetch(`${place}/${name}`)
  const text = await response.text()
  if (!response.ok) throw new Error(`${name} did not start: ${text}`)
  return JSON.parse(text) as T
}
