import 'server-only'
import { type RawAnswer, rawAnswer } from '@/lib/flow/answer/tuples/raw'
import type { TupleRow } from '@/lib/flow/answer/tuples/tuples'
import { judge } from '@/lib/flow/field/verdict'
import { parseTupleId } from '@/lib/flow/tuple/tuple'
import { type Context, handle } from '@/lib/http/door/handle'
import { refuseKeys } from '@/lib/http/door/refuse-keys'
import { respondJson } from '@/lib/http/report/respond'
import { readAgain } from '@/lib/http/rights/confirm'
import { toTupleRow } from '@/lib/query/columns/rows'
import { pieces } from '@/lib/query/proof/pieces'
import { otherPlaces } from '@/lib/query/tuples/places'
import { tupleOf } from './tuple-of'

/** Maximum number of copies of a record in an answer. */
const COPIES = 20

/** Returns the other places of a tuple's record that the person may read. */
async function copiesOf({ road, signal }: Context, row: TupleRow): Promise<RawAnswer['copies']> {
  const copies: RawAnswer['copies'] = []
  for (const { blob, offset } of await otherPlaces(road.store, row, COPIES, signal)) {
    const state = road.store.blobs().get(blob)
    const source = road.sources.find(({ id }) => id === state?.source)
    if (state && source && (await road.shows(state, signal)))
      copies.push({ source: source.name, container: state.container, blob: state.name, offset })
  }
  return copies
}

/** Returns one tuple as written, read from its source again, and whether it is still the counted one. */
export const raw = handle('raw', async (context, path) => {
  const { road, signal } = context
  refuseKeys(context.params)
  const row = await tupleOf(context, path)
  const place = parseTupleId(row.id)!
  const proof = (await pieces(road.store, [place.blob], signal)).get(place.blob) ?? []
  const { fate, now, ...found } = await readAgain(road, road.raw(place, proof, signal))
  const judged = fate === 'gone' ? { line: 'gone' as const, fields: [] } : judge(row, now && toTupleRow(now))
  const copies = await copiesOf(context, row)
  const answer: RawAnswer = { id: row.id, ...found, copies, row, verdict: { ...judged, blob: fate } }
  return respondJson(rawAnswer.parse(answer), context.requestId)
})
