import { aclName } from '@/components/parts/format/resource'
import { decodeRule } from '@/components/parts/format/rule'
import type { RulesAnswer } from '@/lib/flow/answer/traffic/rules'
import type { Order } from '@/lib/flow/field/order'
import type { RuleKind } from '@/lib/flow/tuple/rule-kind'
import type { RuleOrder } from '@/lib/link/views/traffic/rules'

export type Rule = RulesAnswer['rows'][number]

/** The rules of one ACL in one flow log. */
export interface RuleSection {
  log: string
  acl: string
  rows: Rule[]
  allow: number
  deny: number
}

export type RuleSort = Order<RuleOrder>

function sortValue(row: Rule, column: RuleOrder): string | number {
  if (column === 'rule') return decodeRule(row.rule).name.toLowerCase()
  if (column === 'acl') return aclName(row.acl).toLowerCase()
  return column === 'width' ? widthOf(row) : row[column]
}

function compare(a: string | number, b: string | number): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Returns the share of a prefix's bits that are free: 0 for one address, 1 for all addresses of its family. */
function openness(prefix: string): number {
  const [address = '', length] = prefix.split('/')
  const whole = address.includes(':') ? 128 : 32
  return length === undefined ? 0 : (whole - Number(length)) / whole
}

/** Returns a sort value for how wide a rule was used: by its widest source prefix, then its widest destination prefix, then its number of ports. */
function widthOf({ sourceCover, destinationCover, ports }: Pick<Rule, 'sourceCover' | 'destinationCover' | 'ports'>): number {
  const widest = (prefixes: readonly string[]) => Math.max(0, ...prefixes.map(openness))
  return widest(sourceCover) * 1e6 + widest(destinationCover) * 1e3 + ports / 65_536
}

/** Returns all rules of one kind, or of every kind, in one order. */
export function flatOf(rules: readonly Rule[], kind: RuleKind | 'all', sort: RuleSort): Rule[] {
  return sorted(
    rules.filter((rule) => kind === 'all' || rule.kind === kind),
    sort,
  )
}

function sorted(rows: readonly Rule[], { column, descending }: RuleSort): Rule[] {
  const way = descending ? -1 : 1
  return rows.toSorted(
    (a, b) => way * compare(sortValue(a, column), sortValue(b, column)) || compare(a.rule, b.rule) || compare(a.dir, b.dir),
  )
}

/** Groups rules of one kind, or all, by flow log and ACL: the busiest section first, the rules of each in the given order. */
export function sectionsOf(rules: readonly Rule[], kind: RuleKind | 'all', sort: RuleSort): RuleSection[] {
  const sections = new Map<string, RuleSection>()
  for (const rule of rules) {
    if (kind !== 'all' && rule.kind !== kind) continue
    const { log = '', acl } = rule
    const key = JSON.stringify([log, acl])
    const section = sections.get(key) ?? { log, acl, rows: [], allow: 0, deny: 0 }
    sections.set(key, section)
    section.rows.push(rule)
    section.allow += rule.allow
    section.deny += rule.deny
  }
  return [...sections.values()]
    .map((section) => ({ ...section, rows: sorted(section.rows, sort) }))
    .sort((a, b) => b.allow + b.deny - a.allow - a.deny || compare(aclName(a.acl), aclName(b.acl)) || compare(a.log, b.log))
}

/** The kinds that occur, in the order of the list of kinds. */
export function kindsOf(rules: readonly Rule[], all: readonly RuleKind[]): RuleKind[] {
  return all.filter((kind) => rules.some((rule) => rule.kind === kind))
}
