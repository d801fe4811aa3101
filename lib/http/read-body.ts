import type { z } from 'zod'
import { Problem } from '@/lib/flow/problem'

/** Longest body that is read, bytes. */
const LONGEST = 2 * 1024 * 1024

async function textOf(request: Request): Promise<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let text = ''
  let bytes = 0
  try {
    for await (const chunk of request.body ?? []) {
      bytes += chunk.length
      if (bytes > LONGEST) break
      text += decoder.decode(chunk, { stream: true })
    }
    text += decoder.decode()
  } catch (error) {
    throw new Problem('ask', 'Body is no UTF-8 text', { cause: error })
  }
  if (bytes > LONGEST) throw new Problem('ask', `Body is longer than ${LONGEST} bytes`)
  return text
}

/** The JSON body of a request in its shape. @throws Problem `ask` that names what is wrong with it, and where. */
export async function readBody<Value>(request: Request, schema: z.ZodType<Value>): Promise<Value> {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (type !== 'application/json') throw new Problem('ask', `Body is ${type ?? 'of no type'}; expected application/json`)
  const text = await textOf(request)
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch (error) {
    throw new Problem('ask', 'Body is no JSON', { cause: error })
  }
  const read = schema.safeParse(body)
  if (read.success) return read.data
  const [issue] = read.error.issues
  const key = issue?.path.join('.') ?? ''
  throw new Problem('ask', `Body${key === '' ? '' : ` at ${key}`}: ${issue?.message ?? 'not understood'}`, { key })
}
