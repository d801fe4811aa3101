import { Problem } from '@/lib/flow/problem'
import { type Graph, type Resource, resources } from './resources'

/** Properties to keep of each type: facts about addresses, and rules. */
const KEPT: Readonly<Record<string, readonly string[]>> = {
  'microsoft.network/networkinterfaces': ['macAddress', 'ipConfigurations', 'virtualMachine', 'networkSecurityGroup', 'enableIPForwarding'],
  'microsoft.network/virtualnetworks': ['addressSpace', 'subnets', 'virtualNetworkPeerings'],
  'microsoft.network/publicipaddresses': ['ipAddress'],
  'microsoft.compute/virtualmachines': ['networkProfile'],
  'microsoft.network/networksecuritygroups': ['securityRules', 'defaultSecurityRules', 'subnets', 'networkInterfaces'],
}

/** The fixed order makes the file the same for the same resources. */
const QUERY = `resources
| where type in~ (${Object.keys(KEPT)
  .map((type) => `'${type}'`)
  .join(', ')})
| project id, name, type, location, properties
| order by id asc`

/** Properties that change although the resource does not. */
const VOLATILE = new Set(['etag', 'provisioningState', 'resourceGuid'])

function kept({ properties, ...rest }: Resource): Resource {
  const names = KEPT[String(rest.type).toLowerCase()]
  if (names === undefined || typeof properties !== 'object' || properties === null) return rest
  return { ...rest, properties: Object.fromEntries(Object.entries(properties).filter(([name]) => names.includes(name))) }
}

/**
 * Reads the NICs, VNets, public addresses, machines and NSGs that the identity may read, as a context file (`{data: […]}`).
 * @throws Problem `source` or `denied`; `denied` also if there are no resources, because Resource Graph leaves out those that may not be read
 */
export async function readInventory(graph: Graph): Promise<string> {
  const data: Resource[] = []
  for await (const page of resources(QUERY, graph)) data.push(...page.map(kept))
  if (data.length === 0)
    throw new Problem('denied', 'Azure Resource Graph returned nothing: give this server’s identity the role Reader on the subscriptions')
  return JSON.stringify({ data }, (key, value: unknown) => (VOLATILE.has(key) ? undefined : value), 1)
}
