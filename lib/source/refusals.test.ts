import { createServer } from 'node:net'
import { RestError } from '@azure/storage-blob'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { Problem } from '@/lib/flow/problem'
import { MINUTE } from '@/lib/flow/time/bucket'
import { type ConnectProxy, startConnectProxy } from '@/lib/net/test/connect-proxy'
import type { TokenCredential } from '@/lib/net/token-credential'
import { openConnectionString, openSource } from './open'
import { noteClock } from './request/clock'
import { Cut } from './request/cut'
import { azureProblem } from './request/problem'
import { REFUSALS } from './request/refusals/find'
import { QUICK } from './test/account'
import { type Refusing, startRefusing, type Words } from './test/refusing'

const HOST = 'contoso.blob.core.windows.net'
const ACCOUNT = `https://${HOST}`
const BOX = 'insights-logs-flowlogflowevent'
const never = new AbortController().signal
const pace = { ...QUICK, tries: 1, deadline: 10_000, stall: 10_000 }

const NOW = Date.UTC(2026, 10, 24, 8, 30)
const SECRET = 'c2VjcmV0'
const KEY = Buffer.from('the-key-of-the-account').toString('base64')
const TOKEN = 'the-token-of-somebody'
const sas = (text: string) => `${text}&sig=${SECRET}`
/** A SAS whose parameters permit everything needed. */
const ENOUGH = sas('sv=2024-11-04&sr=c&sp=rl&st=2026-11-01T00:00:00Z&se=2027-01-01T00:00:00Z')

const PROOF =
  'Server failed to authenticate the request. Make sure the value of Authorization header is formed correctly including the signature.'
const CHALLENGE = 'Server failed to authenticate the request. Please refer to the information in the www-authenticate header.'
const denied = (what: string) => `This request is not authorized to perform this operation${what}.`

/** Credential of the request: a SAS, a key or a token. */
type With = { sas: string } | 'key' | 'token'

interface Case {
  id: string
  with?: With
  words: Words
  /** The advice, as shown. */
  says: string
  kind?: string
}

const failed = (detail: string, more: Partial<Words> = {}): Words => ({
  status: 403,
  code: 'AuthenticationFailed',
  message: PROOF,
  detail,
  ...more,
})
const challenged = (detail: string): Words => ({ status: 401, code: 'InvalidAuthenticationInfo', message: CHALLENGE, detail })
const forbidden = (code: string, what = ''): Words => ({ status: 403, code, message: denied(what) })

