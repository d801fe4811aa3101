import { describe, expect, it, test } from 'vitest'
import { Known } from '@/lib/context/known'
import { readFound } from '@/lib/context/read/read-file'
import { untilWanted } from '@/lib/context/wanted'
import { parseAddress } from '@/lib/flow/address/address'
import type { ContextName } from '@/lib/flow/field/context'

const SUB = '/subscriptions/0000/resourceGroups/rg/providers/Microsoft'
const vnetId = (name: string) => `${SUB}.Network/virtualNetworks/${name}`
const subnetId = (vnet: string, name: string) => `${vnetId(vnet)}/subnets/${name}`
const nicId = (name: string) => `${SUB}.Network/networkInterfaces/${name}`
const vmId = (name: string) => `${SUB}.Compute/virtualMachines/${name}`
const read = (...values: unknown[]) =>
  Known.of(
    values.flatMap((value) => {
      const { sets, failure } = readFound('i.json', Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)))
      if (failure) throw new Error(failure.reason)
      return sets
    }),
    'x',
  )
const told = (known: Known, name: ContextName, address: string, mac: string, own: boolean) =>
  known.told(name, parseAddress(address)!, known.whose!.placeOf(mac, own)).map(({ text }) => text)

const flat = (name: string, mac: string | null, address: string, vnet: string, subnet = 'web') => ({
  id: nicId(name),
  name,
  macAddress: mac,
  ipConfigurations: [{ privateIPAddress: address, subnet: { id: subnetId(vnet, subnet) } }],
  virtualMachine: { id: vmId(`vm-${name}`) },
})

const shapes: [what: string, value: unknown][] = [
  ['new CLI', [flat('one', '00-22-48-B3-00-8F', '10.0.0.4', 'hub')]],
  [
    'old CLI',
    [
      {
        id: nicId('one'),
        macAddress: '00-22-48-B3-00-8F',
        enableIpForwarding: false,
        ipConfigurations: [{ privateIpAddress: '10.0.0.4', subnet: { id: subnetId('hub', 'web') }, publicIpAddress: null }],
        virtualMachine: { id: vmId('vm-one') },
      },
    ],
  ],
  [
    'REST',
    {
      value: [
        {
          id: nicId('one'),
          type: 'Microsoft.Network/networkInterfaces',
          properties: {
            macAddress: '00-22-48-B3-00-8F',
            ipConfigurations: [{ properties: { privateIPAddress: '10.0.0.4', subnet: { id: subnetId('hub', 'web') } } }],
            virtualMachine: { id: vmId('vm-one') },
          },
        },
      ],
    },
  ],
  [
    'Resource Graph, with the VM apart',
    {
      data: [
        {
          id: nicId('one'),
          type: 'microsoft.network/networkinterfaces',
          properties: {
            macAddress: '00-22-48-B3-00-8F',
            ipConfigurations: [{ properties: { privateIPAddress: '10.0.0.4', subnet: { id: subnetId('hub', 'web') } } }],
          },
        },
        {
          id: vmId('vm-one'),
          name: 'vm-one',
          type: 'microsoft.compute/virtualmachines',
          properties: { networkProfile: { networkInterfaces: [{ id: nicId('one') }] } },
        },
      ],
    },
  ],
  [
    'PowerShell, wrapped',
    {
      NewNIC: {
        Id: nicId('one'),
        MacAddress: '00-22-48-B3-00-8F',
        IpConfigurations: [{ PrivateIpAddress: '10.0.0.4', Subnet: { Id: subnetId('hub', 'web') } }],
        VirtualMachine: { Id: vmId('vm-one') },
      },
    },
  ],
]

test.each(shapes)('%s finds the NIC of a MAC', (_what, value) => {
  const known = read(value)
  expect(known.nics).toBe(1)
  expect(told(known, 'vm', '10.0.0.4', '002248B3008F', true)).toEqual(['vm-one'])
  expect(told(known, 'subnet', '10.0.0.4', '002248B3008F', true)).toEqual(['hub/web'])
  expect(told(known, 'vnet', '10.0.0.4', '002248B3008F', true)).toEqual(['hub'])
  expect(told(known, 'name', '10.0.0.4', '002248B3008F', true)).toEqual(['vm-one'])
})

