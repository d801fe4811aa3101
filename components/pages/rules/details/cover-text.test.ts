import { expect, it } from 'vitest'
import { coverText, portText, prefixSize, type RuleSide } from './cover-text'

it.each([
  ['10.0.0.1', '1'],
  ['10.0.0.0/22', '1,024'],
  ['0.0.0.0/0', '4,294,967,296'],
  ['2001:db8::/49', '2^79'],
])('%s holds %s', (prefix, size) => expect(prefixSize(prefix)).toBe(size))

it('writes ports as ranges', () => {
  expect(
    portText([
      { first: 80, last: 81 },
      { first: 443, last: 443 },
    ]),
  ).toBe('80-81, 443')
})

it('writes the whole set for a rule', () => {
  const end = (...prefixes: string[]) => ({
    ...{ total: 2, public: 2, rows: [] },
    cover: { prefixes: prefixes.map((prefix) => ({ prefix, seen: 1 })), exact: true },
  })
  const side = {
    sources: end('203.0.113.0/31', '198.51.100.7'),
    destinations: end('10.0.0.4'),
    ports: {
      ...{ total: 2, rows: [] },
      cover: [
        {
          proto: 'tcp',
          ranges: [
            { first: 22, last: 22 },
            { first: 3389, last: 3390 },
          ],
          exact: true,
        },
        { proto: 'udp', ranges: [{ first: 53, last: 53 }], exact: true },
      ],
    },
  } as unknown as RuleSide
  expect(coverText(side)).toBe('source: 203.0.113.0/31,198.51.100.7\ndestination: 10.0.0.4\ntcp ports: 22,3389-3390\nudp ports: 53')
})
