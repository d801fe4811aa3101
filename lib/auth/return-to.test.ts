import { describe, expect, it } from 'vitest'
import { safeReturn } from './return-to'

const HOME = 'https://flowlens.test'

describe('sign-in never redirects', () => {
  it.each([
    null,
    '',
    'explorer',
    'https://evil.example/',
    'https://flowlens.test.evil.example/',
    'https://flowlens.test@evil.example/',
    'https://flowlens.test/explorer',
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '\\/evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '\t//evil.example',
    ' //evil.example',
    '/a\\..\\\\evil.example',
    '/..//evil.example',
    '/.//evil.example',
    '/a/../..//evil.example',
    '/%2e%2e//evil.example',
    'javascript:alert(1)',
    '/\u0000',
    'data:text/html,x',
    '@evil.example',
    '?returnTo=//evil.example',
    '/api/auth/logout',
    '/api',
    '/a/../api/export',
    `/${'a'.repeat(5000)}`,
  ])('to %j', (wished) => expect(safeReturn(wished, HOME)).toBe('/'))
})

it.each([
  ['/', '/'],
  ['/explorer?q=src:10.0.0.0/8&from=2024-08-12T00:00Z', '/explorer?q=src:10.0.0.0/8&from=2024-08-12T00:00Z'],
  ['/host/10.0.0.4#rules', '/host/10.0.0.4#rules'],
  ['/explorer?q=https://evil.example', '/explorer?q=https://evil.example'],
  ['/apis', '/apis'],
  ['/a/../explorer', '/explorer'],
])('people come back to %s', (wished, target) => expect(safeReturn(wished, HOME)).toBe(target))
