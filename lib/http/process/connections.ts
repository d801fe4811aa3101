import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { Server } from 'node:http'
import type { Socket } from 'node:net'
import { boundConnections } from '@/lib/http/server/limits/callers'
import { holdBack } from '@/lib/http/server/limits/crowd'

/** Node's channel for every connection that a server of this process receives: https://nodejs.org/api/diagnostics_channel.html#tcp-socket */
const RECEIVED = 'net.server.socket'

let server: Server | null = null

/** Gets hold of the server, which Next.js keeps private, at the first connection, and protects it from overload. */
export function learnServer(): void {
  const learn = (message: unknown) => {
    const { socket } = message as { socket: Socket & { server?: unknown } }
    if (!(socket.server instanceof Server)) return
    server = socket.server
    unsubscribe(RECEIVED, learn)
    holdBack(server)
    boundConnections(server, socket)
  }
  subscribe(RECEIVED, learn)
}

/** Closes every connection, even in the middle of an answer: a client that has stopped reading would keep the server from closing. */
export function hangUp(): void {
  server?.closeAllConnections()
}
