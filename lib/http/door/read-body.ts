import type { z } from 'zod'
import { Problem } from '@/lib/flow/problem'
import { beyond } from './beyond'

/** What a body is read from: `signal` aborts when nobody waits for the answer any longer. */
interface Sent {
  request: Request
  signal: AbortSignal
}

/** Longest time for a body to arrive: requests whose body never ends would hold the places of all others. Milliseconds. */
const PATIENCE = 30_000

/**
 * Returns what rejects when the signal aborts or the time for a body is over. The body stays as it is: to cancel it would close the connection before the answer
 * is sent.
 */
function inTime(signal: AbortSignal): { late: Promise<never>; over: () => void } {
  let leave = () => {}
  const late = new Promise<never>((_, reject) => {
    leave = () => reject(new Problem('slow', 'Body did not arrive in time'))
  })
  late.catch(() => {})
  const timer = setTimeout(leave, PATIENCE)
  if (signal.aborted) leave()
  else signal.addEventListener('abort', leave, { once: true })
  return {
    late,
    over: () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', leave)
    },
  }
}

async function textOf({ request, signal }: Sent): Promise<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const reader = request.body?.getReader()
  const { late, over } = inTime(signal)
  let text = ''
  let bytes = 0
  try {
    while (reader !== undefined) {
      const { done, value } = await Promise.race([reader.read(), late])
      if (done) break
      bytes += value.length
      beyond('body', bytes, 'Body', { unit: 'bytes' })
      text += decoder.decode(value, { stream: true })
    }
    text += decoder.decode()
  } catch (error) {
    const problem = error instanceof Problem ? error : new Problem('ask', 'Body is not valid UTF-8', { cause: error })
    if (problem.kind !== 'slow') reader?.cancel().catch(() => {})
    throw problem
  } finally {
    over()
  }
  return text
}

/** Reads the JSON body of a request and validates it. @throws Problem `ask` that names the mistake and its place, `slow` if the body does not end in time. */
export async function readBody<Value>(sent: Sent, schema: z.ZodType<Value>): Promise<Value> {
  const text = await textOf(sent)
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch (error) {
    throw new Problem('ask', 'Body is not valid JSON', { cause: error })
  }
  const read = schema.safeParse(body)
  if (read.success) return read.data
  const [issue] = read.error.issues
  const key = issue?.path.join('.') ?? ''
  throw new Problem('ask', `Body${key === '' ? '' : ` at ${key}`}: ${issue?.message ?? 'not understood'}`, { key })
}