const CASES: Case[] = [
  {
    id: 'role-missing',
    with: 'token',
    words: forbidden('AuthorizationPermissionMismatch', ' using this permission'),
    says: `assign the role Storage Blob Data Reader on the container ${BOX} or the storage account contoso`,
  },
  {
    id: 'firewall',
    with: 'token',
    words: forbidden('AuthorizationFailure'),
    says: 'allow its address or its virtual network under Networking',
  },
  { id: 'firewall', words: forbidden('AuthorizationFailure'), says: 'a DNS that knows the zone privatelink.blob.core.windows.net' },
  {
    id: 'keys-disabled',
    with: 'key',
    words: {
      ...forbidden('KeyBasedAuthenticationNotPermitted'),
      message: 'Key based authentication is not permitted on this storage account.',
    },
    says: 'the account contoso takes no keys',
  },
  {
    id: 'public-access-off',
    words: { status: 409, code: 'PublicAccessNotPermitted', message: 'Public access is not permitted on this storage account.' },
    says: 'add a SAS (sp=rl) to its entry in FLOWLENS_SOURCES',
  },
  {
    id: 'account-disabled',
    words: { status: 403, code: 'AccountIsDisabled', message: 'The specified account is disabled.' },
    says: 'enable its subscription again',
  },
  {
    id: 'account-permissions',
    words: {
      status: 403,
      code: 'InsufficientAccountPermissions',
      message: 'The account being accessed does not have sufficient permissions to execute this operation.',
    },
    says: 'check that its subscription is active',
  },
  {
    id: 'encryption-key',
    words: { status: 403, code: 'KeyVaultEncryptionKeyNotFound', message: 'The key vault key is not found to unwrap the encryption key.' },
    says: 'restore the key in Key Vault',
  },
  {
    id: 'https-required',
    words: { status: 400, code: 'AccountRequiresHttps', message: 'The account being accessed does not support http.' },
    says: 'begin its address with https://',
  },
  {
    id: 'sas-ended',
    with: { sas: sas('sv=1&sr=c&sp=rl&se=2026-11-24T08:10:00Z') },
    words: failed('Signed expiry time [Tue, 24 Nov 2026 08:10:00 GMT] must be after signed start time [Tue, 24 Nov 2026 08:30:00 GMT]'),
    says: "its SAS ended at 2026-11-24T08:10:00.000Z by Azure's clock: replace it by a new one",
  },
  {
    id: 'sas-ended',
    with: { sas: sas('sv=1&sr=c&sp=rl&se=2026-11-24T09:00:00Z') },
    words: failed('Signature not valid in the specified time frame: Start [] - Expiry [] - Current []', { ahead: 47 * MINUTE }),
    says: "its SAS ended at 2026-11-24T09:00:00.000Z by Azure's clock (this server's clock is 47 minutes behind): replace it",
  },
  {
    id: 'sas-ended',
    with: { sas: sas('sv=1&sr=c&sp=rl&skoid=x&se=2026-12-24T09:00:00Z&ske=2026-11-24T08:00:00Z') },
    words: failed('Signature not valid in the specified key time frame: Key start [] - Key expiry [] - Current []'),
    says: 'its SAS ended at 2026-11-24T08:00:00.000Z',
  },
  {
    id: 'sas-not-begun',
    with: { sas: sas('sv=1&sr=c&sp=rl&st=2026-11-24T08:20:00Z&se=2026-12-24T09:00:00Z') },
    words: failed('Signature not valid in the specified time frame: Start [] - Expiry [] - Current []', { ahead: -40 * MINUTE }),
    says: "its SAS begins at 2026-11-24T08:20:00.000Z only, in 30 minutes by Azure's clock (this server's clock is 40 minutes ahead): wait",
  },
  {
    id: 'sas-times',
    with: { sas: sas('sv=1&sr=c&si=readers') },
    words: failed('Signature not valid in the specified time frame: Start [] - Expiry [] - Current []'),
    says: 'its SAS has ended or has not begun: make one',
  },
  {
    id: 'sas-policy',
    with: { sas: sas('sv=1&sr=c&si=readers') },
    words: failed('SAS identifier cannot be found for specified signed identifier'),
    says: 'rests on the stored access policy readers, which the container does not have any more',
  },
  {
    id: 'sas-level',
    words: failed('Specified signed resource is not allowed for the this resource level'),
    says: `make one for the container ${BOX} or the storage account contoso (sp=rl)`,
  },
  {
    id: 'sas-incomplete',
    with: { sas: sas('sv=1&ss=b&se=2027-01-01') },
    words: failed('srt is mandatory. Cannot be empty'),
    says: 'its SAS is incomplete (it lacks srt, sp): copy it again as a whole',
  },
  {
    id: 'sas-incomplete',
    with: { sas: sas('sv=1&sp=rl&se=2027-01-01') },
    words: failed('sr is mandatory. Cannot be empty'),
    says: '(it lacks ss, srt)',
  },
  {
    id: 'sas-policy-permission',
    with: { sas: sas('sv=1&sr=c&si=readers') },
    words: forbidden('AuthorizationPermissionMismatch', ' using this permission'),
    says: 'the stored access policy readers of its SAS does not let it read and list',
  },
  {
    id: 'sas-delegation',
    with: { sas: sas('sv=1&sr=c&sp=rl&se=2027-01-01&skoid=0b5a') },
    words: forbidden('AuthorizationPermissionMismatch', ' using this permission'),
    says: 'whoever signed its SAS may not read either: assign the role Storage Blob Data Reader',
  },
  {
    id: 'sas-address',
    with: { sas: sas('sv=1&sr=c&sp=rl&se=2027-01-01&sip=10.1.0.4-10.1.0.9') },
    words: forbidden('AuthorizationSourceIPMismatch', ' using this source IP 203.0.113.7'),
    says: 'its SAS is for the addresses 10.1.0.4-10.1.0.9 only (sip), and Azure sees this server as 203.0.113.7: make one',
  },
  {
    id: 'sas-malformed',
    words: failed("SAS field 'sp' is not well formed."),
    says: 'its SAS is damaged (sp): copy it again',
  },
  { id: 'sas-malformed', words: failed('Signature fields not well formed.'), says: 'its SAS is damaged: copy it again' },
  {
    id: 'sas-signature',
    words: failed(`Signature did not match. String to sign used was rl\n\n2027-01-01\n/blob/contoso/${BOX}\nsig=${SECRET}`),
    says: 'the signature of its SAS does not match: it was changed, belongs to another account, or its key was replaced since',
  },
  {
    id: 'key-clock',
    with: 'key',
    words: failed("Request date header too old: 'Tue, 24 Nov 2026 08:30:00 GMT'", { ahead: 47 * MINUTE }),
    says: "holds for fifteen minutes (this server's clock is 47 minutes behind): set the clock of this server",
  },
  {
    id: 'key-wrong',
    with: 'key',
    words: failed(
      `The MAC signature found in the HTTP request '${SECRET}' is not the same as any computed signature. Server used following string to sign: 'GET'.`,
    ),
    says: 'put the present key of the account contoso (Access keys) into AZURE_STORAGE_CONNECTION_STRING',
  },
  {
    id: 'token-issuer',
    with: 'token',
    words: challenged('Issuer validation failed. Issuer did not match.'),
    says: 'AZURE_TENANT_ID has to be the tenant of the subscription that owns the account contoso',
  },
  {
    id: 'token-audience',
    with: 'token',
    words: failed('Audience validation failed. Audience did not match.'),
    says: 'FLOWLENS_AUTHORITY and the address of the account contoso have to be of the same cloud',
  },
  {
    id: 'token-clock',
    with: 'token',
    words: { ...challenged('Lifetime validation failed. The token is expired.'), ahead: 3 * 60 * MINUTE },
    says: "has ended or has not begun (this server's clock is 3 hours behind): set this server's clock",
  },
  { id: 'token-refused', with: 'token', words: challenged(''), says: 'Azure does not accept the token' },
  {
    id: 'container-absent',
    words: { status: 404, code: 'ContainerNotFound', message: 'The specified container does not exist.' },
    kind: 'absent',
    says: `${ACCOUNT}/${BOX} has no container ${BOX}: no flow log was ever written there: turn flow logs on for the account contoso in Network Watcher`,
  },
  {
    id: 'container-absent',
    words: { status: 404, code: 'ResourceNotFound', message: 'The specified resource does not exist.' },
    kind: 'absent',
    says: 'turn flow logs on for the account contoso',
  },
  {
    id: 'container-ending',
    words: { status: 409, code: 'ContainerBeingDeleted', message: 'The specified container is being deleted.' },
    kind: 'source',
    says: 'the container is being deleted or was disabled',
  },
  {
    id: 'blob-archived',
    words: { status: 409, code: 'BlobArchived', message: 'This operation is not permitted on an archived blob.' },
    kind: 'source',
    says: 'it lies in the archive tier: rehydrate it',
  },
  {
    id: 'blob-rehydrating',
    words: { status: 409, code: 'BlobBeingRehydrated', message: 'This operation is not permitted because the blob is being rehydrated.' },
    kind: 'source',
    says: 'it is on its way out of the archive tier',
  },
  {
    id: 'blob-own-key',
    words: {
      status: 409,
      code: 'BlobUsesCustomerSpecifiedEncryption',
      message: 'The blob is encrypted with customer specified encryption.',
    },
    kind: 'source',
    says: 'write flow logs without a customer-provided key',
  },
  {
    id: 'changed',
    words: { status: 412, code: 'ConditionNotMet', message: 'The condition specified using HTTP conditional header(s) is not met.' },
    kind: 'changed',
    says: 'ask again, and its new version is read',
  },
  {
    id: 'version',
    words: { status: 400, code: 'InvalidHeaderValue', message: 'The API version 2026-04-06 is not supported by Azurite.' },
    kind: 'source',
    says: 'update it (Azurite takes --skipApiVersionCheck)',
  },
  {
    id: 'busy',
    words: { status: 503, code: 'ServerBusy', message: 'The server is busy.' },
    kind: 'source',
    says: 'ask again later, or ask for less at once',
  },
  {
    id: 'storage-failed',
    words: { status: 500, code: 'InternalError', message: 'The server encountered an internal error.' },
    kind: 'source',
    says: 'look at the service health of the account contoso',
  },
  {
    id: 'unexplained',
    with: 'token',
    words: { status: 403, code: 'SomethingNew', message: 'Something new.' },
    says: 'look its code up among the error codes of Azure Storage',
  },
  {
    id: 'unexpected',
    words: { status: 400, code: 'InvalidInput', message: 'One of the request inputs is not valid.' },
    kind: 'source',
    says: 'did not answer as expected: look its code up',
  },
  {
    id: 'proxy-refused',
    words: { status: 403, headers: { server: 'squid' } },
    says: 'answered in its place: have it let contoso.blob.core.windows.net:443 pass',
  },
  {
    id: 'proxy-failed',
    words: { status: 504, headers: { server: 'squid' } },
    kind: 'source',
    says: 'could not reach contoso.blob.core.windows.net:443: let the proxy reach it',
  },
]

