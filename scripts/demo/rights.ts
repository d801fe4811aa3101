import { createServer as createHttp, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { createServer as createHttps } from 'node:https'
import { type AddressInfo, connect, type Server } from 'node:net'
import { AccountSASPermissions, generateAccountSASQueryParameters, StorageSharedKeyCredential } from '@azure/storage-blob'
import type { StorageAccount } from './azurite'

/** A request to storage: names below a prefix, or a blob's bytes or properties. */
export interface StorageAsk {
  /** Object id in the token. */
  person: string
  operation: 'list' | 'read'
  container: string
  /** The prefix, or the blob's name. */
  path: string
}

export interface RightsDemoOptions {
  tls: { key: string; cert: string }
  /** The emulator behind it. */
  azurite: StorageAccount & { port: number }
  may: (ask: StorageAsk) => boolean
  /** A status to answer with instead of an allowed request's own. */
  fault?: (ask: StorageAsk, number: number) => number | null
}

export interface RightsProxy {
  /** Address of the account as in Azure; it is reached through `proxy`. */
  account: string
  /** For HTTPS_PROXY: connects only to this account. */
  proxy: string
  /** Every request with its status. */
  log: (StorageAsk & { method: string; status: number })[]
  stop(): Promise<void>
}

const HOUR = 3_600_000

/** Returns the object id from a storage token that has not expired. Signatures are not checked here, nor by the emulator. */
function personOf(authorization: string | undefined): string | null {
  const [, payload] = /^Bearer [^.]+\.([^.]+)\./.exec(authorization ?? '') ?? []
  if (payload === undefined) return null
  const { oid, aud, exp } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { oid?: unknown; aud?: unknown; exp?: unknown }
  const holds = aud === 'https://storage.azure.com' && typeof exp === 'number' && exp * 1000 > Date.now()
  return typeof oid === 'string' && holds ? oid : null
}

function askOf(url: URL): Omit<StorageAsk, 'person'> {
  const [, container = '', ...rest] = url.pathname.split('/').map(decodeURIComponent)
  const lists = url.searchParams.get('comp') === 'list'
  return { operation: lists ? 'list' : 'read', container, path: lists ? (url.searchParams.get('prefix') ?? '') : rest.join('/') }
}

function refuse(answer: ServerResponse, status: number, code: string): void {
  const body = `<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`
  answer.writeHead(status, { 'content-type': 'application/xml', 'content-length': Buffer.byteLength(body), 'x-ms-error-code': code })
  answer.end(answer.req.method === 'HEAD' ? undefined : body)
}

/** A SAS with which the emulator allows reading everything. */
function accountSas({ name, key }: StorageAccount): string {
  const times = { startsOn: new Date(Date.now() - HOUR), expiresOn: new Date(Date.now() + 48 * HOUR) }
  const what = { services: 'b', resourceTypes: 'sco', permissions: AccountSASPermissions.parse('rl'), ...times }
  return generateAccountSASQueryParameters(what, new StorageSharedKeyCredential(name, key)).toString()
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })
}

/**
 * Storage that answers each person by their own rights, in front of the emulator, which has no rights: it takes bearer tokens over https, identifies
 * people by `oid`, and refuses as Azure does (403 AuthorizationPermissionMismatch,
 * https://learn.microsoft.com/rest/api/storageservices/common-rest-api-error-codes).
 */
export async function startRights({ tls, azurite, may, fault = () => null }: RightsDemoOptions): Promise<RightsProxy> {
  const log: RightsProxy['log'] = []
  const sas = accountSas(azurite)

  function forward(incoming: IncomingMessage, outgoing: ServerResponse, url: URL): void {
    const { authorization: _, host: __, ...headers } = incoming.headers
    const path = `/${azurite.name}${url.pathname}${url.search}${url.search === '' ? '?' : '&'}${sas}`
    const upstream = request({ host: '127.0.0.1', port: azurite.port, method: incoming.method, path, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(outgoing)
    })
    upstream.on('error', () => outgoing.destroy())
    upstream.end()
  }

  const storage = createHttps(tls, (incoming, outgoing) => {
    const url = new URL(incoming.url ?? '/', 'https://storage')
    const method = incoming.method ?? ''
    const person = personOf(incoming.headers.authorization)
    const ask = { person: person ?? '', ...askOf(url) }
    const code =
      method !== 'GET' && method !== 'HEAD'
        ? ([405, 'UnsupportedHttpVerb'] as const)
        : person === null
          ? ([401, 'InvalidAuthenticationInfo'] as const)
          : may(ask)
            ? null
            : ([403, 'AuthorizationPermissionMismatch'] as const)
    const status = code?.[0] ?? fault(ask, log.length) ?? 200
    log.push({ ...ask, method, status })
    if (code !== null) refuse(outgoing, code[0], code[1])
    else if (status !== 200) refuse(outgoing, status, 'InternalError')
    else forward(incoming, outgoing, url)
  })
  const host = `${azurite.name}.blob.core.windows.net`
  const port = await listen(storage)
  const door = createHttp((_, outgoing) => outgoing.writeHead(403).end())
  door.on('connect', (incoming: IncomingMessage, socket) => {
    if (incoming.url !== `${host}:443`) return socket.end('HTTP/1.1 403 Forbidden\r\n\r\n')
    const inside = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      inside.pipe(socket).pipe(inside)
    })
    inside.on('error', () => socket.destroy())
    socket.on('error', () => inside.destroy())
  })
  const doorPort = await listen(door)
  return {
    account: `https://${host}`,
    proxy: `http://127.0.0.1:${doorPort}`,
    log,
    stop: async () => {
      for (const server of [door, storage]) {
        server.close()
        server.closeAllConnections()
      }
    },
  }
}
