import { RULE_KINDS } from '@/lib/flow/tuple/rule-kind'
import { flagKey, integerKey, wordKey } from '@/lib/link/keys/key'
import { aclKey, baselineKey, dirKey, PAGE_KEYS, ruleKey, waitKey } from '@/lib/link/keys/keys'
import { orderKey } from '@/lib/link/keys/order'
import type { ViewRecord } from '@/lib/link/views/record'

const RULE_ORDERS = [
  ...(['tuples', 'rule', 'acl', 'allow', 'deny', 'bytes', 'sources', 'publicSources', 'destinations', 'publicDestinations'] as const),
  ...(['ports', 'width', 'first', 'last'] as const),
] as const
export type RuleOrder = (typeof RULE_ORDERS)[number]

const sortKey = orderKey('column to sort rules by', RULE_ORDERS, { column: 'tuples', descending: true })

const keys = {
  per: wordKey('one row for each rule of an ACL, or one in each flow log', ['acl', 'log'], 'acl'),
  spark: integerKey('most buckets in the sparkline of each rule', 0, 240),
  wait: waitKey,
}

export const rules = {
  route: { path: 'rules', keys, answer: async () => (await import('@/lib/flow/answer/traffic/rules')).rulesAnswer },
  page: {
    path: '/rules',
    title: 'Rules',
    hotkey: 'g r',
    keys: {
      ...keys,
      kind: wordKey('kind of rules to show', ['all', ...RULE_KINDS], 'all'),
      flat: flagKey('1 for one ranking of all rules, across ACLs and flow logs'),
      sort: sortKey,
      rule: ruleKey,
      acl: aclKey,
      dir: dirKey,
      baseline: baselineKey,
      ...PAGE_KEYS,
    },
  },
} as const satisfies ViewRecord
