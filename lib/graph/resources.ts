import { Problem } from '@/lib/flow/problem'
import { fillWay, obstacleOf, type Way } from '@/lib/net/obstacles'
import { proxyFor } from '@/lib/net/proxy'
import { parseRetryAfter } from '@/lib/net/retry-after'
import { send } from '@/lib/net/send'
import type { TokenCredential } from '@/lib/net/token-credential'
import { backoff, isTransient, type Pace } from '@/lib/source/request/retry'

/** Azure Resource Graph of a cloud, and the credential for it. */
export interface Graph {
  /** Origin of the cloud's management endpoint. */
  endpoint: string
  credential: TokenCredential
  fetch?: typeof fetch
  now?: () => number
  /** Waits for the given milliseconds. */
  wait?: (ms: number) => Promise<void>
  random?: () => number
}

export type Resource = Readonly<Record<string, unknown>>

const API = '2022-10-01'
/** Resources per page: the service's maximum. */
const PAGE = 1000
const MOST_PAGES = 500
const LARGEST_PAGE = 128 * 2 ** 20
/** The service accepts 15 queries in 5 s. Milliseconds. */
const SPACING = 5000 / 15
const PACE: Pace = { tries: 6, base: 1000, cap: 60_000, deadline: 60_000, stall: 60_000 }

interface Answer {
  status: number
  headers: Headers
  body: unknown
}

/** Returns the wait in a header such as `x-ms-user-quota-resets-after: 00:00:05`, in milliseconds; null without one. */
function resetsAfter(headers: Headers): number | null {
  const parts = /^(\d{1,2}):(\d\d):(\d\d)(?:\.\d+)?$/.exec(headers.get('x-ms-user-quota-resets-after') ?? '')
  return parts === null ? null : (Number(parts[1]) * 3600 + Number(parts[2]) * 60 + Number(parts[3])) * 1000
}

async function readWhole(response: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of response.body ?? []) {
    length += chunk.length
    if (length > LARGEST_PAGE) throw new Problem('source', `Azure Resource Graph sent a page of more than ${LARGEST_PAGE / 2 ** 20} MiB`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** The service's own code of an error, such as `AuthorizationFailed`, or null. */
function codeOf(body: unknown): string | null {
  const error = isObject(body) && isObject(body.error) ? body.error : null
  return error !== null && typeof error.code === 'string' && /^\w{1,80}$/.test(error.code) ? error.code : null
}

function unreached(url: URL, status: number | undefined, cause?: unknown): Problem {
  const { code } = (cause ?? {}) as { code?: unknown }
  const said = typeof code === 'string' && /^\w{1,80}$/.test(code) ? code : undefined
  const way: Way = { url, status, code: said, isGenuine: false, proxy: proxyFor(url) }
  const change = obstacleOf(way)?.change
  const advice = change === undefined ? '' : `: ${fillWay(change, way)}`
  return new Problem('source', `Azure Resource Graph at ${url.host} could not be reached${advice} (${status ?? said ?? 'no answer'})`, {
    ...(cause === undefined ? {} : { cause }),
  })
}

function refusal(url: URL, { status, body }: Answer): Problem {
  if (body === null) return unreached(url, status)
  const said = [status, codeOf(body)].filter((part) => part !== null).join(' ')
  if (status === 401 || status === 403)
    return new Problem('denied', `Azure Resource Graph refused the query (${said}): give this server's identity the role Reader`)
  if (status === 429) return new Problem('source', 'Azure Resource Graph takes no more queries for now (429)')
  return new Problem('source', `Azure Resource Graph did not answer the query (${said})`)
}

/** Requests one page, and again if another attempt may help. */
async function ask(graph: Required<Graph>, url: URL, body: string): Promise<Answer> {
  for (let attempt = 0; ; attempt++) {
    const token = await graph.credential.getToken(`${graph.endpoint}/.default`)
    if (token === null) throw new Problem('source', 'Sign-in service returned no token for Azure Resource Graph')
    let answer: Answer | null = null
    let cut: unknown
    try {
      const headers = { authorization: `Bearer ${token.token}`, 'content-type': 'application/json', accept: 'application/json' }
      const response = await graph.fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(PACE.deadline) })
      answer = { status: response.status, headers: response.headers, body: parsed(await readWhole(response)) }
    } catch (error) {
      if (error instanceof Problem) throw error
      cut = error
    }
    if (answer?.status === 200 && isObject(answer.body)) return answer
    const { code } = (cut ?? {}) as { code?: string }
    const isLast = attempt === PACE.tries - 1 || !isTransient(answer?.status ?? { code })
    if (isLast) throw answer === null ? unreached(url, undefined, cut) : refusal(url, answer)
    const asked =
      answer === null ? null : (parseRetryAfter(answer.headers.get('retry-after') ?? undefined, graph.now()) ?? resetsAfter(answer.headers))
    await graph.wait(backoff(attempt, asked, PACE, graph.random))
  }
}

/**
 * Yields every resource that a query finds, in pages of 1,000 (https://learn.microsoft.com/rest/api/azureresourcegraph/resourcegraph/resources). A query is a
 * POST that changes nothing. The service's quota is honoured: its spacing, `x-ms-user-quota-remaining` and `Retry-After`
 * (https://learn.microsoft.com/azure/governance/resource-graph/concepts/guidance-for-throttled-requests).
 * @throws Problem `source` or `denied`, without any token
 */
export async function* resources(query: string, graph: Graph): AsyncGenerator<Resource[]> {
  const whole: Required<Graph> = {
    fetch: send,
    now: Date.now,
    wait: (ms) => new Promise((done) => setTimeout(done, ms).unref()),
    random: Math.random,
    ...graph,
  }
  const url = new URL(`/providers/Microsoft.ResourceGraph/resources?api-version=${API}`, graph.endpoint)
  let token: string | null = null
  for (let page = 0; page < MOST_PAGES; page++) {
    const options: Record<string, unknown> = { resultFormat: 'objectArray', $top: PAGE, ...(token === null ? {} : { $skipToken: token }) }
    const { headers, body } = await ask(whole, url, JSON.stringify({ query, options }))
    const { data, $skipToken: next, resultTruncated } = body as Record<string, unknown>
    if (!Array.isArray(data)) throw new Problem('source', 'Azure Resource Graph answered without data')
    yield data.filter(isObject)
    if (typeof next !== 'string' || next === '') {
      if (String(resultTruncated) === 'true')
        throw new Problem('source', 'Azure Resource Graph cut its answer off and gave no way to go on')
      return
    }
    if (next === token) throw new Problem('source', 'Azure Resource Graph gave the same page twice')
    token = next
    const isSpent = headers.get('x-ms-user-quota-remaining') === '0'
    await whole.wait(Math.max(SPACING, isSpent ? (resetsAfter(headers) ?? 5000) : 0))
  }
  throw new Problem('source', `Azure Resource Graph holds more than ${MOST_PAGES * PAGE} resources`)
}
