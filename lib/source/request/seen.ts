import { RestError } from '@azure/storage-blob'
import type { Way } from '@/lib/net/obstacles'
import { proxyFor } from '@/lib/net/proxy'
import { Cut } from './cut'
import { readSas, type Sas } from './sas'

/** What is known of a request to storage that failed. */
export interface Seen extends Way {
  /** Azure's `AuthenticationErrorDetail` and `Message`, in which it may repeat what was signed: never for a message as they are. */
  detail: string
  /** What the request asked with. */
  by: 'sas' | 'key' | 'token' | 'nothing'
  sas: Sas | null
  /** The server's clock less ours in milliseconds, or null where no answer told it. */
  ahead: number | null
  /** Our clock, epoch milliseconds. */
  now: number
  /** Why we gave up waiting, after the place. */
  cut: string | null
}

/** Azure names an error in a header, since answers to HEAD have no body, and explains it in an XML body. */
export function seen(subject: string, error: unknown, now: number): Seen {
  const { statusCode, code } = (error ?? {}) as { statusCode?: unknown; code?: unknown }
  const rest = error instanceof RestError ? error : null
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
