import type { Inventory, Nic, Nsg, PublicIp, Subnet, Vm } from '@/lib/context/inventory/inventory'
import { readAddress, readMac, readSpan } from './bounds'
import { ResourceFields } from './fields'
import { EntryRefusals, type FoundSet, foundSet } from './found'
import { lineOf } from './text'

/** Deepest nesting of wrappers around resources: `{value: […]}`, `{NewNIC: {…}}`, a template in a deployment. */
const DEEPEST_WRAPPER = 12

type Type = 'nic' | 'vnet' | 'publicIp' | 'vm' | 'nsg' | 'subnet'

const TYPES: Readonly<Record<string, Type>> = {
  networkinterfaces: 'nic',
  virtualnetworks: 'vnet',
  publicipaddresses: 'publicIp',
  virtualmachines: 'vm',
  networksecuritygroups: 'nsg',
  subnets: 'subnet',
}

/** Returns the type of a resource by its type field, else by its id, else by its properties; null for anything else. */
function typeOf(fields: ResourceFields): Type | null {
  const [type, id] = [fields.text('type'), fields.text('id')]
  if (/^microsoft\./i.test(type)) return TYPES[type.split('/').at(-1)!.toLowerCase()] ?? null
  const parts = id.split('/')
  if (parts.length >= 9 && !fields.isReference) return TYPES[parts.at(-2)!.toLowerCase()] ?? null
  if (fields.has('securityrules') || fields.has('defaultsecurityrules')) return 'nsg'
  if (fields.has('addressspace')) return 'vnet'
  if (fields.has('publicipallocationmethod') && fields.has('ipaddress')) return 'publicIp'
  if (fields.has('ipconfigurations') && (fields.has('macaddress') || fields.has('virtualmachine') || fields.has('enableipforwarding')))
    return 'nic'
  return fields.has('networkprofile') && fields.has('hardwareprofile') ? 'vm' : null
}

class InventoryReader {
  readonly inventory: Inventory = { nics: [], vnets: [], publicIps: [], vms: [] }
  readonly nsgs: Nsg[] = []
  readonly refusals = new EntryRefusals()
  readonly seen = new Set<Type>()

  constructor(private readonly text: string) {}

  private refuse(reason: string, sample: string): void {
    this.refusals.add(reason, lineOf(this.text, JSON.stringify(sample)), sample)
  }

  /** Rejects a template's expression, such as `[parameters('name')]`, whose value is unknown before the deployment. */
  private resolved(written: string): string {
    if (!/^\[[^\]]/.test(written) || !written.endsWith(']')) return written
    this.refuse('an expression of a template, which only a deployment resolves', written)
    return ''
  }

  private id(of: ResourceFields | null): string | null {
    return this.resolved(of?.text('id') ?? '').toLowerCase() || null
  }

  private ownId(fields: ResourceFields): string {
    return this.id(fields) ?? this.resolved(fields.text('name')).toLowerCase()
  }

  private spans(written: readonly unknown[]): { first: bigint; last: bigint }[] {
    return written.flatMap((one) => {
      const text = typeof one === 'string' ? this.resolved(one) : ''
      const span = readSpan(text)
      if (span === null && text !== '') this.refuse('no prefix', text)
      return span ? [span] : []
    })
  }

  private prefixes(fields: ResourceFields): { first: bigint; last: bigint }[] {
    const several = fields.values('addressprefixes')
    return this.spans(several.length > 0 ? several : fields.values('addressprefix'))
  }

  private nic(fields: ResourceFields): void {
    const id = this.ownId(fields)
    const written = fields.text('macaddress')
    const mac = readMac(written)
    if (mac === null && written !== '' && this.resolved(written) !== '') this.refuse('no MAC', written)
    const configurations = fields.objects('ipconfigurations')
    const addresses = configurations.flatMap((one) => {
      const text = this.resolved(one.text('privateipaddress'))
      const address = readAddress(text)
      if (address === null && text !== '') this.refuse('no address', text)
      return address === null ? [] : [address]
    })
    if (id === '' && mac === null) {
      this.refuse('a NIC without id and MAC', fields.text('name'))
      return
    }
    const nic: Nic = {
      id,
      mac: mac ?? '',
      vm: this.lastPart(fields.object('virtualmachine')),
      addresses,
      publicIds: configurations.flatMap((one) => this.id(one.object('publicipaddress')) ?? []),
      subnet: configurations.map((one) => this.id(one.object('subnet'))).find((one) => one !== null) ?? null,
      forwards: fields.flag('enableipforwarding'),
    }
    this.inventory.nics.push(nic)
    for (const one of configurations) {
      const publicIp = one.object('publicipaddress')
      if (publicIp?.has('ipaddress')) this.publicIp(publicIp)
    }
  }

