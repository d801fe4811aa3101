import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'

export interface ConnectProxy {
  /** For HTTPS_PROXY. */
  url: string
  /** `HOST:PORT` of every requested tunnel, with its `Proxy-Authorization`. */
  asked: { to: string; authorization: string | undefined }[]
  /** Status of all answers; null permits the tunnels. */
  refusing: number | null
  stop(): Promise<void>
}

/** A proxy as companies run them (RFC 9110, CONNECT): it connects each `HOST:PORT` in `ways` to a port of the loopback address, and nothing else. */
export async function startConnectProxy(ways: Record<string, number>): Promise<ConnectProxy> {
  const asked: ConnectProxy['asked'] = []
  const server = createServer((_, outgoing) => outgoing.writeHead(403).end())
  server.on('connect', (incoming, socket) => {
    const to = incoming.url ?? ''
    asked.push({ to, authorization: incoming.headers['proxy-authorization'] })
    const port = ways[to]
    const status = proxy.refusing ?? (port === undefined ? 502 : null)
    if (status !== null) return socket.end(`HTTP/1.1 ${status} Refused\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`)
    const inside = connect(port!, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      inside.pipe(socket).pipe(inside)
    })
    for (const [one, other] of [
      [inside, socket],
      [socket, inside],
    ] as const)
      one.on('error', () => other.destroy()).on('close', () => other.destroy())
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const sockets = new Set<{ destroy(): void }>()
  server.on('connection', (socket) => sockets.add(socket))
  const proxy: ConnectProxy = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    refusing: null,
    stop: () =>
      new Promise((done) => {
        server.close(() => done())
        for (const socket of sockets) socket.destroy()
      }),
  }
  return proxy
}
