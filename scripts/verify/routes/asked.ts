import { strict as assert } from 'node:assert'
import { parse } from 'csv-parse/sync'
import { get, send } from '@/lib/http/test/serve'

type Handler = Parameters<typeof get>[0]
export type Keys = Record<string, string>

async function textOf(response: Response): Promise<string> {
  const text = await response.text()
  assert.equal(response.status, 200, text.slice(0, 500))
  return text
}

/** The JSON answer of a route, which has checked it against its schema. */
export async function answerOf<Answer>(handler: Handler, keys: Keys, path: Keys = {}): Promise<Answer> {
  return JSON.parse(await textOf(await get(handler, keys, path)), undefined) as Answer
}

/** The answer of a route that is sent something. */
export async function sent<Answer>(handler: Handler, body: unknown): Promise<Answer> {
  return JSON.parse(await textOf(await send(handler, 'POST', { body }))) as Answer
}

/** The last event of a stream of them, with what it says. */
export async function lastEvent(handler: Handler, keys: Keys): Promise<{ name: string; data: Record<string, unknown> }> {
  const [name = '', data = ''] = (await textOf(await get(handler, keys))).trim().split('\n\n').at(-1)!.split('\n')
  return { name: name.replace('event: ', ''), data: JSON.parse(data.replace('data: ', '')) }
}

export async function csvOf(handler: Handler, keys: Keys): Promise<Record<string, string>[]> {
  return parse(await textOf(await get(handler, { ...keys, format: 'csv' })), { columns: true })
}

export async function linesOf(handler: Handler, keys: Keys): Promise<Record<string, unknown>[]> {
  const text = await textOf(await get(handler, { ...keys, format: 'ndjson' }))
  const lines = text.split('\n').filter((line) => line !== '')
  return lines.map((line) => {
    const row = JSON.parse(line)
    assert.ok(!('error' in row), line)
    return row
  })
}

export async function bytesOf(handler: Handler, keys: Keys): Promise<Buffer> {
  const response = await get(handler, keys)
  if (response.status !== 200) assert.fail(await response.text())
  return Buffer.from(await response.arrayBuffer())
}
