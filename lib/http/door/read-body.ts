import type { z } from 'zod'
import { Problem } from '@/lib/flow/problem'
import { beyond } from './beyond'

async function textOf(request: Request): Promise<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let text = ''
  let bytes = 0
  try {
    for await (const chunk of request.body ?? []) {
      bytes += chunk.length
      beyond('body', bytes, 'Body', { unit: 'bytes' })
      text += decoder.decode(chunk, { stream: true })
    }
    text += decoder.decode()
  } catch (error) {
    if (error instanceof Problem) throw error
    throw new Problem('ask', 'Body is not valid UTF-8', { cause: error })
  }
  return text
}

/** Reads the JSON body of a request and validates it. @throws Problem `ask` that names the mistake and its place. */
export async function readBody<Value>(request: Request, schema: z.ZodType<Value>): Promise<Value> {
  const text = await textOf(request)
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
