import { decodeRule, shortResource } from '@/components/format/rule'
import type { TupleRow } from '@/lib/flow/answers'

const WAYS = { in: 'inbound', out: 'outbound' } as const
const VERBS = { allow: 'Allowed', deny: 'Denied' } as const
const COURSE: Readonly<Record<string, string>> = {
  begin: '; the flow begins here',
  continue: '; the flow goes on',
  end: '; the flow ends here',
}
const NOBODY = /^0{8}-0{4}-0{4}-0{4}-0{12}$/

function byWhat({ rule, acl, action }: TupleRow): string {
  const { name, kind } = decodeRule(rule)
  if (kind === 'platform') return 'by the platform, not by a rule of yours'
  if (kind === 'unspecified')
    return action === 'deny' && rule !== '' ? 'without a rule: encryption was required' : 'without a rule being named'
  const owner = acl === '' || acl === 'unspecified' || NOBODY.test(acl) ? '' : ` of ${shortResource(acl)}`
  return `by the ${kind === 'default' ? 'default rule' : 'rule'} ${name}${owner}`
}

/** What a tuple says, in one sentence: `Denied inbound by the default rule DenyAllInBound of web-nsg`. */
export function describeTuple(tuple: TupleRow): string {
  const course = tuple.action === 'allow' && tuple.state !== null ? (COURSE[tuple.state] ?? '') : ''
  return `${VERBS[tuple.action]} ${WAYS[tuple.dir]} ${byWhat(tuple)}${course}`
}
