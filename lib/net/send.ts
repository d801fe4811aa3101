import { once } from 'node:events'
import { type IncomingMessage, request as overHttp } from 'node:http'
import { request as overHttps } from 'node:https'
import { Readable } from 'node:stream'
import { agentFor } from '@/lib/net/agent'

/** The part of `fetch` that sign-in and Resource Graph need, through the proxy of the environment, which Node's own `fetch` ignores. A redirect is an error. */
export const send: typeof fetch = async (input, init = {}) => {
  const url = new URL(String(input))
  const { method = 'GET', headers, body, signal } = init
  const request = url.protocol === 'https:' ? overHttps : overHttp
  const options = { method, headers: Object.fromEntries(new Headers(headers)), agent: agentFor(url), ...(signal ? { signal } : {}) }
  const outgoing = request(url, options)
  outgoing.on('error', () => {})
  outgoing.end(body ?? undefined)
  const [answer] = (await once(outgoing, 'response')) as [IncomingMessage]
  const { statusCode = 502 } = answer
  if (statusCode >= 300 && statusCode < 400) {
    answer.destroy()
    throw new TypeError('unexpected redirect')
  }
  const pairs = Object.entries(answer.headers).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, String(value)]],
  )
  return new Response(statusCode === 204 ? null : (Readable.toWeb(answer) as ReadableStream), { status: statusCode, headers: pairs })
}
