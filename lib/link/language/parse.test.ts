import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { parseAddress } from '@/lib/flow/address/address'
import type { FilterField } from '@/lib/flow/field/fields'
import { readNovelty } from '@/lib/flow/field/novelty'
import { readScanner } from '@/lib/flow/field/scan'
import { Problem } from '@/lib/flow/problem'
import type { Filter, Test } from '@/lib/flow/view/filter'
import { filters, withoutSpans } from '../test/arbitrary'
import { parseFilter } from './parse'
import { printFilter } from './print'

const span = { at: 0, end: 0 }
const MAX = Number.MAX_SAFE_INTEGER
const m = (field: FilterField, ...tests: Test[]): Filter => ({ op: 'match', field, tests, ...span })
const a = (first: string, last = first): Test => ({ kind: 'addresses', first: parseAddress(first)!, last: parseAddress(last)! })
const n = (first: number, last = first): Test => ({ kind: 'numbers', first, last })
const w = (word: string): Test => ({ kind: 'word', word })
const p = (...parts: string[]): Test => ({ kind: 'name', parts })
const fresh = (text: string): Test => ({ kind: 'novelty', novelty: readNovelty(text)! })
const s = (text: string): Test => ({ kind: 'scanner', scanner: readScanner(text)! })
const and = (...of: Filter[]): Filter => ({ op: 'and', of, ...span })
const or = (...of: Filter[]): Filter => ({ op: 'or', of, ...span })
const not = (of: Filter): Filter => ({ op: 'not', of, ...span })
const bare = (word: string) => m('rule', p('', word, ''))

