import 'server-only'
import { type LogsAnswer, logsAnswer } from '@/lib/flow/answers'
import { handle } from './handle'
import { describeSources } from './health'
import { refuseKeys } from './refuse-keys'
import { respondJson } from './respond'

/** Flow logs of every source that answers. */
export const logs = handle('logs', async (context) => {
  const { road, signal, requestId, params } = context
  refuseKeys(params)
  const { logs: found, failed, problems } = await road.logs(signal)
  const answer: LogsAnswer = { logs: found, sources: describeSources(context, failed), problems }
  return respondJson(logsAnswer.parse(answer), requestId)
})
