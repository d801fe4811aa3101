import type { Inventory, Nic, VNet } from './inventory'

/** Merges the inventories of all files. A resource that is in several files becomes one; later files fill in what earlier ones lack. */
export function merged(inventories: readonly Inventory[]): Inventory {
  const nics = new Map<string, Nic>()
  const vnets = new Map<string, VNet>()
  const publicIps = new Map(inventories.flatMap((one) => one.publicIps).map((one) => [one.id, one]))
  const vms = inventories.flatMap((one) => one.vms)
  const vmOf = new Map(vms.flatMap(({ name, nics: own }) => own.map((id): [string, string] => [id, name])))
  for (const nic of inventories.flatMap((one) => one.nics)) {
    const key = nic.id || nic.mac
    const known = nics.get(key)
    nics.set(key, {
      id: nic.id,
      mac: nic.mac || known?.mac || '',
      vm: nic.vm ?? known?.vm ?? vmOf.get(nic.id) ?? null,
      addresses: nic.addresses.length > 0 ? nic.addresses : (known?.addresses ?? []),
      publicIds: nic.publicIds.length > 0 ? nic.publicIds : (known?.publicIds ?? []),
      subnet: nic.subnet ?? known?.subnet ?? null,
      forwards: nic.forwards || (known?.forwards ?? false),
    })
  }
  for (const vnet of inventories.flatMap((one) => one.vnets)) {
    const known = vnets.get(vnet.id)
    const subnets = new Map([...(known?.subnets ?? []), ...vnet.subnets].map((one) => [one.id, one]))
    vnets.set(vnet.id, {
      id: vnet.id,
      name: vnet.name,
      prefixes: vnet.prefixes.length > 0 ? vnet.prefixes : (known?.prefixes ?? []),
      subnets: [...subnets.values()],
      peers: [...new Set([...(known?.peers ?? []), ...vnet.peers])],
    })
  }
  for (const { subnet } of nics.values()) addSubnet(vnets, subnet)
  return { nics: [...nics.values()], vnets: [...vnets.values()], publicIps: [...publicIps.values()], vms: [] }
}

/** Adds a subnet that only a NIC refers to. */
function addSubnet(vnets: Map<string, VNet>, id: string | null): void {
  const [owner = '', name = ''] = id?.split('/subnets/') ?? []
  if (id === null || name === '') return
  const vnet = vnets.get(owner) ?? { id: owner, name: owner.split('/').at(-1)!, prefixes: [], subnets: [], peers: [] }
  vnets.set(owner, vnet)
  if (!vnet.subnets.some((one) => one.id === id)) vnet.subnets.push({ id, name, prefixes: [] })
}

/** Returns the part of an inventory that concerns only NICs with these MACs, with their VNets and subnets. */
export function permitted(inventory: Inventory, macs: ReadonlySet<string>): Inventory {
  const nics = inventory.nics.filter(({ mac }) => mac !== '' && macs.has(mac))
  const subnets = new Set(nics.map(({ subnet }) => subnet))
  const publicIds = new Set(nics.flatMap((nic) => nic.publicIds))
  const vnets = inventory.vnets
    .map((vnet) => ({ ...vnet, subnets: vnet.subnets.filter(({ id }) => subnets.has(id)) }))
    .filter((vnet) => vnet.subnets.length > 0)
  const kept = new Set(vnets.map(({ id }) => id))
  return {
    nics,
    vnets: vnets.map((vnet) => ({ ...vnet, peers: vnet.peers.filter((id) => kept.has(id)) })),
    publicIps: inventory.publicIps.filter(({ id }) => publicIds.has(id)),
    vms: [],
  }
}
