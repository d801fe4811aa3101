import { Problem } from '@/lib/flow/problem'

/** Limits of unpacking, so that a decompression bomb costs little. */
export const BOUNDS = {
  /** Nested packings: gzip in gzip, an archive in an archive. */
  depth: 3,
  /** Entries of one archive, including those of archives inside it. */
  entries: 100_000,
  /** Bytes that one object may unpack to. */
  total: 32 * 1024 ** 3,
  /** Plain bytes for each packed byte … */
  ratio: 1000,
  /** … checked only beyond this many plain bytes. Flow logs pack about 10:1, zeros at most 1032:1. */
  free: 64 * 1024 ** 2,
}

export type DecodeBounds = typeof BOUNDS

/** @throws Problem `source` if `packed` bytes that unpack to `plain` bytes exceed the limits */
export function holdTo(bounds: DecodeBounds, name: string, packed: number, plain: number): void {
  if (plain > bounds.total)
    throw new Problem('source', `${name} unpacks to more than ${bounds.total} bytes and is not read further`, { where: name })
  if (plain > bounds.free && plain > packed * bounds.ratio)
    throw new Problem('source', `${name} unpacks to more than ${bounds.ratio} times its size, as a bomb would, and is not read further`, {
      where: name,
    })
}
