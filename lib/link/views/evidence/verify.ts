import { flagKey, integerKey } from '@/lib/link/keys/key'
import { waitKey } from '@/lib/link/keys/keys'
import type { ViewRecord } from '@/lib/link/views/record'

export const verify = {
  route: {
    path: 'verify',
    keys: {
      rows: integerKey('rows to compare with their bytes', 1000, 10_000),
      pieces: flagKey('1 to hash every counted byte again'),
      wait: waitKey,
    },
    answer: async () => (await import('@/lib/flow/answer/evidence/verify')).verifyAnswer,
  },
} as const satisfies ViewRecord
