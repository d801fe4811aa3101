/** A network interface of an inventory. Ids are lower case. */
export interface Nic {
  id: string
  /** Twelve upper-case hex digits, or empty if the inventory has none. */
  mac: string
  /** Name of its VM, or null. */
  vm: string | null
  /** Private addresses. */
  addresses: bigint[]
  /** Ids of public addresses. */
  publicIds: string[]
  /** Id of the subnet of its first configuration, or null. */
  subnet: string | null
  /** True if it may carry traffic of other addresses than its own. */
  forwards: boolean
}

export interface Subnet {
  id: string
  name: string
  prefixes: { first: bigint; last: bigint }[]
}

export interface VNet {
  id: string
  name: string
  prefixes: { first: bigint; last: bigint }[]
  subnets: Subnet[]
  /** Ids of its peered VNets. */
  peers: string[]
}

export interface PublicIp {
  id: string
  address: bigint
}

/** Names of virtual machines by the id of a NIC. */
export interface Vm {
  name: string
  nics: string[]
}

/** The resources of an inventory file. */
export interface Inventory {
  nics: Nic[]
  vnets: VNet[]
  publicIps: PublicIp[]
  vms: Vm[]
}

/** A network security group of a file, for reviewing rules: its id in lower case, and its properties. */
export interface Nsg {
  id: string
  name: string
  written: unknown
}
