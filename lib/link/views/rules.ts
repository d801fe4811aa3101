import { RULE_KINDS } from '@/lib/flow/rule-kind'
import { integerKey, type Key, wordKey, wrong } from '@/lib/link/keys/key'
import { aclKey, dirKey, PAGE_KEYS, ruleKey, waitKey } from '@/lib/link/keys/keys'
import { didYouMean } from '@/lib/link/language/did-you-mean'
import type { ViewRecord } from './record'

const RULE_ORDERS = ['tuples', 'rule', 'allow', 'deny', 'sources', 'destinations', 'ports', 'first', 'last'] as const
export type RuleOrder = (typeof RULE_ORDERS)[number]

const sortKey: Key<{ column: RuleOrder; descending: boolean }> = {
  about: 'column to sort rules by, with a leading - for descending',
  initial: { column: 'tuples', descending: true },
  read: (text) => {
    const descending = text.startsWith('-')
    const name = descending ? text.slice(1) : text
    const column = RULE_ORDERS.find((known) => known === name)
    if (column !== undefined) return { column, descending }
    throw wrong(`${name || 'Nothing'} is no column here; ${didYouMean(name, RULE_ORDERS)}`, descending ? 1 : 0)
  },
  write: ({ column, descending }) => (descending ? `-${column}` : column),
}

const keys = {
  per: wordKey('one row for each rule of an ACL, or one in each flow log', ['acl', 'log'], 'acl'),
  spark: integerKey('most buckets in the sparkline of each rule', 0, 240),
  wait: waitKey,
}

export const rules = {
  route: { path: 'rules', keys, answer: async () => (await import('@/lib/flow/answer/rules')).rulesAnswer },
  page: {
    path: '/rules',
    title: 'Rules',
    hotkey: 'g r',
    keys: {
      ...keys,
      kind: wordKey('kind of rules to show', ['all', ...RULE_KINDS], 'all'),
      sort: sortKey,
      rule: ruleKey,
      acl: aclKey,
      dir: dirKey,
      ...PAGE_KEYS,
    },
  },
} as const satisfies ViewRecord
