import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/** Maximum number of connections; Node closes further ones at once. */
const CONNECTIONS = 2048
/** Maximum number of connections without a running request. They cost their client nothing, but the server holds the incomplete request in memory. */
const SILENT = 512
/** Maximum size of all these incomplete requests together. Bytes. */
const INCOMPLETE = 32 * 2 ** 20
/** How often their size is checked. Milliseconds. */
const CHECK = 100

interface Bounds {
  connections?: number
  silent?: number
  incomplete?: number
}

/**
 * Limits the connections of a server; `first` is one that is already open. If too many have no running request, the one that has waited longest is closed; if
 * what these have sent is too large, the one that has sent most.
 */
export function boundConnections(
  server: Server,
  first: Socket | null,
  { connections = CONNECTIONS, silent = SILENT, incomplete = INCOMPLETE }: Bounds = {},
): void {
  server.maxConnections = connections
  /** In the order in which they began to wait, with the bytes that they had sent by then. */
  const waiting = new Map<Socket, number>()
  const close = (socket: Socket) => {
    waiting.delete(socket)
    socket.destroy()
  }
  const wait = (socket: Socket) => {
    if (socket.destroyed) return
    waiting.set(socket, socket.bytesRead)
    if (waiting.size > silent) close(waiting.keys().next().value!)
  }
  const check = () => {
    const sizes = [...waiting].map(([socket, before]) => ({ socket, size: socket.bytesRead - before }))
    let all = sizes.reduce((sum, { size }) => sum + size, 0)
    if (all <= incomplete) return
    for (const { socket, size } of sizes.sort((a, b) => b.size - a.size)) {
      close(socket)
      all -= size
      if (all <= incomplete) return
    }
  }
  const timer = setInterval(check, CHECK).unref()
  server.once('close', () => clearInterval(timer))
  const greet = (socket: Socket) => {
    socket.once('close', () => waiting.delete(socket))
    wait(socket)
  }
  server.on('connection', greet)
  if (first !== null) greet(first)
  server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    waiting.delete(socket)
    response.once('close', () => wait(socket))
  })
}
