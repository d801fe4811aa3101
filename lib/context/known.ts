import { addressScope } from '@/lib/flow/address/scope'
import { AMBIGUOUS, CONTEXT_NAMES, type ContextKind, type ContextName } from '@/lib/flow/context'
import { matchesParts } from '@/lib/flow/text/name-parts'
import type { Inventory } from './inventory/inventory'
import { merged, permitted } from './inventory/merged'
import { type Candidate, Whose } from './inventory/whose'
import type { FoundSet } from './read/found'
import { type Cover, find } from './table/find'
import type { RangeTable } from './table/range-table'

/** What is told of an address, and until when (epoch milliseconds). */
export interface Told {
  text: string
  until: number | null
}

/** People whose own views are remembered. */
const PEOPLE = 256

/** What a filter asks of a name. `any` asks whether anything is known at all. */
export interface Wanted {
  any: boolean
  /** Names by what stands between their wildcards. */
  names: readonly (readonly string[])[]
  numbers: readonly { first: number; last: number }[]
}

/** Facts that come from ranges, and the sets that tell them. */
const BY_RANGE = { country: 'country', asn: 'asn', org: 'asn', tag: 'tag', list: 'list' } as const satisfies Partial<
  Record<ContextName, ContextKind>
>
type ByRange = keyof typeof BY_RANGE

function isByRange(name: ContextName): name is ByRange {
  return Object.hasOwn(BY_RANGE, name)
}

/** An address is of one country and one AS, and in any number of tags and lists. */
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

const AMBIGUOUS_ONE: readonly Told[] = [{ text: AMBIGUOUS, until: null }]

/** What all context files together tell of addresses. It never changes: other files make another one. */
export class Known {
  private readonly tables = new Map<ContextKind, RangeTable[]>()
  readonly whose: Whose | null
  private readonly allowed = new Map<string, Known>()

  private constructor(
    readonly sets: readonly FoundSet[],
    /** Equal for equal contents; empty where there are no files. */
    readonly digest: string,
    private readonly inventory: Inventory,
    private readonly macs: ReadonlyMap<string, string>,
    /** Addresses of which files of names say nothing to this person. */
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

  /** The same without NICs other than those with these MACs, for one who may read no other's logs. */
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

  /** NICs that the inventory names. */
  get nics(): number {
    return this.inventory.nics.length
  }

  /** Whether any file tells anything of this name. */
  tells(name: ContextName): boolean {
    if (name === 'net') return true
    if (isByRange(name)) return this.tables.has(BY_RANGE[name])
    return this.whose !== null || (name === 'name' && this.tables.has('name'))
  }

  /** Names of which anything is told, in their order; none where there are no files. */
  get names(): ContextName[] {
    return this.digest === '' ? [] : CONTEXT_NAMES.filter((name) => this.tells(name))
  }

  /** Files of names tell of addresses, wherever they are. */
  get hasHosts(): boolean {
    return this.tables.has('name')
  }

  /** True where it depends on the NIC that logged a tuple: then `place` is what `whose.placeOf` gives, else 0. */
  dependsOnPlace(name: ContextName): boolean {
    return this.whose !== null && (name === 'name' || isInventoryName(name))
  }

  /** True where some of it ends. */
  isTimed(name: ContextName): boolean {
    return name === 'list' && (this.tables.get('list') ?? []).some(({ labels }) => labels.some(({ until }) => until !== null))
  }

  private covers(kind: ContextKind, address: bigint): Cover[] {
    const tables = this.tables.get(kind) ?? []
    if (tables.length === 1) return find(tables[0]!, address)
    const all = tables.flatMap((table) => find(table, address))
    return all.sort((a, b) => a.size - b.size || (a.label.text < b.label.text ? -1 : a.label.text > b.label.text ? 1 : 0))
  }

  /** What is told of an address, narrowest first; nothing where nothing is known. */
  told(name: ContextName, address: bigint, place: number): readonly Told[] {
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

  private byRange(name: ByRange, address: bigint): readonly Told[] {
    const covers = this.covers(BY_RANGE[name], address)
    const textOf = TEXT[name]
    const told = covers.map(({ label: { text, until } }) => ({ text: textOf?.(text) ?? text, until })).filter(({ text }) => text !== '')
    return SEVERAL.has(name) ? told : told.slice(0, 1)
  }

  private byPlace(address: bigint, place: number, read: (one: Candidate) => string | null, name: InventoryName): readonly Told[] {
    const found = this.whose?.candidates(address, place) ?? []
    if (found.length === 0) return []
    const id = (one: Candidate) => (name === 'vnet' ? one.vnetId : name === 'subnet' ? one.subnetId : read(one))
    if (new Set(found.map(id)).size > 1) return AMBIGUOUS_ONE
    const text = read(found[0]!)
    return text === null ? [] : [{ text, until: null }]
  }

  /** What an ambiguous end could be, as texts. */
  candidates(address: bigint, place: number): string[] {
    const found = this.whose?.candidates(address, place) ?? []
    const texts = found.map(({ named, vm, subnet, vnet }) => [named ?? vm, subnet ?? vnet].filter((part) => part !== null).join(' in '))
    return found.length > 1 ? [...new Set(texts)] : []
  }

  /** The instant (epoch milliseconds) before which what is wanted is true of an address: infinite where always, 0 where never. */
  holdsUntil(name: ContextName, { any, names, numbers }: Wanted, address: bigint, place: number): number {
    let until = 0
    for (const one of this.told(name, address, place)) {
      const end = one.until ?? Number.POSITIVE_INFINITY
      if (end > until && (any || isWanted(name, one.text, names, numbers))) until = end
    }
    return until
  }
}

function isWanted(name: ContextName, text: string, names: Wanted['names'], numbers: Wanted['numbers']): boolean {
  if (numbers.some(({ first, last }) => first <= Number(text) && Number(text) <= last)) return true
  const bare = name === 'subnet' ? text.slice(text.indexOf('/') + 1) : text
  return names.some((parts) => matchesParts(parts, text) || (bare !== text && matchesParts(parts, bare)))
}
