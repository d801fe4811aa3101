import { flagKey, integerKey } from '@/lib/link/keys/key'
import { waitKey } from '@/lib/link/keys/keys'
import type { ViewRecord } from '@/lib/link/views/record'

export const timeline = {
  route: {
    path: 'timeline',
    keys: {
      buckets: integerKey('most buckets in the answer', 240, 5000),
      noise: flagKey('1 to count denied traffic of scanners separately'),
      wait: waitKey,
    },
    answer: async () => (await import('@/lib/flow/answer/traffic/timeline')).timelineAnswer,
  },
} as const satisfies ViewRecord
