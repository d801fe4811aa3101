import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout } from 'node:timers/promises'

export const FAULTS = ['500', '503', '503-retry-after', '408', '429', 'hang', 'stall', 'rst', 'fin', 'short'] as const
/**
 * All faults, including those that a retry does not repair or that look like complete answers: refused connections, slow bodies, and a version reported as
 * gone.
 */
export const STORM = [...FAULTS, '412', '502', '504', 'refused', 'slow'] as const
/** `403` is never chosen by chance: it is an answer, not a fault. */
export type Fault = (typeof STORM)[number] | '403'

export interface Decision {
  number: number
  method: string
  url: string
  fault: Fault | null
}

export interface FaultProxy {
  port: number
  /** Every request since the start, in order of arrival. */
  log: Decision[]
  /** Returns the fault for a request; null lets it pass. */
  plan: (number: number, url: string) => Fault | null
  stop(): Promise<void>
}

/** Maps seed and request number to 0..1 by a 32-bit integer hash (lowbias32 by C. Wellons, public domain), so that a plan depends on nothing else. */
export function chance(seed: number, number: number): number {
  let x = (seed * 0x9e3779b1 + number) | 0
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d)
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b)
  return ((x ^ (x >>> 16)) >>> 0) / 2 ** 32
}

/** Returns a plan with faults on a share (0..1) of all requests. */
export function seeded(seed: number, share: number, faults: readonly Fault[] = FAULTS): FaultProxy['plan'] {
  return (number) => (chance(seed, number) < share ? faults[Math.floor(chance(seed + 1, number) * faults.length)]! : null)
}

/** Starts an HTTP proxy in front of a loopback port that damages responses as planned. */
export async function startFaultProxy(target: number): Promise<FaultProxy> {
  const log: Decision[] = []
  const server = createServer((incoming, outgoing) => {
    const number = log.length
    const fault = proxy.plan(number, incoming.url ?? '')
    log.push({ number, method: incoming.method ?? '', url: incoming.url ?? '', fault })
    if (fault === 'hang') return
    if (fault === 'refused') return void incoming.socket.destroy()
    if (fault !== null && /^\d/.test(fault)) return refuse(outgoing, fault)
    forward(target, incoming, outgoing, fault)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const proxy: FaultProxy = {
    port: (server.address() as AddressInfo).port,
    log,
    plan: () => null,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return proxy
}

function refuse(outgoing: ServerResponse, fault: Fault): void {
  const wait = fault === '503-retry-after' ? { 'retry-after': '1' } : {}
  outgoing.writeHead(Number.parseInt(fault, 10), { 'content-length': 0, ...wait })
  outgoing.end()
}

function forward(target: number, incoming: IncomingMessage, outgoing: ServerResponse, fault: Fault | null): void {
  const { method, url: path, headers } = incoming
  const upstream = request({ host: '127.0.0.1', port: target, method, path, headers, agent: false }, (answer) => {
    const pieces: Buffer[] = []
    answer.on('data', (piece: Buffer) => pieces.push(piece))
    answer.on('end', () => deliver(outgoing, answer, Buffer.concat(pieces), fault))
  })
  upstream.on('error', () => outgoing.destroy())
  incoming.pipe(upstream)
}

function deliver(outgoing: ServerResponse, answer: IncomingMessage, body: Buffer, fault: Fault | null): void {
  const half = body.subarray(0, body.length >> 1)
  const { 'transfer-encoding': _, ...headers } = answer.headers
  const length = fault === 'short' ? half.length : body.length
  outgoing.writeHead(answer.statusCode ?? 500, { ...headers, 'content-length': length })
  if (fault === null) outgoing.end(body)
  else if (fault === 'slow') void trickle(outgoing, body)
  else if (fault === 'short') outgoing.end(half)
  else {
    outgoing.write(half, () => {
      if (fault === 'rst') outgoing.socket?.resetAndDestroy()
      if (fault === 'fin') outgoing.socket?.end()
    })
    outgoing.flushHeaders()
  }
}

/** Writes a body in eight pieces. */
async function trickle(outgoing: ServerResponse, body: Buffer): Promise<void> {
  const size = Math.ceil(body.length / 8) || 1
  for (let at = 0; at < body.length && !outgoing.destroyed; at += size) {
    outgoing.write(body.subarray(at, at + size))
    await setTimeout(20)
  }
  outgoing.end()
}
