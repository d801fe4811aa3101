import { terms } from '@/components/parts/value/address-terms'
import type { Action } from '@/lib/flow/tuple/tuple'
import type { RuleName } from './use-open-rule'

/** Returns the filter for the tuples of a rule, or only for those that it allowed or denied. */
export function ruleTerms({ rule, acl, dir }: RuleName, action?: Action): string {
  return terms({ rule, acl, dir, ...(action ? { action } : {}) })
}
