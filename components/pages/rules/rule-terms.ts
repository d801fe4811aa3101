import { terms } from '@/components/parts/value/address-terms'
import type { Action } from '@/lib/flow/tuple'
import type { RuleName } from './use-open-rule'

/** The filter that keeps what a rule decided, or only what it allowed or denied. */
export function ruleTerms({ rule, acl, dir }: RuleName, action?: Action): string {
  return terms({ rule, acl, dir, ...(action ? { action } : {}) })
}
