import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Passed {
  method: string
  url: string
  /** Bytes of the answer's body. */
  bytes: number
  /** `bytes=0-4194303`, or null. */
  range: string | null
}

export interface CountingProxy {
  port: number
  /** The answers since the last call, in order. */
  take(): Passed[]
  stop(): Promise<void>
}

/** An HTTP proxy in front of a loopback port that counts what passes through it. */
export async function startCountingProxy(target: number): Promise<CountingProxy> {
  const passed: Passed[] = []
  const server = createServer((incoming, outgoing) => {
    const { method = 'GET', url = '/', headers } = incoming
    const range = headers['x-ms-range'] ?? headers.range
    const upstream = request({ host: '127.0.0.1', port: target, method, path: url, headers, agent: false }, (answer) => {
      const entry: Passed = { method, url, bytes: 0, range: range === undefined ? null : String(range) }
      passed.push(entry)
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers)
      answer.on('data', (piece: Buffer) => {
        entry.bytes += piece.length
      })
      answer.pipe(outgoing)
    })
    upstream.on('error', () => outgoing.destroy())
    incoming.pipe(upstream)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    take: () => passed.splice(0),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
