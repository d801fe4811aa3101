import { once } from 'node:events'
import { createServer, get, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect, it, vi } from 'vitest'
import { answerFirst, CROWD, holdBack, type Probe, refusedOfCrowd } from './crowd'

it('refuses requests above the limit with a time to retry, and admits probes and later requests', async () => {
  const held: ServerResponse[] = []
  const server = createServer((_, response) => held.push(response))
  const holds = (count: number) => vi.waitFor(() => expect(held).toHaveLength(count), { timeout: 60_000 })
  const probes: string[] = []
  const live: Probe = async (request, response) => {
    probes.push(request.url!)
    response.end('alive')
  }
  holdBack(server)
  answerFirst(new Map([['/api/health/live', live]]))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  const ask = async (path: string, method = 'GET', headers = {}) => {
    const request = get({ port, host: '127.0.0.1', path, method, headers, agent: false })
    const [response] = (await once(request, 'response')) as [IncomingMessage]
    return { status: response.statusCode, retryAfter: response.headers['retry-after'], body: await text(response) }
  }
  const release = () => {
    for (const response of held.splice(0)) response.end('answered')
  }
  const first = Array.from({ length: CROWD }, () => ask('/api/timeline'))
  await holds(CROWD)

  const refused = await ask('/api/timeline')
  expect([refused.status, refused.retryAfter]).toEqual([503, '2'])
  expect(JSON.parse(refused.body)).toMatchObject({ error: { kind: 'busy', message: expect.stringContaining(`${CROWD} requests`) } })
  expect(refusedOfCrowd()).toBe(1)
  expect((await ask('/api/health/live?x')).body).toBe('alive')
  expect((await ask('/api/health/other')).status).toBe(503)
  for (const path of [
    '/api/health/live/../../explorer',
    '/api/health/%2e%2E/explorer',
    '/api//health/live',
    '/api/health\\live',
    '/api%2fhealth/live',
    '/host/%E0%A4%A',
    '*',
  ])
    expect((await ask(path)).status, path).toBe(400)
  for (const [method, path] of [
    ['TRACE', '/api/health/live'],
    ['PROPFIND', '/api/timeline'],
    ['POST', '/theme.js'],
  ] as const)
    expect((await ask(path, method)).status, `${method} ${path}`).toBe(405)
  expect(probes).toEqual(['/api/health/live?x'])
  release()
  expect(new Set((await Promise.all(first)).map(({ status }) => status))).toEqual(new Set([200]))

  const later = ask('/api/timeline')
  await holds(1)
  release()
  expect((await later).status).toBe(200)
  server.close()
})
