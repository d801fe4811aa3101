import type { LogName } from '@/lib/flow/tuple/log'
import type { JsonReader } from '@/lib/parse/json/json'
import type { Name, NameTable } from '@/lib/parse/json/names'
import { Spelled } from '@/lib/parse/json/spelled'
import { type Families, NSG_V1, NSG_V2, VNET_V4 } from '@/lib/parse/tuple/groups'
import type { Tuples } from '@/lib/parse/tuple/tuples'

const QUOTE = 0x22
const COMMA = 0x2c
const BACKSLASH = 0x5c
/** Longest name to be read this way; a longer one is left to the general reader, which knows the limit. Bytes. */
const LONGEST = 256
// Copies, because some bundlers turn an imported binding into a getter, and these are read for every rule.
const [V1, V2, V4] = [NSG_V1, NSG_V2, VNET_V4]

const RULE = Spelled.of('{"rule":"')
const FLOW_TUPLES = Spelled.of('","flowTuples":[')
const NSG_FLOWS_V1 = Spelled.of('{"Version":1,"flows":[')
const NSG_FLOWS_V2 = Spelled.of('{"Version":2,"flows":[')
const NSG_MAC = Spelled.of('","flows":[{"mac":"')
const NSG_RULE_END = Spelled.of(']}]}')
const VNET_FLOWS = Spelled.of('{"flows":[{"aclID":"')
const VNET_ACL = Spelled.of(',{"aclID":"')
const VNET_GROUPS = Spelled.of('","flowGroups":[')

/**
 * Reads the flows of a record exactly as Azure spells them, without looking up keys: most small records consist of little else. Leaves anything else to the
 * general reader; the two agree on everything that both can read.
 */
export class UsualFlows {
  private p = 0

  constructor(
    private readonly json: JsonReader,
    private readonly names: NameTable,
    private readonly families: Families,
    private readonly tuples: Tuples,
  ) {}

  /** From the value of `properties` on: returns the position after the record's brace, or -1. */
  nsg(from: number, log: LogName, mac: string, acl: Name, recordTime: number): number {
    const { bytes, view, end } = this.json
    const isV2 = NSG_FLOWS_V2.isAt(view, from, end)
    if (!isV2 && !NSG_FLOWS_V1.isAt(view, from, end)) return -1
    const format = isV2 ? V2 : V1
    let p = from + NSG_FLOWS_V2.length
    for (;;) {
      const rule = this.rule(p)
      if (rule === null || !NSG_MAC.isAt(view, this.p, end)) return -1
      // The record's own MAC counts.
      p = this.closing(this.p + NSG_MAC.length)
      if (p < 0 || !FLOW_TUPLES.isAt(view, p, end)) return -1
      p = this.tuples.readUsual(p + FLOW_TUPLES.length, format, this.families.family(format, log, mac, acl, rule), recordTime)
      if (p < 0 || !NSG_RULE_END.isAt(view, p, end)) return -1
      p += NSG_RULE_END.length
      if (bytes[p] !== COMMA) break
      p++
    }
    return this.ending(p)
  }

  /** The same from the value of `flowRecords` on. */
  vnet(from: number, log: LogName, mac: string, recordTime: number): number {
    const { bytes, view, end } = this.json
    if (!VNET_FLOWS.isAt(view, from, end)) return -1
    let p = from + VNET_FLOWS.length
    for (;;) {
      const close = this.closing(p)
      if (close < 0 || !VNET_GROUPS.isAt(view, close, end)) return -1
      const acl = this.names.of(bytes, p, close, false)
      p = close + VNET_GROUPS.length
      for (;;) {
        const rule = this.rule(p)
        if (rule === null || !FLOW_TUPLES.isAt(view, this.p, end)) return -1
        const family = this.families.family(V4, log, mac, acl, rule)
        p = this.tuples.readUsual(this.p + FLOW_TUPLES.length, V4, family, recordTime)
        if (p < 0 || bytes[p + 1] !== 0x7d) return -1
        p += 2
        if (bytes[p] !== COMMA) break
        p++
      }
      if (bytes[p] !== 0x5d || bytes[p + 1] !== 0x7d) return -1
      p += 2
      if (!VNET_ACL.isAt(view, p, end)) break
      p += VNET_ACL.length
    }
    return this.ending(p)
  }

  /** Reads `{"rule":"NAME`, and moves `p` to the closing quote. */
  private rule(from: number): Name | null {
    const { bytes, view, end } = this.json
    if (!RULE.isAt(view, from, end)) return null
    const start = from + RULE.length
    this.p = this.closing(start)
    return this.p < 0 ? null : this.names.of(bytes, start, this.p, false)
  }

  /** Returns the position of the quote that ends a name without escapes, or -1. */
  private closing(start: number): number {
    const { bytes, end } = this.json
    const most = Math.min(end, start + LONGEST)
    for (let p = start; p < most; p++) {
      const c = bytes[p]!
      if (c === QUOTE) return p
      if (c < 0x20 || c === BACKSLASH) return -1
    }
    return -1
  }

  /** Returns the position after `]}}`, or -1. */
  private ending(p: number): number {
    const { bytes, end } = this.json
    return p + 3 <= end && bytes[p] === 0x5d && bytes[p + 1] === 0x7d && bytes[p + 2] === 0x7d ? p + 3 : -1
  }
}
