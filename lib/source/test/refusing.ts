import { generateKeyPairSync } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { selfSigned } from '@/scripts/entra/certificate'

/** The answer of storage. */
export interface Words {
  status: number
  /** `x-ms-error-code`; a response without it is not from Azure Storage. */
  code?: string
  message?: string
  /** `AuthenticationErrorDetail`. */
  detail?: string
  /** The server's clock minus ours, milliseconds. */
  ahead?: number
  /** Headers that replace those of storage. */
  headers?: Record<string, string>
}

export interface Refusing {
  port: number
  words: Words
  /** Path and query of every request. */
  asked: string[]
  stop(): Promise<void>
}

const REQUEST = '3dffc56f-c01e-0068-5e31-32c76d000000'
const xml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

/**
 * Starts a storage server that refuses every request, over https, in the form of Azure's front ends: a code in the headers, and an XML body that starts with a
 * BOM.
 */
export async function startRefusing(host: string): Promise<Refusing> {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const tls = { key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), cert: selfSigned({ publicKey, privateKey }, [host]) }
  const server = createServer(tls, (incoming, outgoing) => {
    refusing.asked.push(incoming.url ?? '')
    write(incoming, outgoing, refusing.words)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const refusing: Refusing = {
    port: (server.address() as AddressInfo).port,
    words: { status: 500 },
    asked: [],
    stop: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
  return refusing
}

function write({ method }: IncomingMessage, outgoing: ServerResponse, words: Words): void {
  const { status, code, message = '', detail, ahead = 0, headers = {} } = words
  const now = new Date(Date.now() + ahead)
  const explained = detail === undefined ? '' : `<AuthenticationErrorDetail>${xml(detail)}</AuthenticationErrorDetail>`
  const text = `${xml(message)}\nRequestId:${REQUEST}\nTime:${now.toISOString()}`
  const body = `\ufeff<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code><Message>${text}</Message>${explained}</Error>`
  outgoing.sendDate = false
  outgoing.writeHead(status, {
    date: now.toUTCString(),
    'content-type': 'application/xml',
    'content-length': code === undefined ? 0 : Buffer.byteLength(body),
    ...(code === undefined
      ? {}
      : { server: 'Windows-Azure-Blob/1.0 Microsoft-HTTPAPI/2.0', 'x-ms-request-id': REQUEST, 'x-ms-error-code': code }),
    ...headers,
  })
  outgoing.end(method === 'HEAD' || code === undefined ? undefined : body)
}
