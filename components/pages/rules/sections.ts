import { aclName, decodeRule } from '@/components/parts/format/rule'
import type { RulesAnswer } from '@/lib/flow/answer/rules'
import type { RuleKind } from '@/lib/flow/rule-kind'
import type { RuleOrder } from '@/lib/link/views/rules'

export type Rule = RulesAnswer['rows'][number]

/** The rules of one ACL in one flow log. */
export interface RuleSection {
  log: string
  acl: string
  rows: Rule[]
  allow: number
  deny: number
}

export interface RuleSort {
  column: RuleOrder
  descending: boolean
}

function sortValue(row: Rule, column: RuleOrder): string | number {
  return column === 'rule' ? decodeRule(row.rule).name.toLowerCase() : row[column]
}

function compare(a: string | number, b: string | number): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function sorted(rows: readonly Rule[], { column, descending }: RuleSort): Rule[] {
  const way = descending ? -1 : 1
  return rows.toSorted(
    (a, b) => way * compare(sortValue(a, column), sortValue(b, column)) || compare(a.rule, b.rule) || compare(a.dir, b.dir),
  )
}

/** Rules of one kind, or all, by flow log and ACL: the busiest section first, the rules of each in the given order. */
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