let storage: Refusing
let proxy: ConnectProxy

const credential: TokenCredential = { getToken: async () => ({ token: TOKEN, expiresOnTimestamp: Number.MAX_SAFE_INTEGER }) }

function open(how: With) {
  if (how === 'key')
    return openConnectionString(`DefaultEndpointsProtocol=https;AccountName=contoso;AccountKey=${KEY};EndpointSuffix=core.windows.net`, {
      azure: { pace },
    })
  return openSource(how === 'token' ? `${ACCOUNT}/${BOX}` : `${ACCOUNT}/${BOX}?${how.sas}`, { azure: { pace }, credential })
}

async function problemOf(work: Promise<unknown>): Promise<Problem> {
  const outcome = await work.then(
    () => null,
    (error: unknown) => error,
  )
  if (!(outcome instanceof Problem)) throw new Error('no Problem', { cause: outcome })
  return outcome
}

beforeAll(async () => {
  storage = await startRefusing(HOST)
  proxy = await startConnectProxy({ [`${HOST}:443`]: storage.port })
})
beforeEach(() => {
  vi.stubEnv('HTTPS_PROXY', proxy.url)
  vi.stubEnv('NO_PROXY', '')
  vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0')
  vi.useFakeTimers({ toFake: ['Date'], now: NOW })
  proxy.refusing = null
  storage.asked.length = 0
  noteClock(ACCOUNT, new Date(0).toUTCString())
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllEnvs()
})
afterAll(async () => {
  await proxy?.stop()
  await storage?.stop()
})

