import { createHash, generateKeyPairSync, X509Certificate } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decodeJwt } from 'jose'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { AppProof } from '@/lib/config/sign-in'
import { connect } from '@/lib/source/request/client'
import { selfSigned } from '@/scripts/entra/certificate'
import { ALICE, HOME_TENANT, OTHER_TENANT } from '@/scripts/entra/people'
import { StandIn } from '@/scripts/entra/stand-in'
import { appCredential, credentialFor, managedIdentityCredential, serverCredential } from './credential'
import { Network } from './entra/network'
import { type Identity, identify } from './identity'
import { CLIENT, makeOurs, openDesk, signedIn, visit } from './test/desk'

const AUTHORITY = 'https://entra.test'
const CLAIMS = '{"access_token":{"nbf":{"essential":true}}}'
const STORAGE = 'https://storage.azure.com/.default'

describe('a credential of a person', () => {
  let desk: Awaited<ReturnType<typeof openDesk>>
  let alice: Identity
  beforeEach(async () => {
    desk = await openDesk()
    makeOurs(desk.signIn)
    const { cookie } = await signedIn(desk.signIn, desk.standIn)
    alice = await identify(visit('https://flowlens.test', [cookie]))
  })
  afterEach(() => makeOurs(null))

  it.each([OTHER_TENANT, OTHER_TENANT.toUpperCase(), 'common', 'organizations', 'contoso.onmicrosoft.com', ''])(
    'gives nothing to a server that asks for tenant %j',
    async (tenantId) => {
      const asked = desk.standIn.asked.length
      await expect(credentialFor(alice).getToken(STORAGE, { tenantId })).rejects.toMatchObject({ kind: 'denied' })
      expect(desk.standIn.asked.length).toBe(asked)
    },
  )

  it('takes its own tenant, however it is written', async () => {
    expect(await credentialFor(alice).getToken(STORAGE, { tenantId: HOME_TENANT.toUpperCase() })).toMatchObject({
      token: expect.any(String),
    })
  })

  it.each(['https://graph.microsoft.com/.default', 'https://management.azure.com/.default', 'https://evil.example/.default', ''])(
    'asks for storage and nothing else when a server wishes %j',
    async (wish) => {
      const token = await credentialFor(alice).getToken(wish)
      expect(decodeJwt(token!.token).aud).toBe('https://storage.azure.com')
      for (const form of desk.standIn.asked) expect(form.get('scope') ?? '').not.toMatch(/graph|management|evil/)
    },
  )

  /** A storage account of an attacker, called through our complete client. */
  function hostile(answer: (headers: { set(name: string, value: string): void }) => number, url = 'https://account.blob.core.windows.net') {
    const sent: [url: string, token: string | undefined][] = []
    const container = connect(url, credentialFor(alice), {
      httpClient: {
        sendRequest: async (request) => {
          sent.push([request.url, request.headers.get('authorization')?.replace('Bearer ', '')])
          const headers = request.headers.clone()
          return { request, status: answer(headers), headers }
        },
      },
    })('logs').client
    return { sent, asked: container.getProperties() }
  }

  it('sends a hostile account only one token, whatever its challenge says, and does not wait', async () => {
    const authority = `https://login.microsoftonline.com/${OTHER_TENANT}/oauth2/authorize`
    const { sent, asked } = hostile((headers) => {
      headers.set('www-authenticate', `Bearer authorization_uri=${authority} resource_id=https://graph.microsoft.com`)
      return 401
    })
    await expect(asked).rejects.toMatchObject({ statusCode: 401 })
    expect(sent.length).toBe(1)
    expect(decodeJwt(sent[0]![1]!)).toMatchObject({ aud: 'https://storage.azure.com', oid: ALICE.id })
  })

  it('follows no redirect of an account', async () => {
    const { sent, asked } = hostile((headers) => {
      headers.set('location', 'https://evil.blob.core.windows.net/logs')
      return 307
    })
    await expect(asked).rejects.toThrow()
    expect(new Set(sent.map(([url]) => new URL(url).host))).toEqual(new Set(['account.blob.core.windows.net']))
  })

  it('is not sent over http', async () => {
    const { sent, asked } = hostile(() => 200, 'http://account.blob.core.windows.net')
    await expect(asked).rejects.toMatchObject({ kind: 'denied' })
    expect(sent).toEqual([])
  })

  it('gives no token to a caller who has aborted', async () => {
    const left = AbortSignal.abort()
    await expect(credentialFor(alice).getToken(STORAGE, { abortSignal: left })).rejects.toMatchObject({ kind: 'cancelled' })
    desk.standIn.faults.push('hang')
    const leaving = credentialFor(alice).getToken(STORAGE, { claims: CLAIMS, abortSignal: AbortSignal.timeout(20) })
    await expect(leaving).rejects.toMatchObject({ kind: 'cancelled' })
  })

  it('is requested again after a failure', async () => {
    desk.standIn.faults.push('500', '500', '500')
    await expect(credentialFor(alice).getToken(STORAGE, { claims: CLAIMS })).rejects.toMatchObject({ kind: 'source' })
    expect(await credentialFor(alice).getToken(STORAGE, { claims: CLAIMS })).toMatchObject({ token: expect.any(String) })
  })

  it('does not exist without a sign-in', async () => {
    expect(() => credentialFor({ kind: 'local', key: 'local' })).toThrow(/FLOWLENS_CREDENTIAL: user needs sign-in/)
    makeOurs(null)
    expect(() => credentialFor(alice)).toThrow(/FLOWLENS_CREDENTIAL: user needs sign-in/)
  })

  it('ends with its session', async () => {
    if (alice.kind === 'person') await desk.signIn.sessions.end(alice.session)
    await expect(credentialFor(alice).getToken(STORAGE)).rejects.toMatchObject({
      kind: 'signin',
      message: 'Session has ended: sign in again',
    })
  })
})

