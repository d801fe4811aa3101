import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node'
import { Problem } from '@/lib/flow/problem'
import { parseRetryAfter } from '@/lib/flow/retry-after'
import { readWhole } from './read-whole'

interface NetworkOptions {
  fetch: typeof fetch
  now(): number
  /** Waits that many milliseconds. */
  wait(ms: number): Promise<void>
  /** Milliseconds that one try may take, all of its body included. */
  deadline: number
}

const TRIES = 3
/** Milliseconds before the second try, doubled before the third; the wait lies anywhere between nothing and that. */
const PAUSE = 500
/** The longest rest that a service may ask of somebody who waits. Milliseconds. */
const PATIENCE = 30_000
/** The longest that a service is left alone because it asked for it. Milliseconds. */
const REST = 300_000
const AGAIN = new Set([408, 429, 500, 502, 503, 504])

const live: NetworkOptions = {
  fetch: (input, init) => fetch(input, init),
  now: Date.now,
  wait: (ms) => new Promise((done) => setTimeout(done, ms)),
  deadline: 10_000,
}

/**
 * How we talk to the sign-in service: no redirects, answers of at most 1 MiB, a deadline for every try. The library's own client never gives up on a
 * POST and sends it once. Here a POST (it asks for a token) has three tries with jitter, `Retry-After` honoured, and a service that asks for a longer
 * rest than somebody would wait is left alone for it. A GET (it asks the machine's own identity endpoint) is sent once, since the library repeats it
 * as each kind of endpoint wants.
 */
export class Network {
  private readonly resting = new Map<string, number>()

  private readonly options: NetworkOptions

  constructor(options: Partial<NetworkOptions> = {}) {
    this.options = { ...live, ...options }
  }

  /** As the library takes it, for one call: it drops what was thrown, so the Problem stays here. */
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

  /** The same for who reads keys: no retries. */
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
        if (error instanceof Problem || turn === TRIES) throw asProblem(host, error)
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
    const text = await readWhole(response, url)
    return { status: response.status, headers: Object.fromEntries(response.headers), body: parse(text) }
  }
}

function busy(host: string): Problem {
  return new Problem('source', `Sign-in service ${host} is too busy to answer`, { where: host })
}

function asProblem(host: string, cause: unknown): Problem {
  return cause instanceof Problem ? cause : new Problem('source', `Sign-in service ${host} could not be reached`, { where: host, cause })
}

/** What is no JSON comes from whoever stands between us and the service; its status says enough. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return {}
  }
}