describe('addresses that repeat', () => {
  const known = read(
    [
      flat('one', '00-00-00-00-00-01', '10.0.0.4', 'hub'),
      flat('two', '00-00-00-00-00-02', '10.0.0.4', 'lone'),
      flat('three', '00-00-00-00-00-03', '10.1.0.4', 'spoke'),
      flat('four', '00-00-00-00-00-04', '10.0.0.5', 'hub'),
      flat('five', null, '10.0.0.9', 'lone'),
      { ...flat('router', '00-00-00-00-00-06', '10.0.0.6', 'hub'), enableIPForwarding: true },
    ],
    [
      {
        id: vnetId('hub'),
        name: 'hub',
        addressSpace: { addressPrefixes: ['10.0.0.0/16'] },
        subnets: [{ id: subnetId('hub', 'web'), name: 'web', addressPrefix: '10.0.0.0/24' }],
        virtualNetworkPeerings: [{ remoteVirtualNetwork: { id: vnetId('spoke') }, peeringState: 'Connected' }],
      },
      { id: vnetId('spoke'), name: 'spoke', addressSpace: { addressPrefixes: ['10.1.0.0/16'] }, subnets: [] },
      {
        id: vnetId('lone'),
        name: 'lone',
        addressSpace: { addressPrefixes: ['10.0.0.0/16'] },
        subnets: [{ name: 'web', addressPrefixes: ['10.0.0.0/24'] }],
      },
    ],
  )
  const cases: [what: string, name: ContextName, address: string, mac: string, own: boolean, says: string[]][] = [
    ['own end by its MAC', 'vm', '10.0.0.4', '000000000001', true, ['vm-one']],
    ['own end by its MAC', 'vm', '10.0.0.4', '000000000002', true, ['vm-two']],
    ['other end in the same VNet', 'vm', '10.0.0.4', '000000000004', false, ['vm-one']],
    ['other end in another VNet', 'vm', '10.0.0.4', '000000000002', false, ['vm-two']],
    ['other end in a peer', 'vm', '10.1.0.4', '000000000004', false, ['vm-three']],
    ['a peering holds both ways', 'vm', '10.0.0.5', '000000000003', false, ['vm-four']],
    ['no peer', 'vm', '10.1.0.4', '000000000002', false, []],
    ['an unknown NIC could mean any', 'vm', '10.0.0.4', 'FFFFFFFFFFFF', false, ['ambiguous']],
    ['an unknown NIC, where there is one', 'vm', '10.1.0.4', 'FFFFFFFFFFFF', false, ['vm-three']],
    ['own end of an unknown NIC is none of those with a MAC', 'vm', '10.1.0.4', 'FFFFFFFFFFFF', true, []],
    ['own end of an unknown NIC may be one without a MAC', 'vm', '10.0.0.9', 'FFFFFFFFFFFF', true, ['vm-five']],
    ['subnet without a NIC', 'subnet', '10.0.0.77', '000000000004', false, ['hub/web']],
    ['subnet that could be either', 'subnet', '10.0.0.77', 'FFFFFFFFFFFF', false, ['ambiguous']],
    ['VNet without a subnet', 'vnet', '10.0.7.7', '000000000004', false, ['hub']],
    ['VNet without a subnet', 'subnet', '10.0.7.7', '000000000004', false, []],
    ['stranger', 'vnet', '8.8.8.8', '000000000004', false, []],
    ['a router passes on what is for others', 'vm', '10.0.0.5', '000000000006', true, ['vm-four']],
    ['a router has its own address', 'vm', '10.0.0.6', '000000000006', true, ['vm-router']],
  ]
  test.each(cases)('%s: %s of %s', (_what, name, address, mac, own, says) => {
    expect(told(known, name, address, mac, own)).toEqual(says)
  })

  it('lists the candidates', () => {
    expect(known.candidates(parseAddress('10.0.0.4')!, known.whose!.placeOf('', false))).toEqual([
      'vm-one in hub/web',
      'vm-two in lone/web',
    ])
  })

  it('hides NICs whose logs the person may not read', () => {
    const own = known.for(new Set(['000000000004']))
    expect(told(own, 'vm', '10.0.0.5', '000000000004', true)).toEqual(['vm-four'])
    expect(told(own, 'vm', '10.0.0.4', '000000000004', false)).toEqual([])
    expect(told(own, 'vnet', '10.1.0.4', '000000000004', false)).toEqual([])
    expect(own.nics).toBe(1)
  })
})

it('also matches a subnet by its own name', () => {
  const known = read([flat('one', '00-00-00-00-00-01', '10.0.0.4', 'hub')])
  const wanted = (...parts: string[]) => ({ any: false, names: [parts], numbers: [] })
  const until = (...parts: string[]) =>
    untilWanted('subnet', wanted(...parts))(known.told('subnet', parseAddress('10.0.0.4')!, known.whose!.placeOf('000000000001', true)))
  expect([until('hub/web'), until('WEB'), until('w', ''), until('hub')].map((one) => one > 0)).toEqual([true, true, true, false])
})

it('finds a machine by its public address', () => {
  const nic = flat('one', '00-00-00-00-00-01', '10.0.0.4', 'hub')
  const withPublic = {
    ...nic,
    ipConfigurations: [{ ...nic.ipConfigurations[0], publicIPAddress: { id: `${SUB}.Network/publicIPAddresses/pip` } }],
  }
  const known = read(
    [withPublic],
    [{ id: `${SUB}.Network/publicIPAddresses/pip`, name: 'pip', ipAddress: '20.1.2.3', publicIPAllocationMethod: 'Static' }],
  )
  expect(told(known, 'vm', '20.1.2.3', '', false)).toEqual(['vm-one'])
})

it('reports unresolved expressions of a template, and keeps NSGs for the review of rules', () => {
  const template = {
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
    resources: [
      {
        type: 'Microsoft.Network/networkInterfaces',
        name: "[parameters('nic')]",
        properties: { ipConfigurations: [{ properties: { privateIPAddress: '10.0.0.4' } }] },
      },
      { type: 'Microsoft.Network/networkSecurityGroups', name: 'nsg', properties: { securityRules: [] } },
    ],
  }
  const { sets } = readFound('t.json', Buffer.from(JSON.stringify(template)))
  expect(sets.map(({ kind, entries }) => [kind, entries])).toEqual([
    ['inventory', 0],
    ['rules', 1],
  ])
  expect(sets[0]!.refused.map(({ reason, sample }) => [reason, sample])).toContainEqual([
    'an expression of a template, which only a deployment resolves',
    "[parameters('nic')]",
  ])
})
