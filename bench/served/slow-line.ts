import { Agent, createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

export interface Line {
  /** Minimum time from a request to the first byte of its answer. Milliseconds. */
  latency: number
  /** Bytes per second, of all answers together. */
  rate: number
}

export interface SlowLine {
  port: number
  /** Requests since the last call. */
  take(): number
  stop(): Promise<void>
}

/** Starts an HTTP proxy in front of a loopback port, with the latency and rate of `line`. */
export async function startSlowLine(target: number, { latency, rate }: Line): Promise<SlowLine> {
  const agent = new Agent({ keepAlive: true })
  let requests = 0
  let free = 0
  const passage = async (bytes: number) => {
    free = Math.max(free, performance.now()) + (bytes / rate) * 1000
    const wait = free - performance.now()
    if (wait > 1) await sleep(wait)
  }
  const server = createServer((incoming, outgoing) => {
    requests++
    const { method = 'GET', url = '/', headers } = incoming
    const forward = () => {
      const upstream = request({ host: '127.0.0.1', port: target, method, path: url, headers, agent }, async (answer) => {
        outgoing.writeHead(answer.statusCode ?? 500, answer.headers)
        for await (const piece of answer as AsyncIterable<Buffer>) {
          await passage(piece.length)
          outgoing.write(piece)
        }
        outgoing.end()
      })
      upstream.on('error', () => outgoing.destroy())
      incoming.pipe(upstream)
    }
    setTimeout(forward, latency)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    take() {
      const taken = requests
      requests = 0
      return taken
    },
    stop: () =>
      new Promise((resolve) => {
        agent.destroy()
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
