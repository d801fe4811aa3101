import { generateKeyPairSync } from 'node:crypto'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { forgetAgents } from '@/lib/net/agent'
import { type ConnectProxy, startConnectProxy } from '@/lib/net/test/connect-proxy'
import { selfSigned } from '@/scripts/entra/certificate'
import { Network } from './network'

const HOST = 'login.microsoftonline.com'
const URL_OF_TOKENS = `https://${HOST}/tenant/oauth2/v2.0/token`

let service: Server
let proxy: ConnectProxy
let asked: string[]

const network = () => new Network({ wait: async () => undefined, deadline: 10_000 })
const post = () =>
  network()
    .forCall()
    .sendPostRequestAsync<unknown>(URL_OF_TOKENS, { body: 'a=b', headers: { 'x-own': '1' } })

beforeAll(async () => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  service = createServer({ key, cert: selfSigned({ publicKey, privateKey }, [HOST]) }, async (incoming, outgoing) => {
    let body = ''
    for await (const piece of incoming) body += piece
    asked.push(`${incoming.method} ${incoming.headers.host}${incoming.url} ${incoming.headers['x-own'] ?? ''} ${body}`)
    outgoing.setHeader('content-type', 'application/json').end('{"ok":1}')
  })
  await new Promise<void>((done) => service.listen(0, '127.0.0.1', done))
  proxy = await startConnectProxy({ [`${HOST}:443`]: (service.address() as AddressInfo).port })
})
beforeEach(() => {
  asked = []
  forgetAgents()
  proxy.asked.length = 0
  proxy.refusing = null
  for (const name of ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy', 'ALL_PROXY', 'all_proxy', 'NO_PROXY', 'no_proxy'])
    vi.stubEnv(name, '')
  vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0')
})
afterEach(() => vi.unstubAllEnvs())
afterAll(async () => {
  await proxy?.stop()
  await new Promise((done) => service?.close(done).closeAllConnections())
})

describe('sign-in goes through the proxy', () => {
  it.each(['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'HTTP_PROXY'])('that %s names', async (name) => {
    vi.stubEnv(name, proxy.url.replace('//', '//somebody:p%40ss@'))
    expect(await post()).toMatchObject({ status: 200, body: { ok: 1 } })
    expect(asked).toEqual([`POST ${HOST}/tenant/oauth2/v2.0/token 1 a=b`])
    for (const { to, authorization } of proxy.asked)
      expect([to, authorization]).toEqual([`${HOST}:443`, `Basic ${Buffer.from('somebody:p@ss').toString('base64')}`])
  })

  it('for keys too, and keeps its connection', async () => {
    vi.stubEnv('HTTPS_PROXY', proxy.url)
    const { get } = network()
    for (const _ of [1, 2]) expect(await (await get(`https://${HOST}/keys`)).json()).toEqual({ ok: 1 })
    expect(asked).toEqual([`GET ${HOST}/keys  `, `GET ${HOST}/keys  `])
    expect(proxy.asked.length).toBe(1)
  })

  it('but not if NO_PROXY names the service', async () => {
    vi.stubEnv('HTTPS_PROXY', proxy.url)
    vi.stubEnv('NO_PROXY', '.microsoftonline.com')
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '1')
    await expect(post()).rejects.toMatchObject({
      kind: 'source',
      message: expect.stringContaining(`Sign-in service ${HOST} could not be reached`),
    })
    expect(proxy.asked).toEqual([])
  })
})

describe('a request that the proxy blocks blames the proxy', () => {
  it.each([
    [407, 'asks for a name and a password: write them into HTTPS_PROXY as http://NAME:PASSWORD@HOST:PORT (407)'],
    [403, `answered in its place: have it let ${HOST}:443 pass, or name ${HOST} in NO_PROXY (403)`],
    [502, `is too busy to answer`],
  ])('%s', async (status, says) => {
    vi.stubEnv('HTTPS_PROXY', proxy.url)
    proxy.refusing = status
    await expect(post()).rejects.toMatchObject({ kind: 'source', message: expect.stringContaining(says) })
    expect(asked).toEqual([])
  })

  it('a proxy that does not exist', async () => {
    vi.stubEnv('HTTPS_PROXY', 'http://somebody:hidden@127.0.0.1:1')
    const outcome = await post().catch((error: unknown) => error as Error)
    expect(outcome).toMatchObject({ kind: 'source' })
    expect((outcome as Error).message).toContain('the proxy http://127.0.0.1:1 does not answer: correct HTTPS_PROXY')
    expect((outcome as Error).message).not.toContain('hidden')
  })

  it('a proxy that intercepts TLS', async () => {
    vi.stubEnv('HTTPS_PROXY', proxy.url)
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '1')
    await expect(post()).rejects.toMatchObject({
      message: expect.stringContaining('name the PEM file of its authority in NODE_EXTRA_CA_CERTS'),
    })
  })
})
