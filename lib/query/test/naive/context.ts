import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Known } from '@/lib/context/known'
import { readFound } from '@/lib/context/read/read-file'
import { type AddressRange, parseAddress, parseCidr } from '@/lib/flow/address/address'
import { addressScope } from '@/lib/flow/address/scope'
import type { ContextName } from '@/lib/flow/field/context'
import { type FilterField, fieldOf } from '@/lib/flow/field/fields'
import type { Fact } from '@/lib/query/test/facts'

/** Nested ranges with the addresses of random facts, and a plain reading of them. */

const COUNTRIES: readonly [cidr: string, code: string][] = [
  ['45.155.0.0/16', 'RU'],
  ['45.155.205.0/24', 'NL'],
  ['2001:db8::/32', 'DE'],
  ['2001:db8:1::/48', 'FR'],
  ['255.0.0.0/8', 'AQ'],
]
const SYSTEMS: readonly [cidr: string, asn: string, org: string][] = [
  ['45.0.0.0/8', '64501', 'Big, Inc.'],
  ['45.155.205.0/24', '64500', 'Scan & Sons'],
  ['2001:db8::/33', '4200000000', 'Big, Inc.'],
]
const TAGS: readonly [tag: string, cidrs: string[]][] = [
  ['AzureCloud', ['45.155.0.0/16', '2001:db8::/32', '192.168.0.0/16']],
  ['Storage', ['45.155.205.0/24', '2001:db8::/64']],
  ['Storage.WestUS', ['45.155.205.0/25', '2001:db8::/64']],
]
/** Lists, the last of which expires. */
const LISTS: readonly [list: string, cidr: string, until: string | null][] = [
  ['bad hosts', '45.155.205.9', null],
  ['bad hosts', '2001:db8::2', null],
  ['nets_100%', '45.155.0.0/16', null],
  ['ended', '45.155.205.9', '2024-08-12T10:40:00.000Z'],
  ['ended', '45.155.205.200', '2024-08-12T11:20:00.500Z'],
  ['ended', '10.1.0.4', '2024-08-12T12:00:00.000Z'],
]
const HOSTS: readonly [address: string, name: string][] = [
  ['10.0.0.4', 'four.example'],
  ['45.155.7.1', 'scanner'],
  ['10.1.0.4', 'spoke-four'],
]
const VNETS: readonly { name: string; space: string; subnets: [name: string, cidr: string][]; peers: string[] }[] = [
  { name: 'hub', space: '10.0.0.0/16', subnets: [['web', '10.0.0.0/24']], peers: ['spoke'] },
  { name: 'spoke', space: '10.1.0.0/16', subnets: [], peers: [] },
  {
    name: 'lone',
    space: '10.0.0.0/15',
    subnets: [
      ['web', '10.0.0.0/24'],
      ['db', '10.0.1.0/24'],
    ],
    peers: [],
  },
]
const NICS: readonly { mac: string; address: string; vm: string; vnet: string; subnet: string }[] = [
  { mac: '002248266DB9', address: '10.0.0.4', vm: 'vm-a', vnet: 'hub', subnet: 'web' },
  { mac: '002248266DBA', address: '10.0.0.4', vm: 'vm-b', vnet: 'lone', subnet: 'web' },
  { mac: '', address: '10.0.1.4', vm: 'vm-c', vnet: 'lone', subnet: 'db' },
  { mac: '0022482600FF', address: '10.0.0.5', vm: 'vm-d', vnet: 'hub', subnet: 'web' },
]

const vnetId = (name: string) => `/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/${name}`
const subnetId = (vnet: string, name: string) => `${vnetId(vnet)}/subnets/${name}`

