import 'server-only'
import type { TupleRow } from '@/lib/flow/answer/tuples/tuples'
import { Problem } from '@/lib/flow/problem'
import { parseTupleId } from '@/lib/flow/tuple/tuple'
import type { Context, Path } from '@/lib/http/door/handle'
import { scopeOfBlob } from '@/lib/http/rights/scope-of'
import { tuple } from '@/lib/query/tuples/tuple'

/**
 * Returns the tuple of a path such as `tuples/ID/raw`.
 * @throws Problem `ask` for an invalid id, `absent` if no such tuple has been read
 */
export async function tupleOf(context: Context, path: Path): Promise<TupleRow> {
  const id = String(path.id ?? '')
  const place = parseTupleId(id)
  if (place === null) throw new Problem('ask', `Tuple id ${id} is not of the form blob-offset`, { key: 'id' })
  const found = await scopeOfBlob(context, place.blob)
  const row = found && (await tuple(context.road.store, id, found, context.signal))
  if (row === null) throw new Problem('absent', 'Tuple is not among what has been read: open its range first', { key: 'id' })
  return row
}
