import 'server-only'
import { type RawAnswer, rawAnswer } from '@/lib/flow/answers'
import { Problem } from '@/lib/flow/problem'
import { parseTupleId } from '@/lib/flow/tuple'
import { tuple } from '@/lib/query/tuple'
import { handle } from './handle'
import { refuseKeys } from './refuse-keys'
import { respondJson } from './respond'

/** One tuple as written, read from its source again. */
export const raw = handle('raw', async ({ road, signal, requestId, params }, path) => {
  refuseKeys(params)
  const text = String(path.id ?? '')
  const id = parseTupleId(text)
  if (id === null) throw new Problem('ask', `Tuple id ${text} is not of the form blob-offset`, { key: 'id' })
  const row = await tuple(road.store, text, { sources: road.sources.map((source) => source.id) }, signal)
  if (row === null) throw new Problem('absent', 'Tuple is not among what has been read: open its range first', { key: 'id' })
  const answer: RawAnswer = { id: text, ...(await road.raw(id, signal)), row }
  return respondJson(rawAnswer.parse(answer), requestId)
})
