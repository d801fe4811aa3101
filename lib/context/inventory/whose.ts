import type { Inventory, Nic, VNet } from './inventory'

/** What an end of a tuple may be; texts are null where the inventory does not tell. */
export interface Candidate {
  /** Name by its MAC, which a file of names may have. */
  named: string | null
  vm: string | null
  /** `VNET/SUBNET`. */
  subnet: string | null
  vnet: string | null
  /** Ids, to tell resources with equal names apart. */
  subnetId: string | null
  vnetId: string | null
}

interface Prefix {
  first: bigint
  last: bigint
}

/** Where a tuple was logged, as far as it tells whose its ends are. */
interface Place {
  /** MAC of the NIC whose own end it is; null for other ends. */
  mac: string | null
  nic: Nic | null
  /** VNet of the NIC that logged it, or null where the inventory lacks it. */
  vnet: VNet | null
}

function holds(prefixes: readonly Prefix[], address: bigint): boolean {
  return prefixes.some(({ first, last }) => first <= address && address <= last)
}

/**
 * Tells whose an address is. Private addresses repeat, so it takes where the tuple was logged, as a place: equal places have equal answers. A NIC's own
 * end is told by its MAC, the other end by its address among the resources of the NIC's VNet and of its peers; by all of them where the inventory lacks
 * the NIC.
 */
export class Whose {
  private readonly byMac: ReadonlyMap<string, Nic>
  private readonly byAddress = new Map<bigint, Nic[]>()
  private readonly subnets = new Map<string, { text: string; vnet: VNet }>()
  /** Ids of VNets that resources of a VNet may reach, itself included. */
  private readonly reach = new Map<string, Set<string>>()
  private readonly places: Place[] = []
  private readonly numbers = new Map<string, number>()

  /** `macNames` are names by MAC. */
  constructor(
    private readonly inventory: Inventory,
    private readonly macNames: ReadonlyMap<string, string>,
  ) {
    const { nics, vnets, publicIps } = inventory
    this.byMac = new Map(nics.flatMap((nic): [string, Nic][] => (nic.mac === '' ? [] : [[nic.mac, nic]])))
    for (const vnet of vnets) {
      for (const { id, name } of vnet.subnets) this.subnets.set(id, { text: `${vnet.name}/${name}`, vnet })
      this.reach.set(vnet.id, new Set([vnet.id, ...vnet.peers]))
    }
    // Either side of a peering may be the one that the files tell of.
    for (const { id, peers } of vnets) for (const peer of peers) this.reach.get(peer)?.add(id)
    const publicAddresses = new Map(publicIps.map(({ id, address }) => [id, address]))
    for (const nic of nics) {
      const addresses = [...nic.addresses, ...nic.publicIds.flatMap((id) => publicAddresses.get(id) ?? [])]
      for (const address of new Set(addresses)) {
        const same = this.byAddress.get(address)
        if (same) same.push(nic)
        else this.byAddress.set(address, [nic])
      }
    }
  }

  /** Ranges outside of which it tells other ends nothing. */
  get ranges(): Prefix[] {
    const alone = [...this.byAddress.keys()].map((address) => ({ first: address, last: address }))
    const spaces = this.inventory.vnets.flatMap(({ prefixes, subnets }) => [...prefixes, ...subnets.flatMap((one) => one.prefixes)])
    return [...alone, ...spaces]
  }

  /** Where a tuple was logged, for one of its ends, as a number; `own` is the destination inbound and the source outbound. */
  placeOf(mac: string, own: boolean): number {
    const nic = this.byMac.get(mac) ?? null
    const vnet = nic?.subnet ? (this.subnets.get(nic.subnet)?.vnet ?? null) : null
    const ownMac = own && mac !== '' ? (nic !== null || this.macNames.has(mac) ? mac : 'unknown') : null
    const key = `${ownMac ?? ''} ${vnet?.id ?? ''}`
    let number = this.numbers.get(key)
    if (number === undefined) {
      number = this.places.push({ mac: ownMac, nic: own ? nic : null, vnet }) - 1
      this.numbers.set(key, number)
    }
    return number
  }

  /** True where every address of a place is the same NIC's. */
  isFixed(place: number): boolean {
    const { nic } = this.places[place]!
    return nic !== null && !nic.forwards
  }

  /** Everything that an address could be; several where that cannot be told, none where nothing is known. */
  candidates(address: bigint, place: number): Candidate[] {
    const { mac, nic, vnet } = this.places[place]!
    // A router passes on what is addressed to others.
    if (nic && (!nic.forwards || (this.byAddress.get(address) ?? []).includes(nic))) return [this.describe(nic)]
    const found = this.others(address, vnet, mac !== null && nic === null)
    const named = mac === null || nic !== null ? undefined : this.macNames.get(mac)
    if (named === undefined) return found
    const nothing: Candidate = { named, vm: null, subnet: null, vnet: null, subnetId: null, vnetId: null }
    return found.length === 0 ? [nothing] : found.map((one) => ({ ...one, named }))
  }

  /** `isStranger` for the own end of a NIC whose MAC the inventory lacks: it is none of those whose MACs it has. */
  private others(address: bigint, from: VNet | null, isStranger: boolean): Candidate[] {
    const reach = from === null ? null : this.reach.get(from.id)!
    const inReach = (id: string | undefined) => reach === null || (id !== undefined && reach.has(id))
    const isHere = (nic: Nic) => {
      if (isStranger && nic.mac !== '') return false
      // A public address is the same everywhere.
      return !nic.addresses.includes(address) || inReach(nic.subnet === null ? undefined : this.subnets.get(nic.subnet)?.vnet.id)
    }
    const nics = (this.byAddress.get(address) ?? []).filter(isHere)
    if (nics.length > 0) return nics.map((nic) => this.describe(nic))
    const vnets = this.inventory.vnets.filter(({ id }) => inReach(id))
    const inSubnets = vnets.flatMap((vnet) =>
      vnet.subnets.filter(({ prefixes }) => holds(prefixes, address)).map((subnet) => this.place(vnet, subnet)),
    )
    return inSubnets.length > 0 ? inSubnets : vnets.filter(({ prefixes }) => holds(prefixes, address)).map((vnet) => this.place(vnet, null))
  }

  private place(vnet: VNet, subnet: { id: string; name: string } | null): Candidate {
    const text = subnet === null ? null : `${vnet.name}/${subnet.name}`
    return { named: null, vm: null, subnet: text, subnetId: subnet?.id ?? null, vnet: vnet.name, vnetId: vnet.id }
  }

  private describe({ mac, vm, subnet }: Nic): Candidate {
    const found = subnet === null ? undefined : this.subnets.get(subnet)
    const own = { subnet: found?.text ?? null, subnetId: subnet, vnet: found?.vnet.name ?? null, vnetId: found?.vnet.id ?? null }
    return { named: this.macNames.get(mac) ?? null, vm, ...own }
  }
}
