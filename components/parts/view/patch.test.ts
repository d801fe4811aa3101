import { expect, it } from 'vitest'
import { patchParams, toHref } from './patch'

it('replaces, adds and removes keys without changing the original link', () => {
  const link = new URLSearchParams('q=action:deny&log=a&log=b&tz=local')
  expect(patchParams(link, { q: 'dir:in', log: ['c', 'd'], tz: null }).toString()).toBe('q=dir%3Ain&log=c&log=d')
  expect(link.toString()).toBe('q=action%3Adeny&log=a&log=b&tz=local')
})

it('keeps a proof as long as the view is unchanged', () => {
  const proof = '0123456789abcdef0123456789abcdef'
  const link = new URLSearchParams({ asof: '2024-08-12', proof })
  expect(patchParams(link, { tz: 'local', row: 'a-1' }).get('proof')).toBe(proof)
  for (const key of ['from', 'to', 'last', 'q', 'log', 'asof']) expect(patchParams(link, { [key]: null }).has('proof'), key).toBe(false)
  expect(patchParams(new URLSearchParams(), { asof: '2024-08-12', proof }).get('proof')).toBe(proof)
})

it('keeps the filter readable and complete in a link', () => {
  const q = 'action:deny src:10.0.0.0/8,[2001:db8::1] bytes>1000 rule:User* "a b&c=d+e%"'
  const href = toHref('/explorer', new URLSearchParams({ q }))
  expect(href).toContain('q=action:deny+src:10.0.0.0/8,[2001:db8::1]+bytes>1000+rule:User*')
  expect(new URL(href, 'http://x').searchParams.get('q')).toBe(q)
  expect(toHref('/', new URLSearchParams())).toBe('/')
})
