import 'server-only'
import { type RawAnswer, rawAnswer } from '@/lib/flow/answers'
import { parseTupleId } from '@/lib/flow/tuple'
import { judge } from '@/lib/flow/verdict'
import { pieces } from '@/lib/query/pieces'
import { toTupleRow } from '@/lib/query/rows'
import { readAgain } from './confirm'
import { handle } from './handle'
import { refuseKeys } from './refuse-keys'
import { respondJson } from './respond'
import { tupleOf } from './tuple-of'

/** One tuple as written, read from its source again, and whether it is still the one that was counted. */
export const raw = handle('raw', async (context, path) => {
  const { road, signal } = context
  refuseKeys(context.params)
  const row = await tupleOf(context, path)
  const place = parseTupleId(row.id)!
  const proof = (await pieces(road.store, [place.blob], signal)).get(place.blob) ?? []
  const { fate, now, ...found } = await readAgain(road, road.raw(place, proof, signal))
  const judged = fate === 'gone' ? { line: 'gone' as const, fields: [] } : judge(row, now && toTupleRow(now))
  const answer: RawAnswer = { id: row.id, ...found, row, verdict: { ...judged, blob: fate } }
  return respondJson(rawAnswer.parse(answer), context.requestId)
})