describe('a refusal by storage becomes a problem that says what to change', () => {
  it.each(CASES.map((one, at) => [`${at + 1} ${one.id}`, one] as const))(
    '%s',
    async (_, { with: how = { sas: ENOUGH }, words, says, kind = 'denied' }) => {
      storage.words = words
      const problem = await problemOf(open(how).extents(never))
      expect(problem.message).toContain(says)
      expect(problem.kind).toBe(kind)
      expect(problem.message).toMatch(/^https:\/\/contoso\.blob\.core\.windows\.net\/insights-logs-/)
      expect(problem.message).not.toMatch(/[{}]|undefined|null/)
      if (kind !== 'absent' && words.code) expect(problem.message).toContain(`(${words.status} ${words.code})`)
      for (const secret of [SECRET, 'sig=', KEY, TOKEN, 'String to sign'])
        expect(`${problem.stack} ${JSON.stringify(problem)} ${problem.cause}`).not.toContain(secret)
      expect(storage.asked.length).toBeGreaterThan(0)
    },
  )

  it('a proxy that wants a password', async () => {
    proxy.refusing = 407
    const problem = await problemOf(open({ sas: ENOUGH }).extents(never))
    expect(problem).toMatchObject({
      kind: 'source',
      message: expect.stringContaining('write them into HTTPS_PROXY as http://NAME:PASSWORD@HOST:PORT'),
    })
    expect(storage.asked).toEqual([])
  })
})

