import { Problem } from '@/lib/flow/problem'
import { beyond } from './beyond'

/** A body is JSON and says so, which no form of another site can: that would be asked for first. @throws Problem `ask` */
export function refuseBody(request: Request): void {
  const length = request.headers.get('content-length')
  if (request.body === null || length === '0') return
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (type !== 'application/json') throw new Problem('ask', `Body is ${type ?? 'of no type'}; expected application/json`)
  if (length !== null) beyond('body', Number(length), 'Body', { unit: 'bytes' })
}
