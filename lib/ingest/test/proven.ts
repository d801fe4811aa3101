import { strict as assert } from 'node:assert'
import { createHash } from 'node:crypto'
import type { BlobState } from '@/lib/flow/reading/blob'
import type { BlobPiece, Piece } from '@/lib/flow/reading/piece'
import { sql } from '@/lib/store/sql'
import type { Store } from '@/lib/store/store'

/** The expected pieces: contiguous from 0 to `ends.at(-1)`. */
function piecesOf(bytes: Uint8Array, ends: readonly number[]): Piece[] {
  return ends.map((to, i) => {
    const from = ends[i - 1] ?? 0
    return { from, to, sha256: createHash('sha256').update(bytes.subarray(from, to)).digest('hex') }
  })
}

/**
 * Expects that the pieces of every stored blob are contiguous from 0 to the counted end, each with the hash of its bytes, and that there are no
 * others. Returns the number of pieces by blob name.
 */
export async function expectProven(store: Store, bytesOf: (state: BlobState) => Uint8Array): Promise<Record<string, number>> {
  const rows = await store.query<BlobPiece>(sql`select blob, from_byte as "from", to_byte as "to", sha256 from reads order by from_byte`)
  const counts: Record<string, number> = {}
  for (const state of store.blobs().values()) {
    const pieces = rows.filter(({ blob }) => blob === state.id).map(({ blob: _, ...piece }) => piece)
    const ends = pieces.map(({ to }) => to)
    assert.equal(ends.at(-1) ?? 0, state.resume, state.name)
    assert.deepEqual(pieces, piecesOf(bytesOf(state), ends), state.name)
    counts[state.name] = pieces.length
  }
  assert.equal(
    rows.length,
    Object.values(counts).reduce((sum, count) => sum + count, 0),
  )
  return counts
}
