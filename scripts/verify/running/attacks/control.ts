import { fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'

const SERVER = path.resolve('scripts/verify/running/attacks/control-server.mjs')

export interface Control {
  url: string
  stop(): void
}

/**
 * Starts a server in its own process, which is not attacked and does the same small work for each answer: its times show how busy the machine and the client
 * are.
 */
export async function startControl(): Promise<Control> {
  const child = fork(SERVER, [], { execArgv: [] })
  const [port] = (await once(child, 'message')) as [number]
  return { url: `http://127.0.0.1:${port}/`, stop: () => void child.kill() }
}
