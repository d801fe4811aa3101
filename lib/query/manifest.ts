import type { Rejection } from '@/lib/flow/blob'
import type { Piece } from '@/lib/flow/piece'
import type { View } from '@/lib/flow/view'
import { sql } from '@/lib/store/sql'
import type { Store } from '@/lib/store/store'
import type { Scope } from './scope'
import { where } from './where'

type Refused = Pick<Rejection, 'what' | 'reason' | 'count' | 'offset'>

/** What the store knows of blobs, by their id. */
export interface Manifest {
  /** Rows of the view; blobs that have none are not here. */
  rows: Map<number, number>
  /** In order. */
  pieces: Map<number, Piece[]>
  rejected: Map<number, Refused[]>
}

function byBlob<Row extends { blob: number }, Value>(rows: readonly Row[], toValue: (row: Row) => Value): Map<number, Value[]> {
  const found = new Map<number, Value[]>()
  for (const row of rows) {
    const values = found.get(row.blob)
    if (values) values.push(toValue(row))
    else found.set(row.blob, [toValue(row)])
  }
  return found
}

/** What a manifest of the view is made of, beside the states of its blobs. */
export async function manifest(store: Store, view: View, { sources }: Scope, signal?: AbortSignal): Promise<Manifest> {
  const [rows, reads, refused] = await Promise.all([
    store.query<{ blob: number; n: number }>(sql`select blob, count(*) as n from tuples where ${where(view, sources)} group by blob`, signal),
    store.query<{ blob: number; from_byte: number; to_byte: number; sha256: string }>(
      sql`select blob, from_byte, to_byte, sha256 from reads order by blob, from_byte`,
      signal,
    ),
    store.query<{ blob: number; what: Rejection['what']; reason: string; n: number; pos: number }>(
      sql`select blob, what, reason, cast(sum(count) as bigint) as n, min(pos) as pos from rejections
        group by blob, what, reason order by blob, what, reason`,
      signal,
    ),
  ])
  return {
    rows: new Map(rows.map(({ blob, n }) => [blob, n])),
    pieces: byBlob(reads, ({ from_byte, to_byte, sha256 }) => ({ from: from_byte, to: to_byte, sha256 })),
    rejected: byBlob(refused, ({ what, reason, n, pos }) => ({ what, reason, count: n, offset: pos })),
  }
}
