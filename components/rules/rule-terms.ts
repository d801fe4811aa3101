import type { Action } from '@/lib/flow/tuple'
import { printValue } from '@/lib/link/print'
import type { RuleName } from './use-card'

/** The filter that keeps what a rule decided, or only what it allowed or denied. */
export function ruleTerms({ rule, acl, dir }: RuleName, action?: Action): string {
  const terms = [`rule:${printValue('rule', rule)}`, `acl:${printValue('acl', acl)}`, `dir:${dir}`]
  return [...terms, ...(action ? [`action:${action}`] : [])].join(' ')
}
