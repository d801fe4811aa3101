import { RestError } from '@azure/storage-blob'
import type { Way } from '@/lib/net/obstacles'
import { proxyFor } from '@/lib/net/proxy'
import { Cut } from './cut'
import { RefusedGet } from './get'
import { readSas, type Sas } from './sas'

/** The facts about a failed request to storage. */
export interface FailedRequest extends Way {
  /** Azure's `AuthenticationErrorDetail` and `Message`. They may repeat the signed text, so they must not be copied into a message. */
  detail: string
  /** Credential of the request. */
  by: 'sas' | 'key' | 'token' | 'nothing'
  sas: Sas | null
  /** The server's clock minus ours in milliseconds, or null if no response told it. */
  ahead: number | null
  /** Our clock, epoch milliseconds. */
  now: number
  /** The reason why we gave up waiting, as text after the place; null if we did not. */
  cut: string | null
}

/** Returns an error that storage, or the library, has made of a request; null for any other. */
export function refusedBy(error: unknown): RestError | RefusedGet | null {
  return error instanceof RestError || error instanceof RefusedGet ? error : null
}

/** Collects the facts. Azure names an error in a header, since responses to HEAD have no body, and explains it in an XML body. */
export function seen(subject: string, error: unknown, now: number): FailedRequest {
  const { statusCode, code } = (error ?? {}) as { statusCode?: unknown; code?: unknown }
  const rest = refusedBy(error)
  const header = (name: string) => rest?.response?.headers.get(name)
  const said = header('x-ms-error-code') ?? code
  const server = Date.parse(header('date') ?? '')
  const sas = rest?.request ? readSas(new URL(rest.request.url).search) : null
  const authorization = rest?.request?.headers.get('authorization') ?? ''
  return {
    status: typeof statusCode === 'number' && statusCode >= 400 ? statusCode : undefined,
    code: typeof said === 'string' && /^\w{1,80}$/.test(said) ? said : undefined,
    detail: detailOf(rest?.response?.bodyAsText ?? ''),
    by: authorization.startsWith('Bearer ') ? 'token' : authorization.startsWith('SharedKey') ? 'key' : sas === null ? 'nothing' : 'sas',
    sas,
    url: new URL(subject),
    isGenuine: ['x-ms-request-id', 'x-ms-error-code'].some((name) => header(name) != null),
    ahead: Number.isNaN(server) ? null : server - now,
    now,
    proxy: proxyFor(subject),
    cut: error instanceof Cut ? error.message : null,
  }
}

function detailOf(body: string): string {
  return ['AuthenticationErrorDetail', 'Message']
    .map((name) => body.slice(0, 20_000).split(`<${name}>`)[1]?.split(`</${name}>`)[0] ?? '')
    .join('\n')
}
