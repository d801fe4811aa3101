import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { Network } from './network'

let server: Server | null = null
afterEach(() => new Promise((done) => (server ? server.close(done).closeAllConnections() : done(null))))

/** A service on a real socket. It gives the answers in turn and then repeats the last one. */
async function serve(...answers: ((response: ServerResponse, request: IncomingMessage) => void)[]) {
  const asked: string[] = []
  server = createServer((request, response) => {
    request
      .resume()
      .on('end', () => answers[Math.min(asked.push(`${request.method} ${request.url}`), answers.length) - 1]!(response, request))
  })
  await new Promise<void>((done) => server!.listen(0, '127.0.0.1', done))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`, asked }
}

const well = (response: ServerResponse) => response.end('{"ok":1}')
const status =
  (code: number, headers = {}) =>
  (response: ServerResponse) =>
    response.writeHead(code, headers).end('{"error":"x"}')
const silence = () => undefined
const cut = (response: ServerResponse) => response.destroy()

function client(deadline = 5_000) {
  const clock = { now: 0 }
  const waits: number[] = []
  const network = new Network({ now: () => clock.now, wait: async (ms) => void waits.push(ms), deadline })
  return { clock, waits, post: (url: string) => network.forCall().sendPostRequestAsync(url, { body: 'a=b' }), network }
}

describe('a request for a token', () => {
  it.each([
    ['is sent once when it is answered', [well], 1],
    ['is sent again after 500', [status(500), well], 2],
    ['is sent again after 503 and a cut', [status(503), cut, well], 3],
    ['is sent again after 408, 429, 502 and 504 each', [status(429), status(504), well], 3],
  ])('%s', async (_, answers, times) => {
    const { url, asked } = await serve(...answers)
    const { post, waits } = client()
    expect(await post(url)).toMatchObject({ status: 200, body: { ok: 1 } })
    expect(asked).toEqual(Array.from({ length: times }, () => 'POST /token'))
    for (const [turn, ms] of waits.entries()) expect(ms).toBeLessThanOrEqual(500 * 2 ** turn)
  })

  it('is not sent again after a refusal', async () => {
    const { url, asked } = await serve(status(400))
    expect(await client().post(url)).toMatchObject({ status: 400, body: { error: 'x' } })
    expect(asked.length).toBe(1)
  })

  it('waits as long as Retry-After requests', async () => {
    const { url } = await serve(status(429, { 'retry-after': '7' }), well)
    const { post, waits } = client()
    await post(url)
    expect(waits).toEqual([7_000])
  })

  it('does not call a service that requests a long pause until the pause is over', async () => {
    const { url, asked } = await serve(status(429, { 'retry-after': '120' }), well)
    const { post, waits, clock } = client()
    const busy = { kind: 'source', message: expect.stringMatching(/^Sign-in service 127\.0\.0\.1:\d+ is too busy to answer$/) }
    await expect(post(url)).rejects.toMatchObject(busy)
    clock.now = 119_000
    await expect(post(url)).rejects.toMatchObject(busy)
    expect([asked.length, waits.length]).toEqual([1, 0])
    clock.now = 120_000
    expect(await post(url)).toMatchObject({ status: 200 })
  })

  it('gives up after three tries without an answer', async () => {
    const { url, asked } = await serve(silence)
    await expect(client(50).post(url)).rejects.toMatchObject({ kind: 'source', message: expect.stringContaining('could not be reached') })
    expect(asked.length).toBe(3)
  })

  it('gives up on a body that stalls', async () => {
    const { url } = await serve((response) => void response.writeHead(200, { 'content-length': '9' }).write('{'))
    await expect(client(50).post(url)).rejects.toMatchObject({ kind: 'source' })
  })

  it('follows no redirect', async () => {
    const { url, asked } = await serve(status(307, { location: '/elsewhere' }))
    await expect(client().post(url)).rejects.toMatchObject({ kind: 'source' })
    expect(new Set(asked)).toEqual(new Set(['POST /token']))
  })

  it('refuses an answer of more than 1 MiB', async () => {
    const { url, asked } = await serve((response) => response.end(' '.repeat(2 ** 20 + 1)))
    await expect(client().post(url)).rejects.toMatchObject({ kind: 'source', message: expect.stringContaining('more than 1 MiB') })
    expect(asked.length).toBe(1)
  })

  it('reads an answer that is not JSON as an empty one', async () => {
    const { url } = await serve((response) => response.end('<h1>Hotel wireless</h1>'))
    expect(await client().post(url)).toMatchObject({ status: 200, body: {} })
  })
})

it('keeps the error that MSAL drops', async () => {
  const { url } = await serve(status(500))
  const call = client().network.forCall()
  await expect(call.sendPostRequestAsync(url)).rejects.toThrow()
  expect(call.problem).toMatchObject({ kind: 'source' })
})

it('sends a GET once, because MSAL repeats it', async () => {
  const { url, asked } = await serve(status(500))
  expect(await client().network.forCall().sendGetRequestAsync(url)).toMatchObject({ status: 500 })
  expect(asked.length).toBe(1)
})
