import { hash53 } from '@/lib/flow/hash'
import type { LogName } from '@/lib/flow/tuple/log'
import { type FlowGroup, FORMATS } from '@/lib/flow/tuple/tuple'
import type { Name } from '@/lib/parse/json/names'

export const NSG_V1 = 0
export const NSG_V2 = 1
export const VNET_V4 = 2

/** Documented encryption tokens (https://learn.microsoft.com/azure/network-watcher/vnet-flow-logs-overview). */
export const ENCRYPTIONS = [
  'X',
  'NX',
  'NX_HW_NOT_SUPPORTED',
  'NX_SW_NOT_READY',
  'NX_NOT_ACCEPTED',
  'NX_NOT_SUPPORTED',
  'NX_LOCAL_DST',
  'NX_FALLBACK',
] as const

const UNKNOWN = -1

/**
 * Maximum number of different rules of a record, each with its ACL and MAC, and of its groups with undocumented tokens: a record is read at once, so all of
 * them are in a parse thread's heap before the first is stored. An NSG has a thousand rules.
 */
const MOST_IN_RECORD = 32_768

/** The groups of one rule at one NIC; they differ only in tokens of their tuples. */
export class GroupFamily {
  /** Null until a tuple with encryption occurs, because thousands of families are remembered. */
  private byEncryption: Float64Array | null = null
  private plain = UNKNOWN
  /** Number of the last record with this family. */
  record = 0

  constructor(
    private readonly common: Omit<FlowGroup, 'id' | 'enc' | 'proto' | 'state'>,
    private readonly meet: (group: FlowGroup, isOdd: boolean) => void,
  ) {}

  /** Returns the group of a tuple without encryption and without unknown tokens. */
  plainId(): number {
    if (this.plain === UNKNOWN) this.plain = this.make(null, null, null, false)
    return this.plain
  }

  /** Returns the group of a tuple with one of ENCRYPTIONS, by position. */
  encryptionId(encryption: number): number {
    this.byEncryption ??= new Float64Array(ENCRYPTIONS.length).fill(UNKNOWN)
    const known = this.byEncryption[encryption]!
    if (known !== UNKNOWN) return known
    const id = this.make(ENCRYPTIONS[encryption]!, null, null, false)
    this.byEncryption[encryption] = id
    return id
  }

  /** Returns the group of a tuple with undocumented tokens. */
  oddId(enc: string | null, proto: string | null, state: string | null): number {
    return this.make(enc, proto, state, true)
  }

  private make(enc: string | null, proto: string | null, state: string | null, isOdd: boolean): number {
    const { source, log, mac, format, acl, rule } = this.common
    const id = hash53(JSON.stringify([source, log, mac, format, acl, rule, enc, proto, state]))
    this.meet({ id, ...this.common, enc, proto, state }, isOdd)
    return id
  }
}

type Card = Map<Name, Map<Name, GroupFamily>>

/** The families seen so far, found without making a string. Groups of a record wait until the record is kept. */
export class Families {
  private cards = new Map<string, Card>()
  private card: Card = new Map()
  private cardFormat = UNKNOWN
  private cardLog: LogName | null = null
  private cardMac = ''
  private size = 0
  private readonly fresh = new Map<number, FlowGroup>()
  /** Number of the current record, its families, and its groups with undocumented tokens. */
  private record = 0
  private met = 0
  private readonly odd = new Set<number>()

  constructor(
    private readonly source: string,
    private readonly groups: Map<number, FlowGroup>,
    /** Maximum number of families to remember. */
    private readonly most: number,
  ) {}

  /** Begins a record. */
  begin(): void {
    this.record++
    this.met = 0
    if (this.odd.size > 0) this.odd.clear()
  }

  /** True if the current record has more than MOST_IN_RECORD: then its groups are not complete. */
  get tooMany(): boolean {
    return this.met > MOST_IN_RECORD || this.odd.size > MOST_IN_RECORD
  }

  family(format: number, log: LogName, mac: string, acl: Name, rule: Name): GroupFamily {
    if (format !== this.cardFormat || log !== this.cardLog || mac !== this.cardMac) this.turnTo(format, log, mac)
    let family = this.card.get(acl)?.get(rule)
    if (family === undefined) {
      const common = { source: this.source, log: log.id, logName: log.name, mac, format: FORMATS[format]!, acl: acl.text, rule: rule.text }
      family = new GroupFamily(common, (group, isOdd) => this.meet(group, isOdd))
      if (!this.tooMany) this.remember(acl, rule, family)
    }
    if (family.record !== this.record) {
      family.record = this.record
      this.met++
    }
    return family
  }

  private remember(acl: Name, rule: Name, family: GroupFamily): void {
    const rules = this.card.get(acl)
    if (rules === undefined) this.card.set(acl, new Map([[rule, family]]))
    else rules.set(rule, family)
    this.size++
  }

  private meet(group: FlowGroup, isOdd: boolean): void {
    if (isOdd && !this.tooMany) this.odd.add(group.id)
    if (!this.tooMany && !this.groups.has(group.id)) this.fresh.set(group.id, group)
  }

  keep(): void {
    if (this.fresh.size > 0) {
      for (const [id, group] of this.fresh) this.groups.set(id, group)
      this.fresh.clear()
    }
    if (this.size > this.most) this.forget()
  }

  /** Drops the groups of a rejected record, and all remembered ids that may refer to them. */
  drop(): void {
    if (this.fresh.size === 0) return
    this.forget()
    this.fresh.clear()
  }

  private turnTo(format: number, log: LogName, mac: string): void {
    const key = `${format} ${mac} ${log.id}`
    this.card = this.cards.get(key) ?? new Map()
    if (!this.tooMany) this.cards.set(key, this.card)
    this.cardFormat = format
    this.cardLog = log
    this.cardMac = mac
    this.size++
  }

  /** Forgets all families, so that every group is reported again. */
  forget(): void {
    this.cards = new Map()
    this.card = new Map()
    this.cardFormat = UNKNOWN
    this.size = 0
  }
}