const understood: [string, Filter | null][] = [
  ['', null],
  ['   ', null],
  ['src:10.0.0.0/8', m('src', a('10.0.0.0', '10.255.255.255'))],
  ['src:10.1.2.3/8', m('src', a('10.0.0.0', '10.255.255.255'))],
  ['dst:10.0.0.1..10.0.0.9', m('dst', a('10.0.0.1', '10.0.0.9'))],
  ['src:1.1.1.1,10.0.0.0/31,10.0.0.5..10.0.0.6', m('src', a('1.1.1.1'), a('10.0.0.0', '10.0.0.1'), a('10.0.0.5', '10.0.0.6'))],
  ['src:2001:db8::/32', m('src', a('2001:db8::', '2001:db8:ffff:ffff:ffff:ffff:ffff:ffff'))],
  ['src:[::1]', m('src', a('::1'))],
  ['src:::1', m('src', a('::1'))],
  ['src:2001:db8::1..2001:db8::f', m('src', a('2001:db8::1', '2001:db8::f'))],
  ['src:::ffff:10.0.0.1', m('src', a('10.0.0.1'))],
  ['ip:::/0', m('ip', a('::', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'))],
  ['src:"10.0.0.1"', m('src', a('10.0.0.1'))],
  ['10.0.0.1', m('ip', a('10.0.0.1'))],
  ['10.0.0.0/8', m('ip', a('10.0.0.0', '10.255.255.255'))],
  ['10.0.0.1,10.0.0.7', m('ip', a('10.0.0.1'), a('10.0.0.7'))],
  ['fe80::1', m('ip', a('fe80::1'))],
  ['2001:db8::1', m('ip', a('2001:db8::1'))],
  ['[2001:db8::1]', m('ip', a('2001:db8::1'))],
  ['::1', m('ip', a('::1'))],
  ['dead:beef::/32', m('ip', a('dead:beef::', 'dead:beef:ffff:ffff:ffff:ffff:ffff:ffff'))],
  ['443', m('port', n(443))],
  ['22,3389', m('port', n(22), n(3389))],
  ['1000..2000', m('port', n(1000, 2000))],
  ['dport:22,80..90,443', m('dport', n(22), n(80, 90), n(443))],
  ['dport>=1024', m('dport', n(1024, 65_535))],
  ['dport>1024', m('dport', n(1025, 65_535))],
  ['sport<1024', m('sport', n(0, 1023))],
  ['sport<=1024', m('sport', n(0, 1024))],
  ['bytes>1000', m('bytes', n(1001, MAX))],
  ['bytes:1000..2000', m('bytes', n(1000, 2000))],
  ['packets<1', m('packets', n(0))],
  ['proto:tcp,17,icmp', m('proto', w('tcp'), n(17), w('icmp'))],
  ['proto:ICMPv6', m('proto', w('icmpv6'))],
  ['proto:1..17', m('proto', n(1, 17))],
  ['proto:"ESP"', m('proto', w('esp'))],
  ['proto:"300"', m('proto', w('300'))],
  ['scanner:ANY', m('scanner', s('any'))],
  ['new:src,DPORT@1d', m('new', fresh('src'), fresh('dport@24h'))],
  ['not new:src+dst@prev', not(m('new', fresh('src+dst@prev')))],
  ['not scanner:brute@24,kept-out@5/20/50', not(m('scanner', s('brute@24'), s('kept-out@ip@5/20/50')))],
  ['proto:"6"', m('proto', n(6))],
  ['action:Deny', m('action', w('deny'))],
  ['dir:in,out', m('dir', w('in'), w('out'))],
  ['state:none', m('state', w('none'))],
  ['state:"Q"', m('state', w('q'))],
  ['format:nsg', m('format', w('nsg'))],
  ['enc:none', m('enc', p('none'))],
  ['enc:NX_*', m('enc', p('NX_', ''))],
  ['rule:UserRule_*', m('rule', p('UserRule_', ''))],
  ['rule:*a**b*', m('rule', p('', 'a', 'b', ''))],
  ['rule:*', m('rule', p('', ''))],
  ['rule:"a * b"', m('rule', p('a * b'))],
  ['rule:"say \\"hi\\" \\\\"', m('rule', p('say "hi" \\'))],
  ['rule:"a b"*"c,d"', m('rule', p('a b', 'c,d'))],
  ['rule:""', m('rule', p(''))],
  ['rule:and', m('rule', p('and'))],
  ['rule:a:b', m('rule', p('a:b'))],
  ['acl:/subscriptions/x/nsg', m('acl', p('/subscriptions/x/nsg'))],
  ['mac:00-22-48-26-6d-b9', m('mac', p('002248266DB9'))],
  ['mac:0022.4826.6db9', m('mac', p('002248266DB9'))],
  ['mac:00:22:48:*', m('mac', p('002248', ''))],
  ['mac:"0022"', m('mac', p('0022'))],
  ['RDP', bare('RDP')],
  ['R*P', m('rule', p('', 'R', 'P', ''))],
  ['"foo bar"', bare('foo bar')],
  ['SRC:1.1.1.1', m('src', a('1.1.1.1'))],
  ['a b', and(bare('a'), bare('b'))],
  ['a AND b', and(bare('a'), bare('b'))],
  ['a or b c', or(bare('a'), and(bare('b'), bare('c')))],
  ['a b Or c', or(and(bare('a'), bare('b')), bare('c'))],
  ['(a or b) c', and(or(bare('a'), bare('b')), bare('c'))],
  ['(a b) c', and(and(bare('a'), bare('b')), bare('c'))],
  ['not a b', and(not(bare('a')), bare('b'))],
  ['-a', not(bare('a'))],
  ['--a', not(not(bare('a')))],
  ['-(a or b)', not(or(bare('a'), bare('b')))],
  ['NOT(a)', not(bare('a'))],
  ['well-known', bare('well-known')],
  [
    'action:deny dir:in not src:10.0.0.0/8 (dport:22 or dport:3389) bytes>1000 rule:UserRule_*',
    and(
      m('action', w('deny')),
      m('dir', w('in')),
      not(m('src', a('10.0.0.0', '10.255.255.255'))),
      or(m('dport', n(22)), m('dport', n(3389))),
      m('bytes', n(1001, MAX)),
      m('rule', p('UserRule_', '')),
    ),
  ],
]

const refused: [text: string, at: number, says: string][] = [
  ['sourc:10.0.0.1', 0, 'did you mean src?'],
  ['a dprot:22', 2, 'did you mean dport?'],
  ['and:x', 0, 'no field and'],
  ['dport:99999', 6, 'a port from 0 to 65535'],
  ['dport:22,99999', 9, 'a port from 0 to 65535'],
  ['dport:1..99999', 9, 'a port from 0 to 65535'],
  ['dport:90..80', 10, 'reversed'],
  ['dport:22..', 10, 'a number is missing'],
  ['dport:htp', 6, 'a port'],
  ['dport:', 6, 'a value right after dport:'],
  ['dport: 22', 6, 'a value right after dport:'],
  ['dport:22,', 9, 'a value right after dport:'],
  ['dport:22,,80', 9, 'a value right after dport:'],
  ['dport>65535', 6, 'nothing is above'],
  ['dport<0', 6, 'nothing is below'],
  ['dport>1,2', 7, 'no list'],
  ['dport>1..2', 6, 'a port'],
  ['bytes>-1', 6, 'a whole number'],
  ['bytes>99999999999999999', 6, 'a whole number'],
  ['bytes > 5', 6, 'written like'],
  ['99999', 0, 'a port from 0 to 65535'],
  ['src:999.1.1.1', 4, 'no address'],
  ['999.1.1.1', 0, 'no address'],
  ['10.0.0', 0, 'no address'],
  ['src:10.0.0.0/33', 13, 'from 0 to 32'],
  ['src:2001:db8::/129', 15, 'from 0 to 128'],
  ['src:10.0.0.9..10.0.0.1', 14, 'reversed'],
  ['src:10.0.0.1..2001::1', 14, 'same family'],
  ['src:10.0.0.1..', 14, 'an address here'],
  ['src:10.0.*', 9, 'a CIDR'],
  ['src:2001:db8:::', 4, 'no address'],
  ['src>10.0.0.1', 3, 'no order'],
  ['src:""', 4, 'no address'],
  ['rule>5', 4, 'no order'],
  ['rule:', 5, 'a value'],
  ['proto:256', 6, 'from 0 to 255'],
  ['proto:gre', 6, 'tcp, udp, icmp, icmpv6'],
  ['proto>6', 5, 'no order'],
  ['action:denied', 7, 'did you mean deny?'],
  ['action:"x"', 7, 'allow, deny'],
  ['state:q', 6, 'begin, continue, end, deny, none'],
  ['format:nsg-v3', 7, 'nsg-v1, nsg-v2'],
  ['mac:xyz', 4, 'twelve hex digits'],
  ['mac:0022', 4, 'twelve hex digits'],
  ['scanner:brut', 8, 'did you mean brute?'],
  ['scanner:', 8, 'a value'],
  ['scanner:any@33', 11, '@24 by prefix'],
  ['scanner:any,brute@24@24', 17, '@5/20/50'],
  ['scanner:let-in@5/20/50', 14, 'out of place'],
  ['scanner>1', 7, 'no order'],
  ['new:sport', 4, 'cannot be told to be new'],
  ['new:src+dprt', 8, 'did you mean dport?'],
  ['new:src+src', 8, 'occurs twice'],
  ['new:src@7x', 7, '@prev'],
  [':22', 0, 'no address'],
  ['a,b', 1, 'needs its field'],
  ['""', 0, 'nothing stands between'],
  ['(a', 2, 'expected )'],
  ['(a (b)', 6, 'the ( at character 1'],
  ['a)', 1, 'closes nothing'],
  ['()', 1, 'out of place'],
  ['and a', 0, 'out of place'],
  ['a and', 5, 'ends too early'],
  ['a or', 4, 'ends too early'],
  ['a and or b', 6, 'out of place'],
  ['not', 3, 'ends too early'],
  ['a - b', 2, 'stands alone'],
  [',', 0, 'a field'],
  ['rule:"a', 7, 'not closed'],
  ['rule:"a\\b"', 8, 'expected " or \\'],
  [`${'a '.repeat(131_072)}a`, 262_144, 'at most 262144'],
  [Array.from({ length: 20_001 }, () => '1').join(','), 0, 'at most 20000'],
  [`${'('.repeat(65)}a${')'.repeat(65)}`, 64, 'at most 64'],
  [`${'-'.repeat(65)}a`, 64, 'at most 64'],
]

function refusal(text: string): Problem {
  try {
    parseFilter(text)
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
  throw new Error(`${text} was understood`)
}

describe('parseFilter', () => {
  test.each(understood)('parses %j', (text, filter) => {
    const read = parseFilter(text)
    expect(read && withoutSpans(read)).toEqual(filter)
  })

  test.each(refused)('refuses %j at %i', (text, at, says) => {
    const problem = refusal(text)
    expect({ kind: problem.kind, key: problem.key, at: problem.at }).toEqual({ kind: 'ask', key: 'q', at })
    expect(problem.message).toContain(says)
    expect(problem.message).toMatch(/^Filter: /)
  })

  it('reads 64 levels', () => {
    expect(withoutSpans(parseFilter(`${'('.repeat(64)}a${')'.repeat(64)}`)!)).toEqual(bare('a'))
  })

  it('gives every part its position in the text', () => {
    const text = ' src:1.1.1.1  -( dport:22 or "x y" ) '
    const filter = parseFilter(text)!
    const pieces = (of: Filter): string[] => [
      text.slice(of.at, of.end),
      ...(of.op === 'match' ? [] : of.op === 'not' ? pieces(of.of) : of.of.flatMap(pieces)),
    ]
    expect(pieces(filter)).toEqual([
      'src:1.1.1.1  -( dport:22 or "x y" )',
      'src:1.1.1.1',
      '-( dport:22 or "x y" )',
      '( dport:22 or "x y" )',
      'dport:22',
      '"x y"',
    ])
  })

  it('either parses any text or names a position inside it', () => {
    const typed = fc.string({
      unit: fc.constantFrom(...'src:dport rule,()"\\-*.<>=0129fF/ \t'.split(''), ' and ', ' or ', 'not ', '..', '::', 'é'),
    })
    fc.assert(
      fc.property(typed, (text) => {
        try {
          parseFilter(text)
        } catch (error) {
          if (!(error instanceof Problem)) throw error
          expect(error.at).toBeGreaterThanOrEqual(0)
          expect(error.at).toBeLessThanOrEqual(text.length)
        }
      }),
      { numRuns: 5000 },
    )
  })
})

describe('printFilter', () => {
  it('writes text that is parsed to the same filter', () => {
    fc.assert(
      fc.property(filters, (filter) => {
        const text = printFilter(filter)
        fc.pre(text.length <= 262_144)
        expect(withoutSpans(parseFilter(text)!)).toEqual(filter)
      }),
      { numRuns: 2000 },
    )
  })

  test.each([
    ['SRC:10.1.2.3/8 AND -( a or  b)', 'src:10.0.0.0/8 not (rule:*a* or rule:*b*)'],
    ['bytes>1000 dport:443', 'bytes>=1001 dport:443'],
    ['mac:00-22-48-26-6d-b9', 'mac:002248266DB9'],
    ['rule:"a b"*', 'rule:"a b"*'],
  ])('writes %j as %j', (text, printed) => {
    expect(printFilter(parseFilter(text))).toBe(printed)
  })

  it('writes null as an empty text', () => {
    expect(printFilter(null)).toBe('')
  })
})
