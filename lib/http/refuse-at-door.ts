import 'server-only'
import { Problem } from '@/lib/flow/problem'
import { refuseBody } from './refuse-body'
import { refuseForeign } from './refuse-foreign'
import { refuseHost } from './refuse-host'
import type { Method } from './route'

interface Door {
  method: Method
  publicUrl: string | null
  allowAnonymous: boolean
  anyHost: boolean
}

/** What is refused whoever asks, before anything is done for it. @throws Problem `ask` or `denied` */
export function refuseAtDoor(request: Request, { method, publicUrl, allowAnonymous, anyHost }: Door): void {
  const changes = method !== 'GET'
  if (!anyHost) refuseHost(request, { publicUrl, allowAnonymous })
  if (request.method !== method && !(method === 'GET' && request.method === 'HEAD'))
    throw new Problem('ask', `Method ${request.method} is none of this route; expected ${method}`)
  refuseForeign(request, { publicUrl, changes })
  if (/%00/.test(request.url)) throw new Problem('ask', 'Address holds a NUL; expected text')
  if (changes) refuseBody(request)
}
