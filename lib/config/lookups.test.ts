import { expect, it } from 'vitest'
import { readLookups } from './lookups'

it('reads names and addresses, and reports mistakes', () => {
  const { found, mistakes } = readLookups('Who_is=https://example.com/ip/{ip} x=ftp://a/{ip} y=https://a/ z')
  expect(found).toEqual([{ name: 'Who is', url: 'https://example.com/ip/{ip}' }])
  expect(mistakes.map((mistake) => mistake.split(' ')[1])).toEqual(['x=ftp://a/{ip}', 'y=https://a/', 'z'])
})