const FILES: readonly [path: string, content: string][] = [
  ['countries.csv', ['network,country_code', ...COUNTRIES.map((row) => row.join(','))].join('\n')],
  ['systems.csv', SYSTEMS.map(([cidr, asn, org]) => `${cidr},${asn},"${org}"`).join('\n')],
  [
    'tags.json',
    JSON.stringify({ changeNumber: 1, values: TAGS.map(([name, addressPrefixes]) => ({ name, properties: { addressPrefixes } })) }),
  ],
  ...['bad hosts', 'nets_100%'].map((name): [string, string] => [
    `${name}.txt`,
    LISTS.flatMap(([list, cidr]) => (list === name ? [cidr] : [])).join('\n'),
  ]),
  [
    'ended.json',
    JSON.stringify({
      type: 'bundle',
      objects: LISTS.flatMap(([list, cidr, valid_until]) =>
        list === 'ended' ? [{ type: 'indicator', pattern: `[ipv4-addr:value = '${cidr}']`, valid_until }] : [],
      ),
    }),
  ],
  ['hosts', HOSTS.map((row) => row.join(' ')).join('\n')],
  [
    'inventory.json',
    JSON.stringify([
      ...NICS.map(({ mac, address, vm, vnet, subnet }) => ({
        id: `/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/networkInterfaces/${vm}-nic`,
        macAddress: mac,
        ipConfigurations: [{ privateIPAddress: address, subnet: { id: subnetId(vnet, subnet) } }],
        virtualMachine: { id: `/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/${vm}` },
      })),
      ...VNETS.map(({ name, space, subnets, peers }) => ({
        id: vnetId(name),
        name,
        addressSpace: { addressPrefixes: [space] },
        subnets: subnets.map(([subnet, addressPrefix]) => ({ id: subnetId(name, subnet), name: subnet, addressPrefix })),
        virtualNetworkPeerings: peers.map((peer) => ({ remoteVirtualNetwork: { id: vnetId(peer) } })),
      })),
    ]),
  ],
]

/** The same files as the server reads them. */
export const KNOWN = Known.of(
  FILES.flatMap(([path, content]) => readFound(path, Buffer.from(content)).sets),
  'a digest',
)

/** Writes them into a folder below this directory, for a server to read. */
export function writeContextFiles(dir: string): string {
  const folder = join(dir, 'context')
  mkdirSync(folder)
  for (const [path, content] of FILES) writeFileSync(join(folder, path), content)
  return folder
}

const size = ({ first, last }: AddressRange) => last - first
const holds = (cidr: string, address: bigint) => parseCidr(cidr)!.first <= address && address <= parseCidr(cidr)!.last
const narrowest = <T>(rows: readonly T[], cidrOf: (row: T) => string, address: bigint): T[] =>
  rows.filter((row) => holds(cidrOf(row), address)).sort((a, b) => (size(parseCidr(cidrOf(a))!) < size(parseCidr(cidrOf(b))!) ? -1 : 1))

type End = 'src' | 'dst'

interface Whose {
  vm: string | null
  subnet: string | null
  vnet: string | null
}

/** Returns all candidates for an end. */
function whose(fact: Fact, end: End, address: bigint): Whose[] {
  const isOwn = end === (fact.dir === 'in' ? 'dst' : 'src')
  const logger = fact.mac === '' ? undefined : NICS.find(({ mac }) => mac === fact.mac)
  const nic = (one: (typeof NICS)[number]) => ({ vm: one.vm, subnet: `${one.vnet}/${one.subnet}`, vnet: one.vnet })
  if (isOwn && logger) return [nic(logger)]
  const near = VNETS.filter(
    ({ name, peers }) =>
      !logger ||
      name === logger.vnet ||
      peers.includes(logger.vnet) ||
      VNETS.some((other) => other.name === logger.vnet && other.peers.includes(name)),
  )
  const isNear = (vnet: string) => near.some(({ name }) => name === vnet)
  const nics = NICS.filter(
    (one) => parseAddress(one.address) === address && isNear(one.vnet) && !(isOwn && fact.mac !== '' && one.mac !== ''),
  )
  if (nics.length > 0) return nics.map(nic)
  const subnets = near.flatMap(({ name, subnets }) =>
    subnets.filter(([, cidr]) => holds(cidr, address)).map(([subnet]) => ({ vm: null, subnet: `${name}/${subnet}`, vnet: name })),
  )
  if (subnets.length > 0) return subnets
  return near.filter(({ space }) => holds(space, address)).map(({ name }) => ({ vm: null, subnet: null, vnet: name }))
}

