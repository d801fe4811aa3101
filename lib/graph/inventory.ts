import { Problem } from '@/lib/flow/problem'
import { type Graph, type Resource, resources } from './resources'

/** Properties that are kept of each type: what is told of addresses, and rules. */
const KEPT: Readonly<Record<string, readonly string[]>> = {
  'microsoft.network/networkinterfaces': ['macAddress', 'ipConfigurations', 'virtualMachine', 'networkSecurityGroup', 'enableIPForwarding'],
  'microsoft.network/virtualnetworks': ['addressSpace', 'subnets', 'virtualNetworkPeerings'],
  'microsoft.network/publicipaddresses': ['ipAddress'],
  'microsoft.compute/virtualmachines': ['networkProfile'],
  'microsoft.network/networksecuritygroups': ['securityRules', 'defaultSecurityRules', 'subnets', 'networkInterfaces'],
}

/** In one order, so that the same resources are the same file. */
const QUERY = `resources
| where type in~ (${Object.keys(KEPT)
  .map((type) => `'${type}'`)
  .join(', ')})
| project id, name, type, location, properties
| order by id asc`

/** What changes without a change of the resource. */
const VOLATILE = new Set(['etag', 'provisioningState', 'resourceGuid'])

function kept({ properties, ...rest }: Resource): Resource {
  const names = KEPT[String(rest.type).toLowerCase()]
  if (names === undefined || typeof properties !== 'object' || properties === null) return rest
  return { ...rest, properties: Object.fromEntries(Object.entries(properties).filter(([name]) => names.includes(name))) }
}

/**
 * NICs, VNets, public addresses, machines and NSGs that the identity may read, as a file of context (`{data: […]}`).
 * @throws Problem `source` or `denied`; also where there are none, because Resource Graph leaves out what may not be read.
 */
export async function readInventory(graph: Graph): Promise<string> {
  const data: Resource[] = []
  for await (const page of resources(QUERY, graph)) data.push(...page.map(kept))
  if (data.length === 0)
    throw new Problem('denied', 'Azure Resource Graph returned nothing: give this server’s identity the role Reader on the subscriptions')
  return JSON.stringify({ data }, (key, value: unknown) => (VOLATILE.has(key) ? undefined : value), 1)
}
