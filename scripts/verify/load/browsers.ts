import { setTimeout as sleep } from 'node:timers/promises'

/** Milliseconds after which a browser gives up. */
const PATIENCE = 60_000

/** What came of all requests. `shed` were refused with 429 or 503 and told when to come back; `left` had no answer when the browser was closed; `failed` is everything else that is no answer. */
export interface Tally {
  times: number[]
  cold: number
  shed: number
  left: number
  failed: string[]
}

export function newTally(): Tally {
  return { times: [], cold: 0, shed: 0, left: 0, failed: [] }
}

interface Manner {
  /** Milliseconds after which whoever asks gives up. */
  patience?: number
  /** Aborts when they close the browser. */
  closed?: AbortSignal
}

/** Asks once and counts what came of it. An answer is read to its end and has to be JSON. */
export async function askOnce(url: string, path: string, tally: Tally, { patience = PATIENCE, closed }: Manner = {}): Promise<void> {
  const began = performance.now()
  // One of our own, since Node 20 may collect what `AbortSignal.any` made of others.
  const stop = new AbortController()
  const leave = () => stop.abort()
  // An aborted fetch does not always settle.
  const ended = new Promise<never>((_, reject) => stop.signal.addEventListener('abort', () => reject(stop.signal.reason), { once: true }))
  ended.catch(() => {})
  const late = setTimeout(() => stop.abort(new Error(`no answer within ${patience} ms`)), patience)
  closed?.addEventListener('abort', leave, { once: true })
  try {
    const response = await Promise.race([fetch(url + path, { signal: stop.signal }), ended])
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

/** So many browsers, each of which asks every `pace` milliseconds, or as soon as its last answer came where that takes longer, until told to stop, or closed at once. */
export async function browse(
  url: string,
  {
    browsers,
    pace,
    over,
    next,
    closed,
  }: Pick<Manner, 'closed'> & { browsers: number; pace: number; over: () => boolean; next: () => { path: string; cold: boolean } },
): Promise<Tally> {
  const tally = newTally()
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
