import { addressScope } from '@/lib/flow/address/scope'
import { AMBIGUOUS, CONTEXT_NAMES, type ContextKind, type ContextName } from '@/lib/flow/field/context'
import type { Inventory } from './inventory/inventory'
import { merged, permitted } from './inventory/merged'
import { type Candidate, Whose } from './inventory/whose'
import type { FoundSet } from './read/found'
import { coversOf, find, type RangeCover, stackAt } from './table/find'
import type { RangeTable } from './table/range-table'
import type { KnownValue } from './wanted'

/** Maximum number of people whose own views are remembered. */
const PEOPLE = 256

/** Facts that come from ranges, with the kind of set that contains them. */
const BY_RANGE = { country: 'country', asn: 'asn', org: 'asn', tag: 'tag', list: 'list' } as const satisfies Partial<
  Record<ContextName, ContextKind>
>
type ByRange = keyof typeof BY_RANGE

function isByRange(name: ContextName): name is ByRange {
  return Object.hasOwn(BY_RANGE, name)
}

/** Facts of which an address may have several; it has one country and one AS. */
const SEVERAL: ReadonlySet<ContextName> = new Set<ContextName>(['tag', 'list'])

function asnOf(text: string): string {
  return text.slice(0, text.indexOf(' '))
}

function orgOf(text: string): string {
  return text.slice(text.indexOf(' ') + 1)
}

const TEXT: Readonly<Partial<Record<ContextName, (text: string) => string>>> = { asn: asnOf, org: orgOf }

const INVENTORY_NAMES = ['vm', 'subnet', 'vnet'] as const satisfies readonly ContextName[]
type InventoryName = (typeof INVENTORY_NAMES)[number]

function isInventoryName(name: ContextName): name is InventoryName {
  return INVENTORY_NAMES.some((one) => one === name)
}

const AMBIGUOUS_ONE: readonly KnownValue[] = [{ text: AMBIGUOUS, until: null }]

/** The facts about addresses from all context files. Immutable: changed files make a new instance. */
export class Known {
  private readonly tables = new Map<ContextKind, RangeTable[]>()
  readonly whose: Whose | null
  private readonly allowed = new Map<string, Known>()
  /** Values by the number of the stack that they come from, since many addresses share one. */
  private readonly byStack = new Map<ByRange, Map<number, readonly KnownValue[]>>()

  private constructor(
    readonly sets: readonly FoundSet[],
    /** Equal for equal contents; empty without files. */
    readonly digest: string,
    private readonly inventory: Inventory,
    private readonly macs: ReadonlyMap<string, string>,
    /** True for addresses whose entries in files of names are hidden from this person. */
    readonly hides: (address: bigint) => boolean,
  ) {
    for (const { kind, table } of sets) if (table) this.tables.set(kind, [...(this.tables.get(kind) ?? []), table])
    this.whose = inventory.nics.length + inventory.vnets.length + macs.size > 0 ? new Whose(inventory, macs) : null
  }

  static of(sets: readonly FoundSet[], digest: string): Known {
    const inventory = merged(sets.flatMap(({ inventory }) => inventory ?? []))
    return new Known(sets, digest, inventory, new Map(sets.flatMap(({ macs }) => macs)), () => false)
  }

  static readonly nothing = Known.of([], '')

  /** Returns the same facts with only the NICs that have these MACs, for a person who may read only their logs. */
  for(macs: ReadonlySet<string>): Known {
    if (this.whose === null) return this
    const key = [...macs].sort().join(',')
    const known = this.allowed.get(key)
    if (known) return known
    const inventory = permitted(this.inventory, macs)
    const shown = new Set(inventory.nics.flatMap(({ addresses }) => addresses))
    const all = new Set(this.inventory.nics.flatMap(({ addresses }) => addresses))
    const names = new Map([...this.macs].filter(([mac]) => macs.has(mac)))
    const made = new Known(this.sets, this.digest, inventory, names, (address) => all.has(address) && !shown.has(address))
    if (this.allowed.size >= PEOPLE) this.allowed.clear()
    this.allowed.set(key, made)
    return made
  }

