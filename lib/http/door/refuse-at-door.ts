import 'server-only'
import { Problem } from '@/lib/flow/problem'
import { beyond } from './beyond'
import { refuseForeign } from './refuse-foreign'
import { refuseHost } from './refuse-host'
import type { Method } from './route'

interface Door {
  method: Method
  publicUrl: string | null
  allowAnonymous: boolean
  anyHost: boolean
}

/** Requires a JSON content type, which another site's form cannot send without a preflight request. @throws Problem `ask` */
function refuseBody(request: Request): void {
  const length = request.headers.get('content-length')
  const isLeftOut = request.method === 'DELETE' && length === null && !request.headers.has('transfer-encoding')
  if (request.body === null || length === '0' || isLeftOut) return
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (type !== 'application/json') throw new Problem('ask', `Body is ${type ?? 'without a content type'}; expected application/json`)
  if (length !== null) beyond('body', Number(length), 'Body', { unit: 'bytes' })
}

/** Checks a request before anything is done for it, whoever sent it. @throws Problem `ask` or `denied` */
export function refuseAtDoor(request: Request, { method, publicUrl, allowAnonymous, anyHost }: Door): void {
  const changes = method !== 'GET'
  if (!anyHost) refuseHost(request, { publicUrl, allowAnonymous })
  if (request.method !== method && !(method === 'GET' && request.method === 'HEAD'))
    throw new Problem('ask', `Method ${request.method} is not allowed on this route; expected ${method}`)
  refuseForeign(request, { publicUrl, changes })
  if (/%00/.test(request.url)) throw new Problem('ask', 'URL contains a NUL character')
  if (changes) refuseBody(request)
}
