import { type DemoNic, NSG_CONTAINER, VNET_CONTAINER } from '../../scripts/demo/traffic/network'

const SUBSCRIPTION = '5f1a7c3e-0d42-4b8e-9c11-2a7d90e4b6f3'
/** NICs behind one network security group. */
const NICS_PER_GROUP = 8

/** The NIC with a number from 0 on, and the flow log that it writes. */
export function makeNic(index: number, kind: 'nsg' | 'vnet'): DemoNic {
  const group = Math.floor(index / NICS_PER_GROUP)
  const name = `BENCH-NSG-${group}`
  const upper = SUBSCRIPTION.toUpperCase()
  const resourceId = `/SUBSCRIPTIONS/${upper}/RESOURCEGROUPS/RG-BENCH/PROVIDERS/MICROSOFT.NETWORK/NETWORKSECURITYGROUPS/${name}`
  const flowLog = `BENCH-VNET-${group}-FLOWLOG`
  return {
    name: `bench-${index}`,
    mac: (0x002248900000 + index).toString(16).toUpperCase().padStart(12, '0'),
    addresses: [`10.${40 + (index >> 12)}.${(index >> 4) & 255}.${4 + (index & 15)}`],
    address6: `2001:db8:40:${(index + 1).toString(16)}::4`,
    nsg: `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-bench/providers/Microsoft.Network/networkSecurityGroups/${name.toLowerCase()}`,
    log:
      kind === 'nsg'
        ? {
            kind,
            version: 2,
            container: NSG_CONTAINER,
            scope: `resourceId=${resourceId}`,
            resourceId,
            systemId: '1c9a52f0-7d3b-4f6e-a0b4-6e0f3d8c2b17',
          }
        : {
            kind,
            container: VNET_CONTAINER,
            scope: `flowLogResourceID=/${upper}_NETWORKWATCHERRG/NETWORKWATCHER_WESTEUROPE_${flowLog}`,
            flowLogResourceID: `/SUBSCRIPTIONS/${upper}/RESOURCEGROUPS/NETWORKWATCHERRG/PROVIDERS/MICROSOFT.NETWORK/NETWORKWATCHERS/NETWORKWATCHER_WESTEUROPE/FLOWLOGS/${flowLog}`,
            flowLogGUID: 'd27b90c4-613e-4a58-8f3d-50c7be19a2d6',
            targetResourceID: `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-bench/providers/Microsoft.Network/virtualNetworks/bench-vnet-${group}`,
          },
    flushAt: 7_000,
    open: true,
  }
}
