import { integerKey } from '@/lib/link/keys/key'
import { aclKey, dirKey, ruleKey, waitKey } from '@/lib/link/keys/keys'
import type { ViewRecord } from '@/lib/link/views/record'

export const rule = {
  route: {
    path: 'rule',
    keys: {
      rule: { ...ruleKey, required: true },
      acl: { ...aclKey, required: true },
      dir: dirKey,
      limit: integerKey('rows in each list', 8, 100),
      spark: integerKey('most buckets in its sparkline', 60, 240),
      wait: waitKey,
    },
    answer: async () => (await import('@/lib/flow/answer/traffic/rule')).ruleAnswer,
  },
} as const satisfies ViewRecord
