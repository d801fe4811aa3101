import { proofKey, waitKey } from '@/lib/link/keys/keys'
import type { ViewRecord } from '@/lib/link/views/record'

export const evidence = {
  route: {
    path: 'evidence',
    keys: { proof: { ...proofKey, required: true }, wait: waitKey },
    answer: async () => (await import('@/lib/flow/answer/evidence/evidence')).evidenceAnswer,
  },
} as const satisfies ViewRecord
