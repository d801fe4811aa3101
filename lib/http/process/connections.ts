import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { Server } from 'node:http'
import { holdBack } from '@/lib/http/server/crowd'

/** Node publishes every request that a server of this process receives: https://nodejs.org/api/diagnostics_channel.html#http */
const TAKEN = 'http.server.request.start'

let server: Server | null = null

/** Learns the server, which Next.js keeps private, at the first request, and protects it from overload. */
export function learnServer(): void {
  const learn = (message: unknown) => {
    server = (message as { server: Server }).server
    unsubscribe(TAKEN, learn)
    holdBack(server)
  }
  subscribe(TAKEN, learn)
}

/** Closes every connection, even in the middle of an answer: a client that has stopped reading would keep the server from closing. */
export function hangUp(): void {
  server?.closeAllConnections()
}
