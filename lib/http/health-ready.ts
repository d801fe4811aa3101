import 'server-only'
import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import { Problem } from '@/lib/flow/problem'
import { handle } from './handle'
import { respondEmpty } from './respond'
import { server } from './server'
import { isClosing } from './underway'

/** A store that takes longer is not ready. Milliseconds. */
const PATIENCE = 3000

function tooLate(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(new Problem('cancelled', 'Store has not answered')), { once: true })
  })
}

/** 204 when the store answers and the data directory can be written, else 503, with no content; storage is not asked. */
export const ready = handle(
  'health/ready',
  async ({ requestId, signal, explain, log }) => {
    if (isClosing()) return respondEmpty(503, requestId)
    try {
      const { road, dataDir } = await server()
      await Promise.race([road.store.size(), tooLate(signal)])
      await access(dataDir, constants.W_OK)
      return respondEmpty(204, requestId)
    } catch (error) {
      const { kind, message } = explain(error)
      log.warn({ requestId, kind, message }, 'not ready')
      return respondEmpty(503, requestId)
    }
  },
  { open: true, alone: true, deadline: PATIENCE },
)