describe('a credential of the app', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'flowlens-app-'))
  })
  afterAll(() => rm(folder, { recursive: true }))

  async function app(proof: AppProof, client = {}) {
    const standIn = await StandIn.make(AUTHORITY, [], [{ ...CLIENT, ...client }])
    const network = new Network({ fetch: (input, init) => standIn.answer(new Request(input, init)), wait: async () => undefined })
    return { standIn, credential: appCredential({ tenant: HOME_TENANT, client: CLIENT.id, proof, authority: AUTHORITY }, { network }) }
  }

  it('proves itself with a secret, once an hour', async () => {
    const { standIn, credential } = await app({ kind: 'secret', secret: CLIENT.secret! })
    const [first, second] = await Promise.all([credential.getToken('x'), credential.getToken('y')])
    expect(await credential.getToken('z')).toEqual(first)
    expect(second).toEqual(first)
    expect(decodeJwt(first!.token)).toMatchObject({ oid: CLIENT.id, idtyp: 'app', aud: 'https://storage.azure.com' })
    expect(standIn.asked.map((form) => form.get('scope'))).toEqual([expect.stringContaining(STORAGE)])
  })

  it('requests a token for the given resource', async () => {
    const standIn = await StandIn.make(AUTHORITY, [], [CLIENT])
    const network = new Network({ fetch: (input, init) => standIn.answer(new Request(input, init)), wait: async () => undefined })
    const proof = { kind: 'secret', secret: CLIENT.secret! } as const
    const resource = 'https://management.azure.com'
    await appCredential({ tenant: HOME_TENANT, client: CLIENT.id, proof, authority: AUTHORITY }, { resource, network })
      .getToken('x')
      .catch(() => null)
    expect(standIn.asked.map((form) => form.get('scope'))).toEqual([expect.stringContaining(`${resource}/.default`)])
  })

  it('proves itself with a certificate, by PS256 and its SHA-256', async () => {
    const pair = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const certificate = selfSigned(pair, ['flowlens'])
    const path = join(folder, 'app.pem')
    await writeFile(path, `${pair.privateKey.export({ type: 'pkcs8', format: 'pem' })}${certificate}`)
    const thumbprint = createHash('sha256').update(new X509Certificate(certificate).raw).digest('base64url')
    const publicKey = pair.publicKey.export({ type: 'spki', format: 'pem' }).toString()
    const known = await app({ kind: 'certificate', path }, { certificate: { thumbprint, publicKey } })
    expect(await known.credential.getToken('x')).toMatchObject({ token: expect.any(String) })
    const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ type: 'spki', format: 'pem' }).toString()
    const unknown = await app({ kind: 'certificate', path }, { certificate: { thumbprint, publicKey: other } })
    await expect(unknown.credential.getToken('x')).rejects.toMatchObject({
      kind: 'config',
      message: expect.stringContaining('AADSTS700027'),
    })
  })

  it("reads the workload's token again each time, because the file is replaced", async () => {
    const path = join(folder, 'token')
    await writeFile(path, 'first\n')
    const { standIn, credential } = await app({ kind: 'federated', path }, { federated: 'second' })
    await expect(credential.getToken('x')).rejects.toMatchObject({ kind: 'config' })
    await writeFile(path, 'second\n')
    expect(await credential.getToken('x')).toMatchObject({ token: expect.any(String) })
    expect(standIn.asked.map((form) => form.get('client_assertion'))).toEqual(['first', 'second'])
  })

  it.each([
    ['nothing', '', /must contain a private key and its certificate/],
    ['a certificate without its key', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----', /must contain a private key/],
    [
      'what is no certificate',
      '-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----',
      /invalid certificate/,
    ],
  ])('is refused with a file that holds %s, without repeating it', async (_, text, says) => {
    const path = join(folder, 'bad.pem')
    await writeFile(path, text)
    const { credential } = await app({ kind: 'certificate', path })
    const problem = await credential.getToken('x').catch((error: unknown) => error as Error)
    expect(problem).toMatchObject({ kind: 'config', message: expect.stringMatching(says) })
    expect((problem as Error).message).not.toContain('c2VjcmV0')
  })

  it('refuses a foreign tenant too', async () => {
    const { credential } = await app({ kind: 'secret', secret: CLIENT.secret! })
    await expect(credential.getToken('x', { tenantId: OTHER_TENANT })).rejects.toMatchObject({ kind: 'denied' })
  })
})

