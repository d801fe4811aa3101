import { fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'

const SERVER = path.resolve('scripts/verify/attacks/control-server.mjs')

export interface Control {
  url: string
  stop(): void
}

/** A server in a process of its own that nobody attacks and that does the same little work for each answer: what it takes is what the machine, and whoever asks, take. */
export async function startControl(): Promise<Control> {
  const child = fork(SERVER, [], { execArgv: [] })
  const [port] = (await once(child, 'message')) as [number]
  return { url: `http://127.0.0.1:${port}/`, stop: () => void child.kill() }
}
