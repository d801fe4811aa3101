import 'server-only'
import { type LogsAnswer, logsAnswer } from '@/lib/flow/answer/read/logs'
import { handle } from '@/lib/http/door/handle'
import { refuseKeys } from '@/lib/http/door/refuse-keys'
import { describeSources } from '@/lib/http/operations/health'
import { respondJson } from '@/lib/http/report/respond'
import { expiring } from '@/lib/http/server/expiring'
import { waitKey } from '@/lib/link/keys/keys'
import { located } from '@/lib/link/params'

function readWait(params: URLSearchParams): boolean {
  refuseKeys(params, ['wait'])
  try {
    return waitKey.read(params.get('wait') ?? '1')
  } catch (error) {
    throw located('wait', error)
  }
}

/** Returns the flow logs of every source that answers; with `wait=0`, without those that only unread loose files contain. */
export const logs = handle('logs', async (context) => {
  const { road, signal, requestId, params } = context
  const { logs: found, failed, problems } = await road.logs(signal, readWait(params))
  const answer: LogsAnswer = { logs: found, sources: describeSources(context, failed), problems: [...problems, ...expiring(road)] }
  return respondJson(logsAnswer.parse(answer), requestId)
})
