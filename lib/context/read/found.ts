import type { Inventory, Nsg } from '@/lib/context/inventory/inventory'
import { flatten, type Label, type LabelledRange, type RangeTable, TooNested } from '@/lib/context/table/range-table'
import { ADDRESS_LAST } from '@/lib/flow/address/address'
import type { ContextKind, RefusedEntries } from '@/lib/flow/field/context'

/** The entries of one kind in a file. Plain data, so that a thread can transfer it. */
export interface FoundSet {
  kind: ContextKind
  name: string
  /** Number of ranges or prefixes as written, NICs, or NSGs. */
  entries: number
  refused: RefusedEntries[]
  /** Shape of the file, and its description of itself. */
  about: string
  /** Attribution that the data's licence requires, or null. */
  credit: string | null
  /** Labels of `asn` are `NUMBER ORGANISATION`, either of which may be empty. */
  table: RangeTable | null
  /** Names by MAC, as twelve upper-case hex digits. */
  macs: [mac: string, name: string][]
  inventory: Inventory | null
  nsgs: Nsg[]
}

/** A file that cannot be used, with the reason. */
export class Unreadable extends Error {
  constructor(
    message: string,
    readonly line: number | null = null,
  ) {
    super(message)
  }
}

/** Maximum number of ranges in one file. */
const MOST_RANGES = 8_000_000
/** Longest text of a label; longer ones are cut. Characters. */
const LONGEST = 256
const SAMPLE = 120

/** Counts rejections by reason, with the first sample of each. */
export class EntryRefusals {
  private readonly byReason = new Map<string, RefusedEntries>()

  add(reason: string, line: number | null, sample: string | null): void {
    const known = this.byReason.get(reason)
    if (known) known.count++
    else this.byReason.set(reason, { reason, count: 1, line, sample: sample === null ? null : sample.slice(0, SAMPLE) })
  }

  get all(): RefusedEntries[] {
    return [...this.byReason.values()]
  }
}

/** Collects the ranges of one set. */
export class RangeCollector {
  private readonly numbers = new Map<string, number>()
  private readonly labels: Label[] = []
  private readonly ranges: LabelledRange[] = []

  get count(): number {
    return this.ranges.length
  }

  /** @throws Unreadable if there are too many ranges */
  add(first: bigint, last: bigint, text: string, until: number | null = null): void {
    if (this.ranges.length >= MOST_RANGES) throw new Unreadable(`it has more than ${MOST_RANGES} ranges`)
    const key = `${until ?? ''} ${text}`
    let label = this.numbers.get(key)
    if (label === undefined) {
      label = this.labels.push({ text: text.slice(0, LONGEST), until }) - 1
      this.numbers.set(key, label)
    }
    this.ranges.push({ first, last: last > ADDRESS_LAST ? ADDRESS_LAST : last, label })
  }

  /** @throws Unreadable if ranges are nested too deeply */
  table(): RangeTable {
    try {
      return flatten(this.ranges, this.labels)
    } catch (error) {
      if (error instanceof TooNested) throw new Unreadable('too many of its ranges lie in each other')
      throw error
    }
  }
}

type Rest = Partial<Omit<FoundSet, 'kind' | 'name' | 'about'>>

export function foundSet(kind: ContextKind, name: string, about: string, rest: Rest): FoundSet {
  return { kind, name, about, entries: 0, refused: [], credit: null, table: null, macs: [], inventory: null, nsgs: [], ...rest }
}
