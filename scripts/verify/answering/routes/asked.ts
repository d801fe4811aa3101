import { strict as assert } from 'node:assert'
import { parse } from 'csv-parse/sync'
import { get, send } from '@/lib/http/test/serve'

type Handler = Parameters<typeof get>[0]
export type AskedKeys = Record<string, string>

async function textOf(response: Response): Promise<string> {
  const text = await response.text()
  assert.equal(response.status, 200, text.slice(0, 500))
  return text
}

/** Returns the JSON answer of a route, which validates it against its schema. */
export async function answerOf<Answer>(handler: Handler, keys: AskedKeys, path: AskedKeys = {}): Promise<Answer> {
  return JSON.parse(await textOf(await get(handler, keys, path)), undefined) as Answer
}

/** Returns the answer of a route to a request with a body. */
export async function sent<Answer>(handler: Handler, body: unknown): Promise<Answer> {
  return JSON.parse(await textOf(await send(handler, 'POST', { body }))) as Answer
}

/** Returns the last event of a stream, with its data. */
export async function lastEvent(handler: Handler, keys: AskedKeys): Promise<{ name: string; data: Record<string, unknown> }> {
  const [name = '', data = ''] = (await textOf(await get(handler, keys))).trim().split('\n\n').at(-1)!.split('\n')
  return { name: name.replace('event: ', ''), data: JSON.parse(data.replace('data: ', '')) }
}

export async function csvOf(handler: Handler, keys: AskedKeys): Promise<Record<string, string>[]> {
  return parse(await textOf(await get(handler, { ...keys, format: 'csv' })), { columns: true })
}

export async function linesOf(handler: Handler, keys: AskedKeys): Promise<Record<string, unknown>[]> {
  const text = await textOf(await get(handler, { ...keys, format: 'ndjson' }))
  const lines = text.split('\n').filter((line) => line !== '')
  return lines.map((line) => {
    const row = JSON.parse(line)
    assert.ok(!('error' in row), line)
    return row
  })
}

export async function bytesOf(handler: Handler, keys: AskedKeys): Promise<Buffer> {
  const response = await get(handler, keys)
  if (response.status !== 200) assert.fail(await response.text())
  return Buffer.from(await response.arrayBuffer())
}