describe('a credential of the machine', () => {
  it("asks the platform's endpoint for a storage token of the configured identity", async () => {
    const asked: URL[] = []
    const server = createServer((request, response) => {
      asked.push(new URL(request.url ?? '', 'http://machine'))
      const expires = Math.floor(Date.now() / 1000) + 3600
      response.end(
        JSON.stringify({
          access_token: 'machine-token',
          expires_on: String(expires),
          resource: 'https://storage.azure.com/',
          token_type: 'Bearer',
        }),
      )
    })
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const { IDENTITY_ENDPOINT, IDENTITY_HEADER } = process.env
    Object.assign(process.env, {
      IDENTITY_ENDPOINT: `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`,
      IDENTITY_HEADER: 'x',
    })
    try {
      const credential = managedIdentityCredential(CLIENT.id)
      const [first] = await Promise.all([credential.getToken('https://graph.microsoft.com/.default'), credential.getToken('y')])
      expect(first).toMatchObject({ token: 'machine-token' })
      expect(await credential.getToken('z')).toEqual(first)
      expect(asked.map(({ searchParams }) => [searchParams.get('resource'), searchParams.get('client_id')])).toEqual([
        ['https://storage.azure.com', CLIENT.id],
      ])
    } finally {
      for (const [name, value] of Object.entries({ IDENTITY_ENDPOINT, IDENTITY_HEADER })) {
        if (value === undefined) delete process.env[name]
        else process.env[name] = value
      }
      server.close()
    }
  })
})

it('the server reads with its own rights only if configured', () => {
  const app = { tenant: HOME_TENANT, client: CLIENT.id, proof: { kind: 'secret', secret: 'x' } as const, authority: AUTHORITY }
  expect(serverCredential({ credential: 'user', app, clientId: null })).toBeUndefined()
  expect(serverCredential({ credential: null, app, clientId: null })).toBeUndefined()
  expect(serverCredential({ credential: 'app', app, clientId: null })).toBeDefined()
  expect(serverCredential({ credential: 'managed-identity', app: null, clientId: null })).toBeDefined()
})
