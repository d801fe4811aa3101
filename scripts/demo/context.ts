import { mkdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type DemoNic, NICS, STRANGERS } from './traffic/network'

/** Invented context for the demo, in address ranges that are reserved for documentation. */

const VNETS = [
  {
    name: 'dmz-vnet',
    group: 'rg-dmz-prod',
    space: ['10.10.0.0/16', '2001:db8:10::/48'],
    subnets: { web: ['10.10.1.0/24', '2001:db8:10:1::/64'] },
    peers: ['core-vnet'],
  },
  {
    name: 'core-vnet',
    group: 'rg-core-prod',
    space: ['10.20.0.0/16'],
    subnets: { mgmt: ['10.20.0.0/24'], app: ['10.20.2.0/24'], db: ['10.20.3.0/24'] },
    peers: ['dmz-vnet', 'build-vnet'],
  },
  { name: 'build-vnet', group: 'rg-build', space: ['10.30.0.0/16'], subnets: { agents: ['10.30.1.0/24'] }, peers: ['core-vnet'] },
] as const

/** Networks of the internet, with their organisations. */
const NETWORKS: readonly [cidr: string, asn: number, org: string, country: string][] = [
  ['192.0.2.0/25', 64496, 'Contoso Cloud Services', 'NL'],
  ['192.0.2.25', 64497, 'Fabrikam Mail, Inc.', 'US'],
  ['192.0.2.192/26', 64498, 'Nightglass VPS', 'SC'],
  ['203.0.113.0/24', 64499, 'Quiet Harbour Hosting, Ltd.', 'PA'],
  ['198.51.100.0/25', 64500, 'Census Scanning Project', 'US'],
  ['198.51.100.128/25', 64501, 'Paperbox File Drop', 'SC'],
  ['198.18.0.0/17', 64502, 'Northwind Broadband', 'DE'],
  ['198.18.128.0/17', 64503, 'Adatum Mobile', 'FR'],
  ['198.19.0.0/16', 64504, 'Tailspin Telecom', 'BR'],
  ['2001:db8:f00d::/48', 64500, 'Census Scanning Project', 'US'],
  ['2001:db8:1000::/36', 64502, 'Northwind Broadband', 'DE'],
]

const TAGS: readonly [name: string, prefixes: string[]][] = [
  ['AzureCloud', ['192.0.2.0/25']],
  ['AzureCloud.westeurope', ['192.0.2.0/26', '192.0.2.80/28']],
  ['AzureUpdateDelivery', ['192.0.2.40/30']],
  ['Storage.WestEurope', ['192.0.2.60/31']],
  ['AzureBackup', ['192.0.2.80/32']],
  ['AzureMonitor', ['192.0.2.16/32']],
]

const HOSTS: readonly [address: string, name: string][] = [
  [STRANGERS.time, 'time.example'],
  [STRANGERS.mail, 'mail.example'],
]

const SUBSCRIPTION = '/subscriptions/5f1a7c3e-0d42-4b8e-9c11-2a7d90e4b6f3/resourceGroups'
const networkId = (group: string, type: string, name: string) => `${SUBSCRIPTION}/${group}/providers/Microsoft.Network/${type}/${name}`

function vnetOf({ addresses }: DemoNic): (typeof VNETS)[number] {
  const start = addresses[0]!.split('.').slice(0, 2).join('.')
  return VNETS.find(({ space }) => space[0].startsWith(start))!
}

function nicJson(nic: DemoNic) {
  const vnet = vnetOf(nic)
  const [subnet] = Object.entries(vnet.subnets).find(([, [cidr]]) => nic.addresses[0]!.startsWith(cidr!.split('.').slice(0, 3).join('.')))!
  const id = networkId(vnet.group, 'virtualNetworks', vnet.name)
  return {
    id: networkId(vnet.group, 'networkInterfaces', `${nic.name}-nic`),
    name: `${nic.name}-nic`,
    macAddress: nic.mac.replace(/..(?=.)/g, '$&-'),
    ipConfigurations: [...nic.addresses, ...(nic.address6 === null ? [] : [nic.address6])].map((privateIPAddress) => ({
      privateIPAddress,
      subnet: { id: `${id}/subnets/${subnet}` },
    })),
    networkSecurityGroup: { id: nic.nsg },
    virtualMachine: { id: `${SUBSCRIPTION}/${vnet.group}/providers/Microsoft.Compute/virtualMachines/${nic.name}` },
  }
}

function vnetJson({ name, group, space, subnets, peers }: (typeof VNETS)[number]) {
  const id = networkId(group, 'virtualNetworks', name)
  return {
    id,
    name,
    addressSpace: { addressPrefixes: space },
    subnets: Object.entries(subnets).map(([subnet, addressPrefixes]) => ({ id: `${id}/subnets/${subnet}`, name: subnet, addressPrefixes })),
    virtualNetworkPeerings: peers.map((peer) => ({
      remoteVirtualNetwork: { id: networkId(VNETS.find((other) => other.name === peer)!.group, 'virtualNetworks', peer) },
      peeringState: 'Connected',
    })),
  }
}

const json = (value: unknown) => JSON.stringify(value, null, 2)

/** Returns the files by name. */
export function contextFiles(): Record<string, string> {
  return {
    'inventory.json': json([...NICS.map(nicJson), ...VNETS.map(vnetJson)]),
    'networks.csv': ['network,asn,organisation', ...NETWORKS.map(([cidr, asn, org]) => `${cidr},${asn},"${org}"`)].join('\n'),
    'countries.csv': ['network,country_code', ...NETWORKS.map(([cidr, , , country]) => `${cidr},${country}`)].join('\n'),
    'service-tags.json': json({
      changeNumber: 1,
      cloud: 'Public',
      values: TAGS.map(([name, addressPrefixes]) => ({ name, id: name, properties: { addressPrefixes } })),
    }),
    'command-and-control.txt': `# addresses that reported malware called home to\n${STRANGERS.beacon}\n`,
    hosts: HOSTS.map((row) => row.join(' ')).join('\n'),
  }
}

/** Writes the files to a folder, after emptying it. */
export async function writeContext(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  for (const [name, content] of Object.entries(contextFiles())) await writeFile(path.join(folder, name), content)
}
