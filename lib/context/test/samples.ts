import { contextFiles } from '@/scripts/demo/context'
import { makeMmdb } from './mmdb'

/** Returns a small file of every shape, by name. */
export function sampleFiles(): [name: string, bytes: Buffer][] {
  const stix = {
    type: 'bundle',
    objects: [
      {
        type: 'indicator',
        pattern: "[ipv4-addr:value = '203.0.113.5'] OR [ipv6-addr:value = '2001:db8::1']",
        valid_until: '2025-01-02T00:00:00Z',
      },
      { type: 'indicator', pattern: "[ipv4-addr:value ISSUBSET '198.51.100.0/24']" },
    ],
  }
  const misp = {
    name: 'Resolvers',
    type: 'cidr',
    version: 3,
    list: ['8.8.8.8', '1.1.1.0/24', '2001:db8::/32'],
    matching_attributes: ['ip-dst'],
  }
  const nsg = { name: 'web-nsg', properties: { securityRules: [{ name: 'AllowHttps', properties: { priority: 100, access: 'Allow' } }] } }
  const powershell = {
    NewNIC: {
      Id: '/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/networkInterfaces/n',
      MacAddress: '00-22-48-B3-00-8F',
      IpConfigurations: [{ PrivateIpAddress: '10.0.0.4' }],
    },
  }
  const texts: Record<string, string> = {
    ...contextFiles(),
    'ends.csv': '1.0.0.0,1.0.0.255,AU\n2001:200::,2001:200:ffff:ffff:ffff:ffff:ffff:ffff,JP\n',
    'decimals.csv': '"16777216","16777471","US","United States of America"\n"281470698520576","281470698520831","AU","Australia"\n',
    'list.txt': '# made\n203.0.113.5\n198.51.100.0/24 ; SBL1\n192.0.2.1-192.0.2.9\n[2001:db8::1]\n',
    'macs.csv': 'mac,name\n00-22-48-B3-00-8F,web01\n10.0.0.5,db01\n',
    'stix.json': JSON.stringify(stix, null, 1),
    'misp.json': JSON.stringify(misp),
    'nsg.json': JSON.stringify({ value: [nsg] }),
    'powershell.json': JSON.stringify(powershell, null, 2),
  }
  const networks: Parameters<typeof makeMmdb>[1] = [
    ['81.2.69.0/24', { country: { iso_code: 'GB' } }],
    ['8.8.8.0/24', { country_code: 'US', asn: 'AS15169', as_name: 'Google LLC' }],
    ['2001:db8:1::/48', { autonomous_system_number: 64496, autonomous_system_organization: 'Contoso' }],
  ]
  return [
    ...Object.entries(texts).map(([name, text]): [string, Buffer] => [name, Buffer.from(text)]),
    ['made.mmdb', makeMmdb('GeoLite2-Country', networks)],
  ]
}
