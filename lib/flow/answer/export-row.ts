import type { ToldRow } from './tuples'

/** Where a row was read. */
export interface Origin {
  /** `container/name`, or the path below the folder. */
  blob: string
  /** Of the version that was counted. */
  etag: string
  /** Bytes. */
  offset: number
  /** Of the flow log, or null where neither its path nor its records tell. */
  subscription: string | null
}

/** A row of an export. */
export type ExportRow = ToldRow & Origin

/** `container/name` of a blob, or its path below the folder. */
export function blobPath({ container, name }: { container: string; name: string }): string {
  return container === '' ? name : `${container}/${name}`
}
