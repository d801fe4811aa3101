import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node'
import { Problem } from '@/lib/flow/problem'
import { parseRetryAfter } from '@/lib/net/retry-after'
import { send } from '@/lib/net/send'
import { readWhole } from './read-whole'
import { inPlace, networkProblem } from './unreached'

interface NetworkOptions {
  fetch: typeof fetch
  now(): number
  /** Waits for the given milliseconds. */
  wait(ms: number): Promise<void>
  /** Time limit of one try, including its body. Milliseconds. */
  deadline: number
}

const TRIES = 3
/** Longest wait before the second try, doubled before the third; the actual wait is random. Milliseconds. */
const PAUSE = 500
/** Longest `Retry-After` that a waiting person is made to wait for. Milliseconds. */
const PATIENCE = 30_000
/** Longest time for which the service is not called because it asked for a pause. Milliseconds. */
const REST = 300_000
const AGAIN = new Set([408, 429, 500, 502, 503, 504])

const live: NetworkOptions = {
  fetch: send,
  now: Date.now,
  wait: (ms) => new Promise((done) => setTimeout(done, ms)),
  deadline: 10_000,
}

/**
 * HTTP client for the sign-in service: no redirects, answers of at most 1 MiB, a deadline for every try. MSAL's own client has no timeout for a POST
 * and sends it once. Here a POST (it requests a token) has three tries with jitter and honours `Retry-After`; if the service asks for a longer pause
 * than a person would wait, it is not called during that time. A GET (to the machine's own identity endpoint) is sent once, because MSAL repeats it
 * as each kind of endpoint requires.
 */
export class Network {
  private readonly resting = new Map<string, number>()

  private readonly options: NetworkOptions

  constructor(options: Partial<NetworkOptions> = {}) {
    this.options = { ...live, ...options }
  }

  /** MSAL's network interface for one call. MSAL drops the thrown error, so the Problem is kept here. */
  forCall(): INetworkModule & { problem: Problem | null } {
    const call = {
      problem: null as Problem | null,
      sendGetRequestAsync: <T>(url: string, options?: NetworkRequestOptions) =>
        this.once(url, { method: 'GET', headers: options?.headers ?? {} }) as Promise<NetworkResponse<T>>,
      sendPostRequestAsync: async <T>(url: string, options?: NetworkRequestOptions) => {
        try {
          return (await this.post(url, options)) as NetworkResponse<T>
        } catch (error) {
          if (error instanceof Problem) call.problem = error
          throw error
        }
      },
    }
    return call
  }

  /** For reading keys: no retries. */
  readonly get: typeof fetch = async (input, init) => {
    const { status, body } = await this.once(String(input), { ...init, method: 'GET' })
    return Response.json(body, { status })
  }

  private async post(url: string, { headers = {}, body = '' }: NetworkRequestOptions = {}): Promise<NetworkResponse<unknown>> {
    const { origin, pathname, host } = new URL(url)
    const address = origin + pathname
    if ((this.resting.get(address) ?? 0) > this.options.now()) throw busy(host)
    for (let turn = 1; ; turn++) {
      const answer = await this.once(url, { method: 'POST', headers, body }).catch((error: unknown) => {
        if (error instanceof Problem || turn === TRIES) throw networkProblem(url, error)
        return null
      })
      if (answer !== null && !AGAIN.has(answer.status)) return answer
      const asked = parseRetryAfter(answer?.headers['retry-after'], this.options.now())
      if (asked !== null && asked > PATIENCE) this.resting.set(address, this.options.now() + Math.min(asked, REST))
      if (turn === TRIES || (asked !== null && asked > PATIENCE)) throw busy(host)
      await this.options.wait(asked ?? Math.random() * PAUSE * 2 ** (turn - 1))
    }
  }

  private async once(url: string, init: RequestInit): Promise<NetworkResponse<unknown>> {
    const response = await this.options.fetch(url, {
      ...init,
      redirect: 'error',
      cache: 'no-store',
      signal: AbortSignal.timeout(this.options.deadline),
    })
    const { status } = response
    const body = parse(await readWhole(response, url))
    const problem = body === null && !AGAIN.has(status) ? inPlace(url, status) : null
    if (problem !== null) throw problem
    return { status, headers: Object.fromEntries(response.headers), body: body ?? {} }
  }
}

function busy(host: string): Problem {
  return new Problem('source', `Sign-in service ${host} is too busy to answer`, { where: host })
}

/** Returns null if the body is not JSON: then it comes from a proxy between us and the service. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
