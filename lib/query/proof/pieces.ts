import type { BlobPiece, Piece } from '@/lib/flow/reading/piece'
import { join, sql } from '@/lib/store/sql'
import type { Store } from '@/lib/store/store'

/** Blobs in one statement. */
const STEP = 10_000

/** Returns the hashes of the counted bytes of these blobs (Blob.id), from the first byte on. A blob without counted bytes has none. */
export async function pieces(store: Store, blobs: readonly number[], signal?: AbortSignal): Promise<Map<number, Piece[]>> {
  const found = new Map<number, Piece[]>()
  for (let at = 0; at < blobs.length; at += STEP) {
    const some = join(
      blobs.slice(at, at + STEP).map((blob) => sql`${blob}`),
      ', ',
    )
    const rows = await store.query<BlobPiece>(
      sql`select blob, from_byte as "from", to_byte as "to", sha256 from reads where blob in (${some}) order by blob, from_byte`,
      signal,
    )
    for (const { blob, ...piece } of rows) found.set(blob, [...(found.get(blob) ?? []), piece])
  }
  return found
}