function one(texts: readonly (string | null)[]): string[] {
  const distinct = [...new Set(texts)]
  if (distinct.length > 1) return ['ambiguous']
  return distinct[0] == null ? [] : [distinct[0]]
}

/** Returns all values for an end, the one for grouping first. */
function toldOf(fact: Fact, end: End, name: ContextName): string[] {
  const address = parseAddress(fact[end])!
  if (name === 'net') return [addressScope(address)]
  if (name === 'country')
    return narrowest(COUNTRIES, ([cidr]) => cidr, address)
      .slice(0, 1)
      .map(([, code]) => code)
  if (name === 'asn' || name === 'org') {
    const found = narrowest(SYSTEMS, ([cidr]) => cidr, address).slice(0, 1)
    return found.map(([, asn, org]) => (name === 'asn' ? asn : org))
  }
  if (name === 'tag') {
    const rows = TAGS.flatMap(([tag, cidrs]) => cidrs.map((cidr) => ({ tag, cidr })))
    return narrowest(rows, ({ cidr }) => cidr, address)
      .sort((a, b) => Number(size(parseCidr(a.cidr)!) - size(parseCidr(b.cidr)!)) || (a.tag < b.tag ? -1 : 1))
      .map(({ tag }) => tag)
  }
  if (name === 'list') {
    const rows = LISTS.filter(([, , until]) => until === null || Date.parse(fact.time) < Date.parse(until))
    return narrowest(rows, ([, cidr]) => cidr, address)
      .sort((a, b) => Number(size(parseCidr(a[1])!) - size(parseCidr(b[1])!)) || (a[0] < b[0] ? -1 : 1))
      .map(([list]) => list)
  }
  const found = whose(fact, end, address)
  if (name !== 'name') return one(found.map((it) => it[name]))
  const host = HOSTS.find(([written]) => parseAddress(written) === address)
  return host ? [host[1]] : one(found.map(({ vm }) => vm))
}

/** Returns a fact's values of a context field, for each end that it concerns. */
export function toldAt(fact: Fact, field: FilterField): string[][] {
  const { name, end } = fieldOf(field).context!
  return (end === null ? (['src', 'dst'] as const) : [end]).map((own) => toldOf(fact, own, name))
}

/** Values of context fields for random filters. */
export const CONTEXT_VALUES: Readonly<Record<ContextName, readonly string[]>> = {
  net: ['public', 'private', 'link-local', 'reserved', 'loopback', 'shared'],
  country: ['NL', 'ru', 'DE', 'FR', 'none', '*', 'n*', 'ZZ'],
  asn: ['64500', 'AS64501', '64500..64501', 'none', '4200000000', '1'],
  org: ['"Big, Inc."', '"scan & sons"', 'big*', 'none', '*'],
  tag: ['Storage', 'Storage*', 'storage.westus', 'AzureCloud', 'none', '*'],
  list: ['"bad hosts"', 'ended', '"nets_100%"', 'none', '*', 'e*'],
  name: ['four.example', 'scanner', 'vm-*', 'vm-b', 'none', '*', 'ambiguous'],
  vm: ['vm-a', 'VM-B', 'vm-*', 'none', '*', 'ambiguous'],
  subnet: ['hub/web', 'web', 'lone/*', 'db', 'none', '*', 'ambiguous'],
  vnet: ['hub', 'lone', 'spoke', 'none', '*', 'ambiguous'],
}
