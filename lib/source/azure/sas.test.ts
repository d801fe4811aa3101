import { expect, it, vi } from 'vitest'
import { openSource } from '@/lib/source/open'
import { sasEnd, until } from './sas'

const END = Date.UTC(2026, 10, 24, 8, 30)

it.each([
  ['?sv=1&se=2026-11-24T08:30:00Z&sig=x', END],
  ['?sv=1&se=2026-11-24T08%3A30Z&sig=x', END],
  ['?se=2026-11-24&sig=x', Date.UTC(2026, 10, 24)],
  ['?se=never&sig=x', null],
  ['?sig=x', null],
  ['', null],
])('%s ends at %s', (query, end) => {
  expect(sasEnd(query)).toBe(end)
})

it('connects until the SAS ends, then says what ended and where to put a new one', () => {
  const connect = vi.fn()
  let now = END - 1
  const connected = until(END, 'https://a.blob.core.windows.net', connect, () => now)
  connected('c')
  now = END
  expect(() => connected('c')).toThrow(
    /^https:\/\/a\.blob\.core\.windows\.net may not be read any more: its SAS ended at 2026-11-24T08:30:00\.000Z; put a new one/,
  )
  expect(connect).toHaveBeenCalledTimes(1)
})

it('the source gives the end of its SAS', () => {
  expect(openSource('https://account.blob.core.windows.net?sv=1&se=2026-11-24T08:30Z&sig=c2VjcmV0').expires).toBe(END)
})