  /** Number of NICs in the inventory. */
  get nics(): number {
    return this.inventory.nics.length
  }

  /** True if any file contains this fact. */
  tells(name: ContextName): boolean {
    if (name === 'net') return true
    if (isByRange(name)) return this.tables.has(BY_RANGE[name])
    return this.whose !== null || (name === 'name' && this.tables.has('name'))
  }

  /** The available facts, in order; none without files. */
  get names(): ContextName[] {
    return this.digest === '' ? [] : CONTEXT_NAMES.filter((name) => this.tells(name))
  }

  /** True if there are files of names, which apply to an address at any place. */
  get hasHosts(): boolean {
    return this.tables.has('name')
  }

  /** True if the fact depends on the NIC that logged a tuple: then `place` must come from `whose.placeOf`; otherwise it is 0. */
  dependsOnPlace(name: ContextName): boolean {
    return this.whose !== null && (name === 'name' || isInventoryName(name))
  }

  /** True if some of its values expire. */
  isTimed(name: ContextName): boolean {
    return name === 'list' && (this.tables.get('list') ?? []).some(({ labels }) => labels.some(({ until }) => until !== null))
  }

  private covers(kind: ContextKind, address: bigint): RangeCover[] {
    const tables = this.tables.get(kind) ?? []
    if (tables.length === 1) return find(tables[0]!, address)
    const all = tables.flatMap((table) => find(table, address))
    return all.sort((a, b) => a.size - b.size || (a.label.text < b.label.text ? -1 : a.label.text > b.label.text ? 1 : 0))
  }

  /** Returns the values of a fact about an address, narrowest first; empty if unknown. */
  told(name: ContextName, address: bigint, place: number): readonly KnownValue[] {
    if (name === 'net') return [{ text: addressScope(address), until: null }]
    if (isByRange(name)) return this.byRange(name, address)
    if (name !== 'name') return this.byPlace(address, place, ({ [name]: text }) => text, name)
    const own = this.whose === null ? [] : this.byPlace(address, place, ({ named }) => named, 'vm')
    const hosts =
      own.length > 0 || this.hides(address)
        ? own
        : this.covers('name', address)
            .slice(0, 1)
            .map(({ label }) => label)
    return hosts.length > 0 ? hosts : this.byPlace(address, place, ({ vm }) => vm, 'vm')
  }

  private byRange(name: ByRange, address: bigint): readonly KnownValue[] {
    const [table, ...more] = this.tables.get(BY_RANGE[name]) ?? []
    if (table === undefined || more.length > 0) return this.toldBy(name, this.covers(BY_RANGE[name], address))
    const known = this.byStack.get(name) ?? new Map<number, readonly KnownValue[]>()
    this.byStack.set(name, known)
    const stack = stackAt(table, address)
    const told = known.get(stack) ?? this.toldBy(name, coversOf(table, stack))
    known.set(stack, told)
    return told
  }

  private toldBy(name: ByRange, covers: readonly RangeCover[]): readonly KnownValue[] {
    const textOf = TEXT[name]
    const told = covers.map(({ label: { text, until } }) => ({ text: textOf?.(text) ?? text, until })).filter(({ text }) => text !== '')
    return SEVERAL.has(name) ? told : told.slice(0, 1)
  }

  private byPlace(address: bigint, place: number, read: (one: Candidate) => string | null, name: InventoryName): readonly KnownValue[] {
    const found = this.whose?.candidates(address, place) ?? []
    if (found.length === 0) return []
    const id = (one: Candidate) => (name === 'vnet' ? one.vnetId : name === 'subnet' ? one.subnetId : read(one))
    if (new Set(found.map(id)).size > 1) return AMBIGUOUS_ONE
    const text = read(found[0]!)
    return text === null ? [] : [{ text, until: null }]
  }

  /** Returns the candidates for an ambiguous end as texts. */
  candidates(address: bigint, place: number): string[] {
    const found = this.whose?.candidates(address, place) ?? []
    const texts = found.map(({ named, vm, subnet, vnet }) => [named ?? vm, subnet ?? vnet].filter((part) => part !== null).join(' in '))
    return found.length > 1 ? [...new Set(texts)] : []
  }
}
