import 'server-only'
import { type RawAnswer, rawAnswer } from '@/lib/flow/answers'
import { parseTupleId } from '@/lib/flow/tuple'
import { handle } from './handle'
import { refuseKeys } from './refuse-keys'
import { respondJson } from './respond'
import { tupleOf } from './tuple-of'

/** One tuple as written, read from its source again. */
export const raw = handle('raw', async (context, path) => {
  refuseKeys(context.params)
  const row = await tupleOf(context, path)
  const answer: RawAnswer = { id: row.id, ...(await context.road.raw(parseTupleId(row.id)!, context.signal)), row }
  return respondJson(rawAnswer.parse(answer), context.requestId)
})
