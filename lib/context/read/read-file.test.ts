import { describe, expect, it, test } from 'vitest'
import { Known } from '@/lib/context/known'
import { makeMmdb } from '@/lib/context/test/mmdb'
import { untilWanted } from '@/lib/context/wanted'
import { parseAddress } from '@/lib/flow/address/address'
import type { ContextName } from '@/lib/flow/field/context'
import { readFound } from './read-file'

const lines = (...all: string[]) => all.join('\n')
const told = (path: string, content: string | Buffer, name: ContextName, address: string) => {
  const known = Known.of(readFound(path, Buffer.from(content as string)).sets, 'x')
  const place = known.dependsOnPlace(name) ? known.whose!.placeOf('', false) : 0
  return known.told(name, parseAddress(address)!, place).map(({ text }) => text)
}

const TAGS = {
  changeNumber: 340,
  cloud: 'Public',
  values: [
    { name: 'AzureCloud', id: 'AzureCloud', properties: { region: '', addressPrefixes: ['20.0.0.0/8', '2603:1000::/24'] } },
    { name: 'Storage', properties: { addressPrefixes: ['20.60.0.0/16'] } },
    { name: 'Storage.WestUS', properties: { addressPrefixes: ['20.60.1.0/24', 'nonsense'] } },
    { name: 'Broken', properties: {} },
  ],
}

const STIX = {
  type: 'bundle',
  id: 'bundle--1',
  objects: [
    { type: 'identity', name: 'somebody' },
    {
      type: 'indicator',
      pattern: "[ipv4-addr:value = '203.0.113.5'] OR [ipv4-addr:value = '203.0.113.6']",
      valid_until: '2025-01-02T00:00:00Z',
    },
    { type: 'indicator', pattern: "[ipv4-addr:value ISSUBSET '198.51.100.0/24' OR ipv6-addr:value = '2001:db8::1']" },
    { type: 'indicator', pattern: "[ipv4-addr:value isSubsetOf '192.0.2.0/28']" },
    { type: 'indicator', pattern: "[domain-name:value = 'evil.example']" },
    { type: 'indicator', pattern: "[ipv4-addr:value = '203.0.113.7' AND network-traffic:dst_port = 443]" },
    { type: 'indicator', pattern: "[ipv4-addr:value = '203.0.113.8'] FOLLOWEDBY [ipv4-addr:value = '203.0.113.9']" },
    { type: 'indicator', pattern: "[ipv4-addr:value = '203.0.113.10']", valid_until: 'soon' },
  ],
}

const country = makeMmdb('GeoLite2-Country', [
  ['81.2.69.0/24', { country: { iso_code: 'GB' } }],
  ['81.2.69.128/25', { registered_country: { iso_code: 'SE' } }],
  ['2001:db8:1::/48', { country: { iso_code: 'DE' } }],
])
const ipinfo = makeMmdb('ipinfo country_asn', [['8.8.8.0/24', { country_code: 'US', asn: 'AS15169', as_name: 'Google LLC' }]])
const asn = makeMmdb('GeoLite2-ASN', [['1.0.0.0/24', { autonomous_system_number: 13335, autonomous_system_organization: 'CLOUDFLARENET' }]])

