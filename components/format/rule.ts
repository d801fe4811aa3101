import type { RulesAnswer } from '@/lib/flow/answers'

export type RuleKind = RulesAnswer['rows'][number]['kind']

const PREFIXES: readonly [string, RuleKind][] = [
  ['UserRule_', 'user'],
  ['DefaultRule_', 'default'],
]

/** `DefaultRule_DenyAllInBound` → its name in the portal and what kind of rule it is, as far as the name tells. */
export function decodeRule(rule: string): { name: string; kind: RuleKind | null } {
  for (const [prefix, kind] of PREFIXES) if (rule.startsWith(prefix)) return { name: rule.slice(prefix.length), kind }
  if (rule === '' || rule === 'unspecified') return { name: rule === '' ? 'no rule named' : rule, kind: 'unspecified' }
  return { name: rule, kind: rule.startsWith('PlatformRule') ? 'platform' : null }
}

/** The last part of a resource id: the NSG's or VNet's own name. */
export function shortResource(id: string): string {
  const end = id.replace(/\/+$/, '')
  return end.slice(end.lastIndexOf('/') + 1) || id
}
