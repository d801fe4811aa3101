const SUBSCRIPTION = '5f1a7c3e-0d42-4b8e-9c11-2a7d90e4b6f3'
const UPPER = SUBSCRIPTION.toUpperCase()

export const NSG_CONTAINER = 'insights-logs-networksecuritygroupflowevent'
export const VNET_CONTAINER = 'insights-logs-flowlogflowevent'

interface NsgLog {
  kind: 'nsg'
  version: 1 | 2
  container: string
  /** Beginning of the blob names, up to `/y=`. */
  scope: string
  resourceId: string
  systemId: string
}

interface VnetLog {
  kind: 'vnet'
  container: string
  scope: string
  flowLogResourceID: string
  flowLogGUID: string
  targetResourceID: string
}

export interface DemoNic {
  name: string
  mac: string
  /** The first is the primary one. */
  addresses: readonly string[]
  address6: string | null
  /** Resource id of the network security group, in its original case. */
  nsg: string
  log: NsgLog | VnetLog
  /** Time after the full minute at which its records are flushed, more than two seconds. Milliseconds. */
  flushAt: number
  /** Reachable from the internet. */
  open: boolean
}

function nsgLog(name: string, group: string, version: 1 | 2, systemId: string): NsgLog {
  const resourceId = `/SUBSCRIPTIONS/${UPPER}/RESOURCEGROUPS/${group}/PROVIDERS/MICROSOFT.NETWORK/NETWORKSECURITYGROUPS/${name}`
  return { kind: 'nsg', version, container: NSG_CONTAINER, scope: `resourceId=${resourceId}`, resourceId, systemId }
}

const DMZ = nsgLog('DMZ-NSG', 'RG-DMZ-PROD', 2, '1c9a52f0-7d3b-4f6e-a0b4-6e0f3d8c2b17')
const BUILD = nsgLog('BUILD-NSG', 'RG-BUILD', 1, '8e4d61b3-25c7-49aa-b8f2-93d07c51ae64')

const CORE: VnetLog = {
  kind: 'vnet',
  container: VNET_CONTAINER,
  scope: `flowLogResourceID=/${UPPER}_NETWORKWATCHERRG/NETWORKWATCHER_WESTEUROPE_CORE-VNET-FLOWLOG`,
  flowLogResourceID: `/SUBSCRIPTIONS/${UPPER}/RESOURCEGROUPS/NETWORKWATCHERRG/PROVIDERS/MICROSOFT.NETWORK/NETWORKWATCHERS/NETWORKWATCHER_WESTEUROPE/FLOWLOGS/CORE-VNET-FLOWLOG`,
  flowLogGUID: 'd27b90c4-613e-4a58-8f3d-50c7be19a2d6',
  targetResourceID: `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-core-prod/providers/Microsoft.Network/virtualNetworks/core-vnet`,
}

function nsgId(group: string, name: string): string {
  return `/subscriptions/${SUBSCRIPTION}/resourceGroups/${group}/providers/Microsoft.Network/networkSecurityGroups/${name}`
}

function sites(first: number): string[] {
  return Array.from({ length: 6 }, (_, i) => `10.10.1.${first + i}`)
}

/** Two web front ends with a site on each of their addresses, in the DMZ that still has its NSG flow log. */
export const WEB: readonly DemoNic[] = [
  {
    name: 'web-01',
    mac: '00224891A3C4',
    addresses: ['10.10.1.4', ...sites(16)],
    address6: '2001:db8:10:1::4',
    nsg: nsgId('rg-dmz-prod', 'dmz-nsg'),
    log: DMZ,
    flushAt: 7_000,
    open: true,
  },
  {
    name: 'web-02',
    mac: '00224891A9F0',
    addresses: ['10.10.1.5', ...sites(32)],
    address6: '2001:db8:10:1::5',
    nsg: nsgId('rg-dmz-prod', 'dmz-nsg'),
    log: DMZ,
    flushAt: 22_000,
    open: true,
  },
]

function core(name: string, mac: string, address: string, nsg: string, flushAt: number, open = false): DemoNic {
  return { name, mac, addresses: [address], address6: null, nsg: nsgId('rg-core-prod', nsg), log: CORE, flushAt, open }
}

export const APP = core('app-01', '6045BD8A1F20', '10.20.2.4', 'app-nsg', 31_000)
export const DB = core('db-01', '6045BD8A44B7', '10.20.3.4', 'db-nsg', 40_000)
export const JUMP = core('jump-01', '000D3A5E7710', '10.20.0.4', 'mgmt-nsg', 49_000, true)
export const DC = core('dc-01', '000D3A5E7C82', '10.20.0.5', 'mgmt-nsg', 53_000)

export const BUILD_HOST: DemoNic = {
  name: 'build-01',
  mac: '7C1E52640B3D',
  addresses: ['10.30.1.4'],
  address6: null,
  nsg: nsgId('rg-build', 'build-nsg'),
  log: BUILD,
  flushAt: 14_000,
  open: false,
}

/** NICs in the order of their flushes within a minute. */
export const NICS: readonly DemoNic[] = [...WEB, APP, DB, JUMP, DC, BUILD_HOST].sort((a, b) => a.flushAt - b.flushAt)

/**
 * Internet addresses in ranges that nobody uses: the documentation ranges (RFC 5737, RFC 3849) and the benchmarking range 198.18.0.0/15 (RFC 2544).
 * 168.63.129.16 is the address of Azure's platform inside every virtual network.
 */
export const STRANGERS = {
  platform: '168.63.129.16',
  time: '192.0.2.123',
  monitor: '192.0.2.16',
  backup: '192.0.2.80',
  updates: ['192.0.2.40', '192.0.2.41', '192.0.2.42', '192.0.2.43'],
  packages: ['192.0.2.60', '192.0.2.61'],
  mail: '192.0.2.25',
  intruder: '203.0.113.77',
  beacon: '192.0.2.200',
  drop: '198.51.100.211',
} as const

/** Visitors of the web sites: a few come often, most come once. */
export function visitor(rank: number): string {
  const host = Math.floor(rank * rank * rank * 24_000)
  const mixed = (host * 40_503 + 12_289) % 65_536
  return `198.18.${mixed >> 8}.${mixed & 255}`
}

export function visitor6(rank: number): string {
  const host = Math.floor(rank * rank * 3_000)
  return `2001:db8:${(0x1000 + (host % 61)).toString(16)}:${(host + 1).toString(16)}::${((host * 37) % 0xffff).toString(16)}`
}

/** Scanners of a shared network, and the crowd of infected machines. */
export function scanner(host: number): string {
  return `198.51.100.${1 + (host % 126)}`
}

export function scanner6(host: number): string {
  return `2001:db8:f00d:${(host % 7) + 1}::${(host + 16).toString(16)}`
}

export function bot(host: number): string {
  return `198.19.${(host >> 8) & 255}.${host & 255}`
}
