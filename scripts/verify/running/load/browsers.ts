import { setTimeout as sleep } from 'node:timers/promises'

/** Milliseconds after which a browser gives up. */
const PATIENCE = 60_000

/**
 * Results of all requests. `shed` were refused with 429 or 503 and a time to retry; `left` had no answer when the browser was closed; `failed` are all other
 * failures.
 */
export interface BrowserTally {
  times: number[]
  cold: number
  shed: number
  left: number
  failed: string[]
}

export function newTally(): BrowserTally {
  return { times: [], cold: 0, shed: 0, left: 0, failed: [] }
}

interface Manner {
  /** Milliseconds after which the client gives up. */
  patience?: number
  /** Aborts when the browser is closed. */
  closed?: AbortSignal
}

/** How a connection ends that the other side has closed. */
const CLOSED = ['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']

function wasClosed(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined
  return cause instanceof Error && 'code' in cause && CLOSED.includes(String(cause.code))
}

/**
 * Sends a GET request as a browser does: a server may close a connection that is idle, and with many it must, while the next request is already on its way;
 * that request is sent once more.
 */
export async function get(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init)
  } catch (error) {
    if (!wasClosed(error)) throw error
    return await fetch(url, init)
  }
}

/** Sends one request and counts its result. An answer is read to its end and must be JSON. */
export async function askOnce(url: string, path: string, tally: BrowserTally, { patience = PATIENCE, closed }: Manner = {}): Promise<void> {
  const began = performance.now()
  // A separate controller, because Node 20 may collect the signal that `AbortSignal.any` returns.
  const stop = new AbortController()
  const leave = () => stop.abort()
  // An aborted fetch does not always settle.
  const ended = new Promise<never>((_, reject) => stop.signal.addEventListener('abort', () => reject(stop.signal.reason), { once: true }))
  ended.catch(() => {})
  const late = setTimeout(() => stop.abort(new Error(`no answer within ${patience} ms`)), patience)
  closed?.addEventListener('abort', leave, { once: true })
  try {
    const response = await Promise.race([get(url + path, { signal: stop.signal }), ended])
    const body = await Promise.race([response.text(), ended])
    if (response.status === 200) {
      JSON.parse(body)
      tally.times.push(performance.now() - began)
    } else if ([429, 503].includes(response.status) && response.headers.has('retry-after')) tally.shed++
    else tally.failed.push(`${response.status} ${path} ${body.slice(0, 200)}`)
  } catch (error) {
    if (closed?.aborted) {
      tally.left++
      return
    }
    const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : ''
    tally.failed.push(`${error instanceof Error ? error.message : error}${cause} ${path}`)
  } finally {
    clearTimeout(late)
    closed?.removeEventListener('abort', leave)
  }
}

/** Returns the number of requests that were answered, refused or failed. */
export function settledOf({ times, shed, failed }: BrowserTally): number {
  return times.length + shed + failed.length
}

/**
 * Runs several browsers until told to stop, or closes them all at once, and counts their results in `tally`. Each sends a request every `pace` milliseconds,
 * or as soon as its last answer has arrived if that takes longer.
 */
export async function browse(
  url: string,
  {
    browsers,
    pace,
    over,
    next,
    closed,
    tally = newTally(),
  }: Pick<Manner, 'closed'> & {
    browsers: number
    pace: number
    over: () => boolean
    next: () => { path: string; cold: boolean }
    tally?: BrowserTally
  },
): Promise<BrowserTally> {
  const one = async (number: number) => {
    await sleep((pace * number) / browsers)
    while (!over()) {
      const began = performance.now()
      const { path, cold } = next()
      if (cold) tally.cold++
      await askOnce(url, path, tally, closed ? { closed } : {})
      await sleep(Math.max(0, pace - (performance.now() - began)))
    }
  }
  await Promise.all(Array.from({ length: browsers }, (_, i) => one(i)))
  return tally
}
