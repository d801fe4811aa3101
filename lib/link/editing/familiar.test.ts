import { describe, expect, it } from 'vitest'
import { parseFilter } from '@/lib/link/language/parse'
import { printFilter } from '@/lib/link/language/print'
import { correctionsOf } from './corrections'
import { chips, negateTerm, removeTerm } from './edit'

describe('familiar syntax', () => {
  it.each([
    ['src!=10.0.0.1', 'not src:10.0.0.1'],
    ['src=10.0.0.1', 'src:10.0.0.1'],
    ['dport==443', 'dport:443'],
    ['!dport:22', 'not dport:22'],
    ['!(dport:22 or dport:23) action=deny', 'not (dport:22 or dport:23) action:deny'],
    ['dport:rdp', 'dport:3389'],
    ['port:netbios,ssh', 'port:137,138,139,22'],
    ['bytes>1M', 'bytes>=1000001'],
    ['bytes:1k..1MiB', 'bytes:1000..1048576'],
    ['packets<2k', 'packets:0..1999'],
    ['10.20.0.4:3389', '(src:10.20.0.4 sport:3389) or (dst:10.20.0.4 dport:3389)'],
    ['dst:10.20.0.4:3389', 'dst:10.20.0.4 dport:3389'],
    ['dst:[2001:db8::4]:443', 'dst:2001:db8::4 dport:443'],
    ['src:private', 'src:10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,fc00::/7'],
  ])('%s means %s', (typed, meant) => {
    expect(printFilter(parseFilter(typed))).toBe(printFilter(parseFilter(meant)))
  })

  it('reads public as all addresses outside the special ranges', () => {
    expect(printFilter(parseFilter('not ip:public'))).not.toContain('public')
    expect(printFilter(parseFilter('src:public'))).toMatch(/^src:/)
  })

  it.each([
    ['dport:rpd', /a port from 0 to 65535, or a service such as rdp/],
    ['bytes>1X', /a whole number, or one such as 10k, 5M or 2GiB/],
    ['src:publik', /no address/],
    ['10.20.0.4:99999', /out of place|no address/],
  ])('%s is refused where it stands', (typed, message) => {
    expect(() => parseFilter(typed)).toThrow(message)
  })

  it('is edited like any other term', () => {
    const [chip] = chips('src!=10.0.0.1 dport:443')
    expect(chip).toMatchObject({ negated: true, field: 'src', text: 'src!=10.0.0.1' })
    expect(negateTerm('src!=10.0.0.1 dport:443', chip!.span)).toBe('src:10.0.0.1 dport:443')
    expect(negateTerm('10.0.0.1:22', { at: 0, end: 11 })).toBe('not (10.0.0.1:22)')
    expect(removeTerm('!dport:22 dport:443', { at: 0, end: 9 })).toBe('dport:443')
  })
})

describe('a word that is probably meant differently', () => {
  it.each([
    ['port 3389', 'port:3389'],
    ['src 10.0.0.1 action:deny', 'src:10.0.0.1 action:deny'],
    ['rdp', 'dport:rdp'],
    ['denied inbound', 'action:deny'],
    ['action:deny not rdp', 'action:deny not dport:rdp'],
  ])('%s has the correction %s', (typed, q) => {
    expect(correctionsOf(typed)[0]).toMatchObject({ q: typed === 'denied inbound' ? 'action:deny inbound' : q })
  })

  it.each(['AllowRdpVendor', 'rule:rdp', 'dport:rdp', '10.0.0.1', '443', '"rdp"', 'web*'])('%s has none', (typed) => {
    expect(correctionsOf(typed)).toEqual([])
  })
})
