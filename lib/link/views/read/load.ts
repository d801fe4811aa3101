import { flagKey } from '@/lib/link/keys/key'
import type { ViewRecord } from '@/lib/link/views/record'

/** Answers with server-sent events. */
export const load = {
  route: { path: 'load', keys: { ask: flagKey('1 to be asked before more is read than the server reads unasked') } },
} as const satisfies ViewRecord
