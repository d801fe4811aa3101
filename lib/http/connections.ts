import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { Server } from 'node:http'
import { holdBack } from './crowd'

/** Node tells of every request that a server of this process takes: https://nodejs.org/api/diagnostics_channel.html#http */
const TAKEN = 'http.server.request.start'

let server: Server | null = null

function learn(message: unknown): void {
  server = (message as { server: Server }).server
  unsubscribe(TAKEN, learn)
  holdBack(server)
}

/** From the first request on, the server that Next.js keeps to itself is known, and is spared what is more than it can take. */
export function learnServer(): void {
  subscribe(TAKEN, learn)
}

/** Closes every connection, were it in the middle of an answer: who does not read on never learns that it was cut, and would hold a server that closes. */
export function hangUp(): void {
  server?.closeAllConnections()
}
