import { expect, it } from 'vitest'
import { isPlain, otherMethods, pathOf } from './plain'

it.each([
  '/',
  '/api/timeline',
  '/host/2001:db8::1',
  '/host/2001%3Adb8%3A%3A1',
  '/_next/static/chunks/a-b_c~d.js',
  '/...',
  '/a..b',
  '/%C3%BC',
])('takes %s as it is', (path) => expect(isPlain(path)).toBe(true))

it.each([
  '',
  '*',
  'http://elsewhere/api/timeline',
  'api/timeline',
  '//elsewhere',
  '/api/health/live/../../explorer',
  '/api/health/%2e%2E/explorer',
  '/./rules',
  '/rules/.',
  '/api\\timeline',
  '/api%2ftimeline',
  '/api%5Ctimeline',
  '/%',
  '/host/%zz',
  '/host/%E0%A4%A',
  '/host/%ff',
  '/host/%00',
])('refuses %s', (path) => expect(isPlain(path)).toBe(false))

it('takes the query for no part of the path', () => {
  expect(['/rules?q=/../a', '/rules#/../a', '/rules'].map(pathOf)).toEqual(['/rules', '/rules', '/rules'])
})

it('names the methods where another is asked with', () => {
  expect(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS'].filter((method) => otherMethods(method, '/api/timeline') !== null)).toEqual([])
  for (const method of ['TRACE', 'CONNECT', 'PROPFIND', 'QUERY', ''])
    expect(otherMethods(method, '/api/health/live')).toEqual(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])
  for (const method of ['POST', 'PUT', 'OPTIONS', 'TRACE']) expect(otherMethods(method, '/theme.js')).toEqual(['GET', 'HEAD'])
})