const rows: [what: string, path: string, content: string | Buffer, name: ContextName, address: string, says: string[]][] = [
  ['MMDB country', 'a.mmdb', country, 'country', '81.2.69.5', ['GB']],
  ['MMDB narrower network', 'a.mmdb', country, 'country', '81.2.69.200', ['SE']],
  ['MMDB IPv6', 'a.mmdb', country, 'country', '2001:db8:1::5', ['DE']],
  ['MMDB hole', 'a.mmdb', country, 'country', '9.9.9.9', []],
  ['MMDB of IPinfo', 'a.bin', ipinfo, 'asn', '8.8.8.8', ['15169']],
  ['MMDB of IPinfo', 'a.bin', ipinfo, 'org', '8.8.8.8', ['Google LLC']],
  ['MMDB of IPinfo', 'a.bin', ipinfo, 'country', '8.8.8.8', ['US']],
  ['MMDB ASN', 'a.mmdb', asn, 'asn', '1.0.0.9', ['13335']],
  [
    'CSV country of ip-location-db',
    'c.csv',
    lines('1.0.0.0,1.0.0.255,AU', '2001:200::,2001:200:ffff:ffff:ffff:ffff:ffff:ffff,JP'),
    'country',
    '1.0.0.7',
    ['AU'],
  ],
  [
    'CSV country IPv6',
    'c.csv',
    lines('1.0.0.0,1.0.0.255,AU', '2001:200::,2001:200:ffff:ffff:ffff:ffff:ffff:ffff,JP'),
    'country',
    '2001:200::1',
    ['JP'],
  ],
  [
    'CSV ASN with quoted comma',
    'a.csv',
    lines('1.0.0.0,1.0.0.255,13335,"Cloudflare, Inc."', '1.0.4.0,1.0.7.255,38803,Gtelecom'),
    'org',
    '1.0.0.7',
    ['Cloudflare, Inc.'],
  ],
  [
    'CSV city of DB-IP',
    'c.csv',
    lines('1.0.0.0,1.0.0.255,OC,AU,Queensland,South Brisbane,-27.4,153', '1.0.1.0,1.0.3.255,AS,CN,Fujian,Fuzhou,26,119'),
    'country',
    '1.0.1.7',
    ['CN'],
  ],
  [
    'CSV decimals of IP2Location',
    'c.csv',
    lines('"0","16777215","-","-"', '"16777216","16777471","US","United States of America"'),
    'country',
    '1.0.0.7',
    ['US'],
  ],
  [
    'CSV decimals that are unknown',
    'c.csv',
    lines('"0","16777215","-","-"', '"16777216","16777471","US","United States of America"'),
    'country',
    '0.0.0.7',
    [],
  ],
  [
    'CSV decimals of IPv6',
    'c.csv',
    lines('"0","281470681743359","-","-"', '"281470698520576","281470698520831","AU","Australia"'),
    'country',
    '1.0.0.7',
    ['AU'],
  ],
  ['CSV ASN of IP2Location', 'c.csv', lines('"16777216","16777471","1.0.0.0/24","13335","CloudFlare Inc"'), 'asn', '1.0.0.7', ['13335']],
  [
    'CSV with MaxMind header',
    'c.csv',
    lines('network,autonomous_system_number,autonomous_system_organization', '1.0.0.0/24,13335,CLOUDFLARENET'),
    'asn',
    '1.0.0.7',
    ['13335'],
  ],
  [
    'CSV of IPinfo',
    'c.csv',
    lines(
      'start_ip,end_ip,country,country_name,continent,continent_name,asn,as_name,as_domain',
      '1.0.0.0,1.0.0.255,AU,Australia,OC,Oceania,AS13335,"Cloudflare, Inc.",cloudflare.com',
    ),
    'org',
    '1.0.0.7',
    ['Cloudflare, Inc.'],
  ],
  [
    'CSV of IPinfo',
    'c.csv',
    lines(
      'start_ip,end_ip,country,country_name,continent,continent_name,asn,as_name,as_domain',
      '1.0.0.0,1.0.0.255,AU,Australia,OC,Oceania,AS13335,"Cloudflare, Inc.",cloudflare.com',
    ),
    'country',
    '1.0.0.7',
    ['AU'],
  ],
  [
    'CSV with semicolons',
    'c.csv',
    lines('network;tag', '10.1.0.0/16;Office Berlin', '10.2.0.0/16;Office Rome'),
    'tag',
    '10.2.3.4',
    ['Office Rome'],
  ],
  ['service tags, narrowest first', 't.json', JSON.stringify(TAGS), 'tag', '20.60.1.9', ['Storage.WestUS', 'Storage', 'AzureCloud']],
  ['service tags, IPv6', 't.json', JSON.stringify(TAGS), 'tag', '2603:1000::5', ['AzureCloud']],
  [
    'list of addresses',
    '/x/bad hosts.txt',
    lines('# made', '203.0.113.5', '', '198.51.100.0/24 ; SBL1', '; other', '192.0.2.1-192.0.2.9', '2001:db8::/32'),
    'list',
    '192.0.2.4',
    ['bad hosts'],
  ],
  ['list, comment behind', '/x/bad.txt', lines('203.0.113.5 # c2', '198.51.100.0/24 ; SBL1'), 'list', '198.51.100.9', ['bad']],
  [
    'list with comments in a column',
    '/x/bad.csv',
    lines('203.0.113.5,first seen in May', '198.51.100.0/24,known scanner'),
    'list',
    '198.51.100.9',
    ['bad'],
  ],
  ['list of IPv6 in brackets', '/x/six.txt', lines('[2001:db8::1]', '[2001:db8::2]'), 'list', '2001:db8::2', ['six']],
  [
    'MISP',
    'm.json',
    JSON.stringify({ name: 'Known DNS', type: 'cidr', version: 3, list: ['8.8.8.8', '1.1.1.0/24'], matching_attributes: ['ip-dst'] }),
    'list',
    '1.1.1.1',
    ['Known DNS'],
  ],
  ['STIX equality', '/x/stix.json', JSON.stringify(STIX), 'list', '203.0.113.6', ['stix']],
  ['STIX subset', '/x/stix.json', JSON.stringify(STIX), 'list', '198.51.100.77', ['stix']],
  ['STIX OR inside', '/x/stix.json', JSON.stringify(STIX), 'list', '2001:db8::1', ['stix']],
  ['STIX isSubsetOf', '/x/stix.json', JSON.stringify(STIX), 'list', '192.0.2.3', ['stix']],
  ['STIX AND says less', '/x/stix.json', JSON.stringify(STIX), 'list', '203.0.113.7', []],
  [
    'hosts file',
    'hosts',
    lines('127.0.0.1 localhost', '10.0.0.4\tweb01 web01.example # the site', '10.0.0.5 db-1'),
    'name',
    '10.0.0.4',
    ['web01'],
  ],
  ['names in a CSV with header', 'n.csv', lines('address,name', '10.0.0.4,web01', '10.0.0.5,db01'), 'name', '10.0.0.5', ['db01']],
  [
    'UTF-16 with a mark',
    'n.csv',
    Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(lines('10.0.0.4,web01', '10.0.0.5,db01'), 'utf16le')]),
    'name',
    '10.0.0.5',
    ['db01'],
  ],
]

