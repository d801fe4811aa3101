import { shortResource } from '@/components/parts/format/resource'
import { decodeRule } from '@/components/parts/format/rule'
import type { TupleRow } from '@/lib/flow/answer/tuples/tuples'
import type { RuleKind } from '@/lib/flow/tuple/rule-kind'

const WAYS = { in: 'inbound', out: 'outbound' } as const
const VERBS = { allow: 'Allowed', deny: 'Denied' } as const
const COURSE: Readonly<Record<string, string>> = {
  begin: '; flow begins',
  continue: '; flow continues',
  end: '; flow ends',
}
const NOBODY = /^(|unspecified|0{8}-0{4}-0{4}-0{4}-0{12})$/
const GUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i

/** Bare names that some VNet logs write. */
const BARE: readonly string[] = ['UserRule', 'DefaultRule']

function ownerOf(acl: string): string {
  if (NOBODY.test(acl)) return ''
  return ` of ${GUID.test(acl) ? 'the ACL ' : ''}${shortResource(acl)}`
}

function titleOf({ format }: TupleRow, kind: RuleKind): string {
  if (kind === 'default') return 'default rule'
  return kind === 'admin' && format === 'vnet-v4' ? 'security admin rule' : 'rule'
}

function byWhat(tuple: TupleRow): string {
  const { rule, acl, action } = tuple
  const { name, kind } = decodeRule(rule)
  if (kind === 'platform') return 'by the platform, not by one of your rules'
  if (kind === 'unspecified') return action === 'deny' && rule !== '' ? 'without a rule: encryption was required' : 'by an unnamed rule'
  const title = titleOf(tuple, kind)
  return BARE.includes(rule) ? `by a ${title}${ownerOf(acl)} that the log does not name` : `by the ${title} ${name}${ownerOf(acl)}`
}

/** Explains the decision in one sentence: `Denied inbound by the default rule DenyAllInBound of web-nsg`. */
export function explain(tuple: TupleRow): string {
  const course = tuple.action === 'allow' && tuple.state !== null ? (COURSE[tuple.state] ?? '') : ''
  return `${VERBS[tuple.action]} ${WAYS[tuple.dir]} ${byWhat(tuple)}${course}`
}
