import type { Blob, BlobState } from '@/lib/flow/reading/blob'
import { HOUR } from '@/lib/flow/time/bucket'
import { FLUSH_LAG } from '@/lib/flow/view/view'
import { parsePath } from '@/lib/source/model/path'

/** Returns the hour in the path of a blob that was read and holds tuples of other hours, epoch milliseconds; null for every other blob. */
export function strayedFrom({ name, hour, first, last }: BlobState): number | null {
  const path = hour ?? parsePath(name)?.hour ?? null
  if (path === null || first === null || last === null) return null
  return first < path - FLUSH_LAG || last >= path + HOUR ? path : null
}

/** Returns a blob whose path is wrong as a file without an hour: every range needs it. */
export function withoutHour(blob: Blob): Blob {
  return blob.hour === null ? blob : { ...blob, hour: null }
}
