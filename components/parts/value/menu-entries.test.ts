import { describe, expect, it, test } from 'vitest'
import type { AddressContext } from '@/lib/flow/answer/traffic/context'
import { FILTER_FIELDS, type FilterField, fieldOf } from '@/lib/flow/field/fields'
import { Problem } from '@/lib/flow/problem'
import { parseFilter } from '@/lib/link/language/parse'
import { menuEntries, type Subject, toldEntries } from './menu-entries'

const listed = (q: string, subject: Partial<Subject>) =>
  Object.fromEntries(
    menuEntries(q, { field: 'src', value: '10.0.0.1', ends: null, ...subject })
      .flat()
      .map((entry) => [entry.label, entry.q]),
  )

describe('menuEntries', () => {
  it('of an address in a row', () => {
    expect(listed('action:deny', { ends: { src: '10.0.0.1', dst: '10.0.0.2' } })).toEqual({
      'Only this': 'action:deny src:10.0.0.1',
      'Not this': 'action:deny not src:10.0.0.1',
      'As source': 'action:deny src:10.0.0.1',
      'As destination': 'action:deny dst:10.0.0.1',
      'Either end': 'action:deny ip:10.0.0.1',
      'Filter to /24': 'action:deny src:10.0.0.0/24',
      'Swap ends': 'action:deny src:10.0.0.2 dst:10.0.0.1',
    })
  })
  it('of an IPv6 address without a row', () => {
    expect(listed('', { field: 'ip', value: '2001:db8::1' })).toEqual({
      'Only this': 'ip:2001:db8::1',
      'Not this': 'not ip:2001:db8::1',
      'As source': 'src:2001:db8::1',
      'As destination': 'dst:2001:db8::1',
      'Either end': 'ip:2001:db8::1',
      'Filter to /64': 'ip:2001:db8::/64',
    })
  })
  it('of a network', () => {
    expect(Object.keys(listed('', { value: '10.0.0.0/24' }))).toEqual([
      'Only this',
      'Not this',
      'As source',
      'As destination',
      'Either end',
    ])
  })
  it('of a port in a row', () => {
    expect(listed('dport:22', { field: 'dport', value: '22', ends: { src: '10.0.0.1', dst: '10.0.0.2' } })).toEqual({
      'Only this': 'dport:22',
      'Not this': 'not dport:22',
      'As source': 'sport:22',
      'As destination': 'dport:22',
      'Either end': 'port:22',
      'Swap ends': 'sport:22 src:10.0.0.2 dst:10.0.0.1',
    })
  })

  test.each([
    ['proto', 'tcp', 'proto:tcp'],
    ['proto', 'ESP', 'proto:"ESP"'],
    ['rule', 'UserRule_Allow RDP', 'rule:"UserRule_Allow RDP"'],
    ['rule', '', 'rule:""'],
    ['acl', '/subscriptions/s/web-nsg', 'acl:/subscriptions/s/web-nsg'],
    ['log', 'web-1', 'log:web-1'],
    ['mac', '002248266DB9', 'mac:002248266DB9'],
    ['action', 'deny', 'action:deny'],
    ['state', 'Q', 'state:"Q"'],
    ['dir', 'in', 'dir:in'],
    ['enc', 'none', 'enc:none'],
    ['format', 'nsg-v2', 'format:nsg-v2'],
  ] as const)('of %s %j', (field, value, term) => {
    expect(listed('', { field, value, ends: { src: '10.0.0.1', dst: '10.0.0.2' } })).toEqual({
      'Only this': term,
      'Not this': `not ${term}`,
    })
  })

  it('offers only filters that can be parsed', () => {
    const values: Record<string, string> = {
      address: '2001:db8::1',
      port: '443',
      count: '60',
      proto: '300',
      mac: '0022',
      name: 'a "b" *',
      word: 'public',
      asn: '8075',
    }
    for (const field of FILTER_FIELDS) {
      const words = { action: 'deny', dir: 'in', state: 'begin', format: 'vnet-v4', scanner: 'brute', new: 'src' } as Record<string, string>
      const type =
        {
          src: 'address',
          dst: 'address',
          ip: 'address',
          sport: 'port',
          dport: 'port',
          port: 'port',
          bytes: 'count',
          packets: 'count',
          proto: 'proto',
          mac: 'mac',
        }[field as 'src'] ?? fieldOf(field).type
      for (const q of ['', 'a or b', 'src:2001:db8::1 not dport:443', '(rule:x)'])
        for (const entry of menuEntries(q, { field, value: words[field] ?? values[type]!, ends: { src: '10.0.0.1', dst: '::1' } }).flat())
          expect(() => parseFilter(entry.q), entry.q).not.toThrow()
    }
  })

  it('offers the same list, country, organisation and subnet, at the same end', () => {
    const found = { country: 'SC', org: 'Nightglass, Inc.', tag: [], list: ['c2 hosts'], subnet: 'ambiguous' } as unknown as AddressContext
    const told = (field: FilterField) => toldEntries('dport:443', { field, value: '192.0.2.200', ends: null }, found)
    expect(told('dst')).toEqual([
      { label: 'On list c2 hosts', q: 'dport:443 dst.list:"c2 hosts"' },
      { label: 'Country SC', q: 'dport:443 dst.country:SC' },
      { label: 'Organisation Nightglass, Inc.', q: 'dport:443 dst.org:"Nightglass, Inc."' },
    ])
    expect(told('ip')[1]!.q).toBe('dport:443 country:SC')
  })

  it("throws the parser's error", () => expect(() => listed('(a', {})).toThrow(Problem))
})