describe('a flaw in the SAS itself is reported before anything is sent', () => {
  it.each([
    ['sv=1&ss=b&srt=sco&sp=r', 'its SAS lacks the permission l (list) in sp=r: make one with sp=rl'],
    ['sv=1&sr=c&sp=l', 'its SAS lacks the permission r (read) in sp=l'],
    ['sv=1&ss=b&srt=sco&sp=w', 'its SAS lacks the permission r (read) and l (list) in sp=w'],
    ['sv=1&ss=b&srt=o&sp=rl', 'its SAS lacks the resource type c (containers) in srt=o: make one with srt=co'],
    ['sv=1&ss=b&srt=s&sp=rl', 'its SAS lacks the resource type c (containers) and o (objects) in srt=s'],
    ['sv=1&ss=qt&srt=co&sp=rl', 'its SAS is not for blobs (ss=qt lacks b): make one with ss=b'],
    ['sv=1&sr=b&sp=rl', 'its SAS is for one blob or folder (sr=b): make one for the container (sr=c, sp=rl)'],
    ['sv=1&sr=d&sp=rl', 'its SAS is for one blob or folder (sr=d)'],
  ])('%s', async (query, says) => {
    const problem = await problemOf(open({ sas: sas(`${query}&se=2027-01-01`) }).extents(never))
    expect(problem).toMatchObject({ kind: 'denied' })
    expect(problem.message).toContain(`${ACCOUNT} may not be read: ${says}`)
    expect(problem.message).not.toContain(SECRET)
    expect(storage.asked).toEqual([])
  })

  it('https only, asked over http', async () => {
    const text = `BlobEndpoint=http://127.0.0.1:1/contoso;SharedAccessSignature=${sas('sv=1&ss=b&srt=co&sp=rl&spr=https&se=2027-01-01')}`
    const problem = await problemOf(openConnectionString(text, { azure: { pace } }).extents(never))
    expect(problem.message).toBe(
      'http://127.0.0.1:1/contoso may not be read: its SAS is for https only (spr=https): begin the address with https://',
    )
  })
})

it("a SAS that has ended by our clock is still sent; it is refused here once it has ended by the account's clock", async () => {
  vi.setSystemTime(Date.UTC(2026, 10, 25))
  storage.words = { ...forbidden('AuthorizationFailure'), ahead: -24 * 60 * MINUTE }
  const alive = open({ sas: sas('sv=1&sr=c&sp=rl&se=2026-11-24T09:00:00Z') })
  for (const _ of [1, 2]) expect((await problemOf(alive.extents(never))).message).toContain('AuthorizationFailure')
  expect(storage.asked.length).toBe(2)
  storage.words = failed('', { ahead: 0 })
  expect((await problemOf(alive.extents(never))).message).toContain('ended at 2026-11-24T09:00:00.000Z')
  expect((await problemOf(alive.extents(never))).message).toContain('may not be read any more: its SAS ended')
  expect(storage.asked.length).toBe(3)
})

const NETWORK: [id: string, code: string, says: string][] = [
  ['dns-absent', 'ENOTFOUND', `the name ${HOST} has no address: correct the name, or`],
  ['dns-silent', 'EAI_AGAIN', 'the DNS of this server does not answer'],
  ['tls-opened', 'SELF_SIGNED_CERT_IN_CHAIN', 'NODE_EXTRA_CA_CERTS'],
  ['tls-opened', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'NODE_EXTRA_CA_CERTS'],
  ['tls-opened', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'NODE_EXTRA_CA_CERTS'],
  ['tls-name', 'ERR_TLS_CERT_ALTNAME_INVALID', `correct the address that the DNS of this server gives for ${HOST}`],
  ['tls-time', 'CERT_HAS_EXPIRED', "set this server's clock"],
  ['tls-other', 'EPROTO', `port 443 of ${HOST} speaks no TLS that we know`],
  ['refused', 'ECONNREFUSED', `nothing listens on port 443 of ${HOST}`],
  ['unreachable', 'EHOSTUNREACH', `there is no route from this server to ${HOST}`],
  ['timeout', 'ETIMEDOUT', `open it for this server, or set HTTPS_PROXY`],
  ['cut', 'ECONNRESET', 'could not be reached, or the connection was cut: ask again'],
]