test.each(rows)('%s (%s) is read', (_what, path, content, name, address, says) => {
  expect(told(path, content, name, address)).toEqual(says)
})

describe('rejected content', () => {
  const refused: [
    what: string,
    content: string,
    entries: number,
    reasons: [reason: RegExp, count: number, line: number | null, sample: string][],
  ][] = [
    ['list', lines('203.0.113.5', 'what?', '10.0.0.300', '198.51.100.0/24'), 2, [[/no address, prefix or range/, 2, 2, 'what?']]],
    [
      'reversed range',
      lines('1.0.0.0,1.0.0.255,AU', '1.0.9.0,1.0.8.0,AU', '1.0.1.0,1.0.1.255,CN'),
      2,
      [[/no range/, 1, 2, '1.0.9.0,1.0.8.0,AU']],
    ],
    [
      'IPv4 to IPv6',
      lines('1.0.0.0,1.0.0.255,AU', '1.0.9.0,2001::,AU', '1.0.1.0,1.0.1.255,CN'),
      2,
      [[/no range/, 1, 2, '1.0.9.0,2001::,AU']],
    ],
    [
      'no country',
      lines('network,country_code', '1.0.0.0/24,Australia', '1.0.1.0/24,CN'),
      1,
      [[/code of a country/, 1, 2, '1.0.0.0/24,Australia']],
    ],
    [
      'service tags',
      JSON.stringify(TAGS, null, 1),
      4,
      [
        [/no prefix/, 1, 29, '"nonsense"'],
        [/without name or prefixes/, 1, 34, 'Broken'],
      ],
    ],
    [
      'STIX',
      JSON.stringify(STIX),
      5,
      [
        [/other things/, 3, 1, "[domain-name:value = 'evil.example']"],
        [/no instant/, 1, 1, 'soon'],
      ],
    ],
    ['names', lines('10.0.0.4 web01', '10.0.0.5 db01', 'nobody'), 2, [[/address or MAC and a name/, 1, 3, 'nobody']]],
  ]
  test.each(refused)('%s', (_what, content, entries, reasons) => {
    const [set] = readFound('f', Buffer.from(content)).sets
    expect(set!.entries).toBe(entries)
    expect(set!.refused).toEqual(
      reasons.map(([reason, count, line, sample]) => ({ reason: expect.stringMatching(reason), count, line, sample })),
    )
  })

  const unreadable: [what: string, content: string | Buffer, says: RegExp][] = [
    ['empty', '', /empty/],
    ['comments alone', '# nothing\n', /empty/],
    ['binary', Buffer.from([0x89, 0x50, 0, 1, 2, 3]), /neither text nor/],
    ['prose', 'Dear reader,\nthis is a letter.\n', /neither addresses nor ranges/],
    ['broken JSON', '{"values": [', /no JSON/],
    ['other JSON', '{"hello": 1}', /none of the known shapes/],
    ['deep JSON', `${'['.repeat(100)}${']'.repeat(100)}`, /nested deeper/],
    ['very deep JSON', `${'['.repeat(200_000)}${']'.repeat(200_000)}`, /./],
    [
      'MaxMind CSV of numbers',
      'network,geoname_id,registered_country_geoname_id\n1.0.0.0/24,2077456,2077456\n',
      /numbers that another file explains/,
    ],
    ['MMDB of something else', makeMmdb('GeoLite2-Connection', [['1.0.0.0/24', { connection_type: 'Cable' }]]), /neither country nor ASN/],
    ['MMDB cut short', country.subarray(100), /./],
    [
      'ranges inside each other without an end',
      lines(...Array.from({ length: 20_000 }, (_, i) => `10.0.0.0-10.${i >> 8}.${i & 255}.1`)),
      /lie in each other/,
    ],
  ]
  test.each(unreadable)('%s', (_what, content, says) => {
    const file = readFound('f', Buffer.from(content as string))
    expect(file.sets).toEqual([])
    expect(file.failure!.reason).toMatch(says)
  })
})

