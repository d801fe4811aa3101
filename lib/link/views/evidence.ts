import { proofKey, waitKey } from '@/lib/link/keys/keys'
import type { ViewRecord } from './record'

export const evidence = {
  route: {
    path: 'evidence',
    keys: { proof: { ...proofKey, required: true }, wait: waitKey },
    answer: async () => (await import('@/lib/flow/answer/evidence')).evidenceAnswer,
  },
} as const satisfies ViewRecord
