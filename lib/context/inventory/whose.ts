import type { Inventory, Nic, VNet } from './inventory'

/** A candidate for an end of a tuple; texts are null if the inventory lacks them. */
export interface Candidate {
  /** Name by its MAC, from a file of names. */
  named: string | null
  vm: string | null
  /** `VNET/SUBNET`. */
  subnet: string | null
  vnet: string | null
  /** Ids, to distinguish resources with equal names. */
  subnetId: string | null
  vnetId: string | null
}

interface Prefix {
  first: bigint
  last: bigint
}

/** The place at which a tuple was logged, as far as it identifies its ends. */
interface LoggedAt {
  /** MAC of the NIC whose own end it is; null for the other end. */
  mac: string | null
  nic: Nic | null
  /** VNet of the NIC that logged it, or null if the inventory lacks it. */
  vnet: VNet | null
}

function holds(prefixes: readonly Prefix[], address: bigint): boolean {
  return prefixes.some(({ first, last }) => first <= address && address <= last)
}

/**
 * Finds the owner of an address. Private addresses repeat, so the result depends on the place at which the tuple was logged; equal places have equal results. A
 * NIC's own end is identified by its MAC, the other end by its address among the resources of the NIC's VNet and its peers; if the inventory lacks the NIC,
 * among all resources.
 */
export class Whose {
  private readonly byMac: ReadonlyMap<string, Nic>
  private readonly byAddress = new Map<bigint, Nic[]>()
  private readonly subnets = new Map<string, { text: string; vnet: VNet }>()
  /** Ids of the VNets that a VNet's resources may reach, including itself. */
  private readonly reach = new Map<string, Set<string>>()
  private readonly places: LoggedAt[] = []
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
    // A peering may be listed on one side only.
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

  /** Returns the NICs with an address, wherever they are. */
  nicsAt(address: bigint): { id: string; mac: string; known: Candidate }[] {
    return (this.byAddress.get(address) ?? []).map((nic) => ({ id: nic.id, mac: nic.mac, known: this.describe(nic) }))
  }

  /** Returns the ranges that contain all known addresses of other ends. */
  get ranges(): Prefix[] {
    const alone = [...this.byAddress.keys()].map((address) => ({ first: address, last: address }))
    const spaces = this.inventory.vnets.flatMap(({ prefixes, subnets }) => [...prefixes, ...subnets.flatMap((one) => one.prefixes)])
    return [...alone, ...spaces]
  }

  /** Returns the place at which a tuple was logged, for one of its ends, as a number; `own` is the destination inbound and the source outbound. */
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

  /** True if all addresses at a place belong to the same NIC. */
  isFixed(place: number): boolean {
    const { nic } = this.places[place]!
    return nic !== null && !nic.forwards
  }

  /** Returns all candidates for an address: several if it is ambiguous, none if it is unknown. */
  candidates(address: bigint, place: number): Candidate[] {
    const { mac, nic, vnet } = this.places[place]!
    // A router forwards packets for other addresses.
    if (nic && (!nic.forwards || (this.byAddress.get(address) ?? []).includes(nic))) return [this.describe(nic)]
    const found = this.others(address, vnet, mac !== null && nic === null)
    const named = mac === null || nic !== null ? undefined : this.macNames.get(mac)
    if (named === undefined) return found
    const nothing: Candidate = { named, vm: null, subnet: null, vnet: null, subnetId: null, vnetId: null }
    return found.length === 0 ? [nothing] : found.map((one) => ({ ...one, named }))
  }

  /** `isStranger`: the own end of a NIC whose MAC the inventory lacks; it cannot be a NIC with a known MAC. */
  private others(address: bigint, from: VNet | null, isStranger: boolean): Candidate[] {
    const reach = from === null ? null : this.reach.get(from.id)!
    const inReach = (id: string | undefined) => reach === null || (id !== undefined && reach.has(id))
    const isHere = (nic: Nic) => {
      if (isStranger && nic.mac !== '') return false
      // A public address is unique everywhere.
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