it('shows the attribution of licences, and the build time of a database', () => {
  const [set] = readFound('a.mmdb', country).sets
  expect(set!.about).toBe('MMDB GeoLite2-Country, built 2025-01-01')
  expect(set!.credit).toContain('MaxMind')
  expect(set!.entries).toBe(3)
})

it('warns about countries or networks that contradict each other, but not about overlapping lists', () => {
  const about = (...rows: string[]) => readFound('f', Buffer.from(lines(...rows))).sets.map((set) => set.about)
  const both = ['network,country_code', '1.0.0.0/16,AU', '1.0.1.0/24,CN', '1.0.9.0/24,AU', '2001:db8::/32,DE', '2001:db8::/32,FR']
  expect(about(...both)).toEqual(['ranges (CSV); 2 ranges of addresses have several rows that differ: the narrowest counts'])
  expect(told('f', lines(...both), 'country', '1.0.1.7')).toEqual(['CN'])
  expect(about('1.0.0.0/16,AU', '1.1.0.0/16,CN')).toEqual(['ranges (CSV)'])
  expect(about('network,tag', '1.0.0.0/16,wide', '1.0.1.0/24,narrow')).toEqual(['ranges (CSV)'])
})

it('holds an indicator until its end', () => {
  const known = Known.of(readFound('/x/stix.json', Buffer.from(JSON.stringify(STIX))).sets, 'x')
  const until = (address: string) =>
    untilWanted('list', { any: true, names: [], numbers: [] })(known.told('list', parseAddress(address)!, 0))
  expect(known.isTimed('list')).toBe(true)
  expect(until('203.0.113.5')).toBe(Date.UTC(2025, 0, 2))
  expect(until('198.51.100.1')).toBe(Number.POSITIVE_INFINITY)
  expect(until('9.9.9.9')).toBe(0)
})
