import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BodyKind, bodyOf, type Message } from './message'
import { signed } from './sign'
import { NotTaken, nameOf, tell } from './tell'

const MESSAGE: Message = {
  ...{ id: 'a1', watch: { id: 'abcdefgh', title: '<!channel> jump host' }, level: 'high', tuples: 3, bytes: 0 },
  sentence: '203.0.113.77 was let in by <https://evil.example|a rule> [x](https://evil.example)',
  ...{ first: '2026-05-01T00:00:00Z', last: '2026-05-01T01:00:00Z', from: '2026-05-01T00:00:00Z', to: '2026-05-02T00:00:00Z' },
  ...{ q: 'dst:10.0.0.4', found: '2026-05-01T02:00:00Z', link: 'https://flowlens.example/explorer?q=dst%3A10.0.0.4' },
}

it('signs like the example of Standard Webhooks', () => {
  const body = '{"test": 2432232314}'
  // Values from the specification.
  const given = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', at: 1614265330, body }
  expect(signed('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', given)['webhook-signature']).toBe(
    'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  )
  expect(signed('plain secret of ours', given)['webhook-signature']).toBe(
    `v1,${createHmac('sha256', 'plain secret of ours').update(`${given.id}.${given.at}.${body}`).digest('base64')}`,
  )
  expect(signed(null, given)).toEqual({ 'webhook-id': given.id, 'webhook-timestamp': '1614265330' })
})

it('leaves nothing for Slack and Teams to interpret in foreign text', () => {
  expect(JSON.parse(bodyOf('json', MESSAGE))).toEqual({ type: 'flowlens.alert', ...MESSAGE })
  const slack = JSON.parse(bodyOf('slack', MESSAGE)) as { text: string; blocks: { text: { type: string; text: string } }[] }
  expect(slack.text).not.toMatch(/[<>]/)
  expect(slack.blocks.filter(({ text }) => text.type === 'mrkdwn').map(({ text }) => text.text)).toEqual([
    `<${MESSAGE.link}|Show its tuples>`,
  ])
  const teams = bodyOf('teams', MESSAGE)
  expect(teams).toContain('"TextRun"')
  expect(teams).not.toContain('"TextBlock"')
  expect(bodyOf('teams', { ...MESSAGE, link: '/explorer' })).not.toContain('OpenUrl')
  expect(JSON.parse(bodyOf('slack', { ...MESSAGE, link: '/explorer' })).blocks).toHaveLength(2)
})

describe('an address', () => {
  let server: Server
  let answer: (request: IncomingMessage, response: ServerResponse) => void
  let url: string
  const told: { headers: IncomingMessage['headers']; body: string }[] = []
  const address = (body: BodyKind = 'json') => ({ body, url: `${url}/secret-path` })

  beforeAll(async () => {
    server = createServer((request, response) => {
      void text(request).then((body) => {
        told.push({ headers: request.headers, body })
        answer(request, response)
      })
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })

  it('gets a message once, with id and signature', async () => {
    answer = (_, response) => response.writeHead(204).end()
    await tell(address(), MESSAGE, 'a secret of sixteen')
    expect(told).toHaveLength(1)
    const [{ headers, body }] = told as [(typeof told)[number]]
    const { 'webhook-id': id, 'webhook-timestamp': at } = headers
    expect([id, headers['content-type']]).toEqual([MESSAGE.id, 'application/json'])
    expect(headers['webhook-signature']).toBe(signed('a secret of sixteen', { id: MESSAGE.id, at: Number(at), body })['webhook-signature'])
  })

  it.each([
    ['answers 500', (_: IncomingMessage, response: ServerResponse) => response.writeHead(500).end('secret-path'), 'it answered 500'],
    [
      'redirects',
      (_: IncomingMessage, response: ServerResponse) => response.writeHead(302, { location: '/' }).end(),
      'it redirects, and redirects are not followed',
    ],
    ['breaks off', (request: IncomingMessage) => request.socket.destroy(), 'it could not be reached (ECONNRESET)'],
    ['stalls', () => {}, 'it did not answer within 0.05 s'],
  ])('that %s is reported with that reason, and without its path', async (_, how, reason) => {
    answer = how
    const problem = await tell(address(), MESSAGE, null, ...(reason.includes('0.05') ? [50] : [])).catch((error: unknown) => error)
    expect(problem).toEqual(new NotTaken(reason))
    expect(nameOf(address('teams'))).toBe(`teams at ${new URL(url).host}`)
  })
})
