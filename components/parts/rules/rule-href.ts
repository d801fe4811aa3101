import type { Patch } from '@/components/parts/view/patch'
import type { ViewState } from '@/components/parts/view/view-provider'
import type { Direction } from '@/lib/flow/tuple/tuple'
import { writeName } from '@/lib/link/keys/keys'

/** The page of rules with this one open; without an ACL the page finds those that have it. `patch` changes other keys of the link. */
export function ruleHref(
  { rule, acl, dir }: { rule: string; acl?: string; dir: Direction },
  { href }: Pick<ViewState, 'href'>,
  patch: Patch = {},
): string {
  const named = { rule: writeName(rule), acl: acl === undefined ? null : writeName(acl), dir: dir === 'in' ? null : dir }
  return href({ ...patch, ...named }, '/rules')
}
