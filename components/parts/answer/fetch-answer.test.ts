import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { fetchJson, sendJson } from './fetch-answer'

const asked = vi.fn<typeof fetch>()
const refused = (retryAfter: string | null) =>
  new Response(
    JSON.stringify({ error: { kind: 'busy', message: 'Engine is asked too much at once', key: null, at: null, requestId: 'r' } }),
    {
      status: 503,
      headers: retryAfter === null ? {} : { 'retry-after': retryAfter },
    },
  )

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('fetch', asked.mockReset())
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const ask = (signal = new AbortController().signal) => fetchJson('timeline', new URLSearchParams(), signal)

it('asks again when the server says so, for as long as that is soon', async () => {
  asked.mockResolvedValueOnce(refused('2')).mockResolvedValueOnce(refused('2')).mockResolvedValue(new Response('{"a":1}'))
  const answer = ask()
  await vi.advanceTimersByTimeAsync(6000)
  expect([await answer, asked.mock.calls.length]).toEqual([{ a: 1 }, 3])
})

it('gives up after five times, and at once where that takes longer, is not said or changes something', async () => {
  asked.mockImplementation(async () => refused('2'))
  const given = expect(ask()).rejects.toMatchObject({ message: expect.stringContaining('asked too much') })
  await vi.advanceTimersByTimeAsync(20_000)
  await given
  expect(asked).toHaveBeenCalledTimes(5)
  await expect(sendJson('POST', 'investigations', {})).rejects.toMatchObject({ status: 503 })
  asked.mockImplementation(async () => refused('5'))
  await expect(ask()).rejects.toMatchObject({ status: 503 })
  asked.mockImplementation(async () => refused(null))
  await expect(ask()).rejects.toMatchObject({ status: 503 })
  expect(asked).toHaveBeenCalledTimes(8)
})

it('does not ask again for who has left meanwhile', async () => {
  asked.mockImplementation(async () => refused('2'))
  const leave = new AbortController()
  const left = expect(ask(leave.signal)).rejects.toMatchObject({ name: 'AbortError' })
  await vi.advanceTimersByTimeAsync(10)
  leave.abort()
  await vi.advanceTimersByTimeAsync(5000)
  await left
  expect(asked).toHaveBeenCalledTimes(1)
})
