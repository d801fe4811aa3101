import type { ToldRow } from './tuples'

/** The origin of a row. */
export interface Origin {
  /** `container/name`, or the path below the folder. */
  blob: string
  /** ETag of the counted version. */
  etag: string
  /** Bytes. */
  offset: number
  /** Subscription of the flow log, or null if neither its path nor its records tell. */
  subscription: string | null
}

/** A row of an export. */
export type ExportRow = ToldRow & Origin

/** Returns `container/name` of a blob, or its path below the folder. */
export function blobPath({ container, name }: { container: string; name: string }): string {
  return container === '' ? name : `${container}/${name}`
}