describe('no answer', () => {
  it.each(NETWORK)('%s %s', (_, code, says) => {
    vi.stubEnv('HTTPS_PROXY', '')
    const problem = azureProblem(`${ACCOUNT}/${BOX}`, new RestError('x', { code }), NOW)
    expect(problem).toMatchObject({ kind: 'source', message: expect.stringContaining(says) })
    expect(problem.message.endsWith(` (${code})`)).toBe(true)
  })

  it.each(['ENOTFOUND', 'ECONNREFUSED', 'ETIMEDOUT', 'EAI_AGAIN'])('%s behind a proxy blames the proxy', (code) => {
    vi.stubEnv('HTTPS_PROXY', 'http://somebody:hidden@proxy.contoso.test:3128')
    const problem = azureProblem(`${ACCOUNT}/${BOX}`, new RestError('x', { code }), NOW)
    expect(problem.message).toContain('the proxy http://proxy.contoso.test:3128 does not answer: correct HTTPS_PROXY, or name')
    expect(problem.message).not.toContain('hidden')
  })

  it('a real refused connection, and a real self-signed certificate', async () => {
    const closed = createServer()
    await new Promise<void>((done) => closed.listen(0, '127.0.0.1', done))
    const { port } = closed.address() as { port: number }
    await new Promise((done) => closed.close(done))
    const at = (endpoint: string) => openConnectionString(`BlobEndpoint=${endpoint};SharedAccessSignature=${ENOUGH}`, { azure: { pace } })
    const refused = await problemOf(at(`https://127.0.0.1:${port}/contoso`).extents(never))
    expect(refused.message).toContain(`nothing listens on port ${port} of 127.0.0.1`)
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '1')
    const opened = await problemOf(at(`https://127.0.0.1:${storage.port}/contoso`).extents(never))
    expect(opened.message).toContain('name the PEM file of its authority in NODE_EXTRA_CA_CERTS')
  })

  it('a request that we gave up says why', () => {
    const problem = azureProblem(`${ACCOUNT}/${BOX}`, new Cut('gave no full answer within 60 s'), NOW)
    expect(problem.message).toBe(
      `${ACCOUNT}/${BOX} gave no full answer within 60 s: ask again; if it lasts, look at what lies between this server and ${HOST}:443 (firewall, proxy, VPN)`,
    )
  })

  it('a 403 that did not come from storage, without a known proxy', () => {
    vi.stubEnv('HTTPS_PROXY', '')
    const problem = azureProblem(`${ACCOUNT}/${BOX}`, new RestError('x', { statusCode: 403 }), NOW)
    expect(problem).toMatchObject({ kind: 'denied', message: expect.stringContaining('the answer is not from Azure Storage: let') })
  })
})

describe('the table', () => {
  it('has a unique name and unique advice in every row', () => {
    expect(new Set(REFUSALS.map(({ id }) => id)).size).toBe(REFUSALS.length)
    expect(new Set(REFUSALS.filter(({ id }) => id !== 'unexpected').map(({ change }) => change)).size).toBe(REFUSALS.length - 1)
  })

  it('says in every row what to change', () => {
    const DO =
      /\b(add|allow|ask|assign|begin|check|copy|correct|enable|exempt|give|have|let|lengthen|look|make|name|open|put|read|rehydrate|replace|restore|set|turn|update|wait|write|has to be|have to be)\b/
    for (const { id, change } of REFUSALS) expect(change, id).toMatch(DO)
  })

  it('is covered completely by these tests', () => {
    const before = [
      'sas-permission',
      'sas-resource-type',
      'sas-service',
      'sas-narrow',
      'sas-protocol',
      'proxy-password',
      'proxy-unreachable',
      'not-azure',
    ]
    const alone = ['blob-absent', 'absent', 'no-credential']
    const shown = new Set([...CASES.map(({ id }) => id), ...NETWORK.map(([id]) => id), ...before, ...alone])
    expect(REFUSALS.map(({ id }) => id).filter((id) => !shown.has(id))).toEqual([])
  })
})
