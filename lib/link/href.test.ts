import { describe, expect, it, test } from 'vitest'
import { Problem } from '@/lib/flow/problem'
import { readHref } from './href'

function refusal(text: string): Problem {
  try {
    readHref(text)
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
  throw new Error(`${text} was taken`)
}

describe('a link of ours', () => {
  test.each([
    ['/', '/'],
    ['/explorer?last=1h&q=dport:22', '/explorer?last=1h&q=dport%3A22'],
    ['/host/10.0.0.1?metric=bytes', '/host/10.0.0.1?metric=bytes'],
    ['/host/2001%3Adb8%3A%3A1', '/host/2001%3Adb8%3A%3A1'],
    ['/coverage?tz=utc', '/coverage'],
  ])('%s', (text, href) => {
    expect(readHref(text).href).toBe(href)
    expect(readHref(href).href).toBe(href)
  })

  it('returns its proof and its question', () => {
    const proof = '0123456789abcdef0123456789abcdef'
    const link = readHref(`/scans?from=2024-08-12&to=2024-08-13&asof=2024-08-13&proof=${proof}`)
    expect(link.proof).toBe(proof)
    expect(link.asked).toMatchObject({ asof: Date.UTC(2024, 7, 13), range: { kind: 'fixed' } })
  })

  it('may be as long as its longest filter needs', () => {
    const list = `src:${Array.from({ length: 5000 }, (_, i) => `2001:db8:${i.toString(16)}:ffff:ffff:ffff:ffff:0/120`).join(',')}`
    const href = `/explorer?${new URLSearchParams({ q: list })}`
    expect(readHref(href).asked.q).toBe(list)
    expect(refusal(`/explorer?q=${'a'.repeat(800_000)}`).message).toMatch(/^Link has 800012 characters/)
  })

  test.each([
    '',
    'explorer',
    'https://elsewhere.example/explorer',
    '//elsewhere.example/explorer',
    '/\\elsewhere.example',
    '/explorer\\..\\x',
    'javascript:alert(1)',
    ' javascript:alert(1)',
    '/explorer#javascript:alert(1)',
    '/api/export',
    '/i/abcdefgh',
    '/explorer/../api/health',
    '/explorer/more',
    '/host',
    '/host/nobody',
    '/host/10.0.0.1/more',
    '/host/%E0%A4%A',
    '/explorer?colour=red',
    '/explorer?q=dport:99999',
    '/explorer?last=soon',
    '/explorer?proof=../../etc/passwd',
  ])('is not %s', (text) => {
    expect(refusal(text)).toMatchObject({ kind: 'ask', key: 'href', message: expect.stringMatching(/^Link /) })
  })
})
