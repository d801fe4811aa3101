/**
 * `user` and `default` rules of a network security group, `platform` decisions of Azure itself, `admin` security admin rules of Virtual Network Manager (and
 * all other names without a prefix), `unspecified` denied by the encryption policy.
 */
export const RULE_KINDS = ['user', 'default', 'platform', 'admin', 'unspecified'] as const
export type RuleKind = (typeof RULE_KINDS)[number]

/** Prefixes of rule names in Azure's logs; security admin rules have none. Source: https://learn.microsoft.com/azure/network-watcher/flow-logs-read. */
const PREFIXES: readonly [prefix: string, kind: RuleKind][] = [
  ['UserRule', 'user'],
  ['DefaultRule', 'default'],
  ['PlatformRule', 'platform'],
  ['UnspecifiedPlatformRule', 'platform'],
]

/** Returns the kind of a rule by its logged name. */
export function ruleKind(rule: string): RuleKind {
  if (rule === '' || rule === 'unspecified') return 'unspecified'
  return PREFIXES.find(([prefix]) => rule.startsWith(prefix))?.[1] ?? 'admin'
}
