import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { View } from '@/lib/flow/view/view'
import { parseFilter } from '@/lib/link/language/parse'
import { naiveRules, naiveTalkers } from '@/lib/query/test/naive/answers'
import { naiveRows } from '@/lib/query/test/naive/filter'
import type { Store } from '@/lib/store/store'
import { ENGINES } from '@/lib/store/test/engines'
import { rules } from './rules/rules'
import { talkers } from './talkers/talkers'
import { type Fact, storeOf } from './test/facts'
import { Dice, randomFacts } from './test/random'
import { scopeOf } from './test/scope-of'

const SCOPED = { scope: scopeOf(null) }
const FACTS: Fact[] = randomFacts(new Dice(16), 400)
const many = (count: number, one: (i: number) => string, separator = ' ') => Array.from({ length: count }, (_, i) => one(i)).join(separator)
const indicator = (i: number) => (i % 4 === 0 ? FACTS[i % FACTS.length]!.src : `203.0.${i >> 8}.${i & 255}`)

const LENGTHS = { ipv4: [32, 24, 16, 28, 20, 13], ipv6: [128, 64, 56, 48, 60, 33] }
const prefix = (i: number) =>
  i % 3 === 0
    ? `2001:db8:${(i % 5000).toString(16)}::/${LENGTHS.ipv6[i % 7 < 6 ? i % 7 : 0]}`
    : `${i % 200}.${(i * 7) % 256}.${(i * 13) % 256}.0/${LENGTHS.ipv4[i % 6]}`
const mixed = many(5000, (i) => (i % 2 === 0 ? indicator(i) : prefix(i)), ',')

const RULE_PART = 'rule'

/** Each of these once took an engine seconds to minutes, or was refused. */
const FILTERS = {
  '900 words': many(900, (i) => `w${i}`, ' or ').concat(' or web'),
  '900 words that all stand in a name': many(
    900,
    (i) => RULE_PART.slice(i % RULE_PART.length, (i % RULE_PART.length) + 1 + (i % 3)) || RULE_PART,
  ),
  '900 words that no name holds, and some that not all are in one': `${many(900, (i) => `-w${i}`)} not (${many(40, (i) => (i % 2 === 0 ? 'e' : 'zz'))})`,
  '400 pairs of a port and an address': many(
    400,
    (i) => `(${FACTS[i % FACTS.length]!.dport} ${FACTS[(i * (i % 3)) % FACTS.length]!.src})`,
    ' or ',
  ),
  '400 pairs of ports, and triples, among other terms': `(${many(400, (i) => `(sport:${FACTS[i]!.sport} dport:${FACTS[i]!.dport})`, ' or ')} or ${many(
    100,
    (i) => `(dir:in dport:${FACTS[i]!.dport} dst:${FACTS[i]!.dst})`,
    ' or ',
  )} or bytes>1000) -src:${FACTS[0]!.src}`,
  '600 negated pairs, of which some name either end': many(
    600,
    (i) => `-(${i % 2 === 0 ? 'dst:' : ''}${FACTS[i % FACTS.length]!.dst} dport:${FACTS[(i * (i % 3)) % FACTS.length]!.dport})`,
  ),
  '300 negated pairs of a prefix and a port, or three values': many(300, (i) =>
    i % 2 === 0 ? `-(dst:10.0.${i % 256}.0/24 dport:${i})` : `not (sport:${FACTS[i]!.sport} dport:${FACTS[i]!.dport} src:${FACTS[i]!.src})`,
  ),
  '5,000 addresses': `src:${many(5000, indicator, ',')}`,
  '5,000 addresses and prefixes of both families': `ip:${mixed}`,
  '5,000 addresses and prefixes that neither end is of': `-ip:${mixed}`,
  '5,000 alternatives among other terms': `(${mixed.replaceAll(',', ' or ')} or dport:443) -src:${FACTS[0]!.src}`,
  '1,000 ports': `port:${many(1000, (i) => String(i * 7), ',')}`,
  '200 sources left out': many(200, (i) => `-src:${indicator(i)}`),
  'few terms, among which many groups are told apart':
    '(((acl:"" or proto:icmpv6,icmpv6) or -format:nsg-v1 and (10.0.0.4)) not (not dst:2001:db8::2..2001:db8:0:ffff::)) or (-rule:"Block_High*Risk","Block_High*Risk",*_R*P and (packets<1000 proto:17,icmp) -sport:22..443 and (not action:deny))',
  'few terms of context, novelty and scanners':
    'not vnet:hub,none,hub -new:src+dst24@2h,rule+dst24@1d and (list:none,none,"bad hosts") -dport:3389..3390 and (src.vm:vm-a,*,none scanner:probe@24@usual,any@16,sweep@4/3/2)',
  'few terms of context, and scanners by several networks':
    '(((org:"scan & sons" or packets<60) or src16:2001:db8::2,2001:db8:0:1::1/48,10.1.0.4/32) or (scanner:kept-out@24-64@4/3/2,let-in@ip,vertical@16@1/1/1 or src.org:big*,none) scanner:brute@24,kept-out@24-64@1/1/1,sweep@16-48@wary enc:*x)',
  '60 terms of context, of which some expire and some depend on the NIC': many(60, (i) =>
    i % 2 === 0
      ? `(src.tag:x${i},Storage*,none or -src.org:y${i},big* or (src.country:NL -src.asn:${64_490 + i}))`
      : `not (dst.vm:vm-a dst.subnet:*w${i}*,hub/web -dst.vnet:lone,none)`,
  ),
  '100 names of rules': many(100, (i) => `rule:"UserRule_${i}"`, ' or ').concat(` or rule:"${FACTS[0]!.rule.replace(/["\\]/g, '\\$&')}"`),
}

describe.each(ENGINES)('an expensive filter, on %s', (engine) => {
  let store: Store
  let close: () => Promise<void>
  beforeAll(async () => {
    ;({ store, close } = await storeOf(FACTS, engine))
  })
  afterAll(() => close())

  it.each(Object.entries(FILTERS))('is answered like a plain reading: %s', async (_, q) => {
    const view: View = { from: 0, to: Date.UTC(2100, 0), q, filter: parseFilter(q), logs: [], asof: null, once: false }
    const rows = naiveRows(FACTS, view, null)
    expect((await rules(store, view, SCOPED)).rows).toEqual(naiveRules(rows))
    expect(await talkers(store, view, { ...SCOPED, by: ['dst'], limit: 20 })).toEqual(naiveTalkers(rows, ['dst'], 'tuples', 20))
  })
})