  private lastPart(of: ResourceFields | null): string | null {
    return (
      this.resolved(of?.text('id') ?? '')
        .split('/')
        .at(-1) || null
    )
  }

  private subnet(fields: ResourceFields): Subnet | null {
    const [id, name] = [this.id(fields), this.resolved(fields.text('name'))]
    return id === null && name === '' ? null : { id: id ?? '', name: name || id!.split('/').at(-1)!, prefixes: this.prefixes(fields) }
  }

  private vnet(fields: ResourceFields): void {
    const id = this.ownId(fields)
    const name = this.resolved(fields.text('name')) || id.split('/').at(-1)!
    if (name === '') {
      this.refuse('a VNet without name and id', fields.text('name'))
      return
    }
    const space = fields.object('addressspace')
    const subnets = fields.objects('subnets').flatMap((one) => this.subnet(one) ?? [])
    this.inventory.vnets.push({
      id,
      name,
      prefixes: space ? this.spans(space.values('addressprefixes')) : [],
      subnets: subnets.map((one) => ({ ...one, id: one.id || `${id}/subnets/${one.name.toLowerCase()}` })),
      peers: fields
        .objects('virtualnetworkpeerings')
        .filter((one) => !/^(disconnected|initiated)$/i.test(one.text('peeringstate')))
        .flatMap((one) => this.id(one.object('remotevirtualnetwork')) ?? []),
    })
  }

  private loneSubnet(fields: ResourceFields): void {
    const subnet = this.subnet(fields)
    const owner = subnet?.id.split('/subnets/')[0] ?? ''
    if (!subnet || owner === subnet.id) return
    this.inventory.vnets.push({ id: owner, name: fields.text('id').split('/').at(-3) ?? owner, prefixes: [], subnets: [subnet], peers: [] })
  }

  private publicIp(fields: ResourceFields): void {
    const text = this.resolved(fields.text('ipaddress'))
    const [id, address] = [this.ownId(fields), readAddress(text)]
    const found: PublicIp | null = address === null || id === '' ? null : { id, address }
    if (found) this.inventory.publicIps.push(found)
    else if (text !== '' && !/^not assigned$/i.test(text)) this.refuse('no address', text)
  }

  private vm(fields: ResourceFields): void {
    const name = this.resolved(fields.text('name')) || this.lastPart(fields)
    const nics = (fields.object('networkprofile')?.objects('networkinterfaces') ?? []).flatMap((one) => this.id(one) ?? [])
    const found: Vm | null = name ? { name, nics } : null
    if (found) this.inventory.vms.push(found)
  }

  private nsg(fields: ResourceFields): void {
    const id = this.ownId(fields)
    if (id !== '') this.nsgs.push({ id, name: fields.text('name') || id.split('/').at(-1)!, written: fields.written })
  }

  private take(type: Type, fields: ResourceFields): void {
    this.seen.add(type)
    if (type === 'nic') this.nic(fields)
    else if (type === 'vnet') this.vnet(fields)
    else if (type === 'publicIp') this.publicIp(fields)
    else if (type === 'vm') this.vm(fields)
    else if (type === 'nsg') this.nsg(fields)
    else this.loneSubnet(fields)
  }

  /** Reads every resource at any depth. */
  walk(value: unknown, depth = 0): void {
    if (depth > DEEPEST_WRAPPER || typeof value !== 'object' || value === null) return
    if (Array.isArray(value)) {
      for (const one of value) this.walk(one, depth + 1)
      return
    }
    const fields = new ResourceFields(value as Readonly<Record<string, unknown>>)
    const type = typeOf(fields)
    if (type !== null) this.take(type, fields)
    // A resource in a template may contain others.
    for (const inner of type === null ? Object.values(value) : fields.values('resources')) this.walk(inner, depth + 1)
  }
}

/** Reads the NICs, VNets, public addresses, machines and NSGs of an inventory in any of its shapes; empty if there are none. */
export function readInventory(value: unknown, text: string, name: string): FoundSet[] {
  const reader = new InventoryReader(text)
  reader.walk(value)
  const { inventory, nsgs, refusals, seen } = reader
  const sets: FoundSet[] = []
  const isInventory = [...seen].some((type) => type !== 'nsg')
  if (isInventory) {
    const counts = `${inventory.nics.length} NICs, ${inventory.vnets.length} VNets, ${inventory.publicIps.length} public addresses, ${inventory.vms.length} VMs`
    sets.push(
      foundSet('inventory', name, `Azure inventory: ${counts}`, { entries: inventory.nics.length, refused: refusals.all, inventory }),
    )
  }
  if (seen.has('nsg'))
    sets.push(foundSet('rules', name, 'network security groups', { entries: nsgs.length, refused: isInventory ? [] : refusals.all, nsgs }))
  return sets
}
