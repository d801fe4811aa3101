import { Problem } from '@/lib/flow/problem'

/** What unpacking may grow to, so that a bomb costs little. */
export const BOUNDS = {
  /** Packings inside of each other: gzip of gzip, an archive in an archive. */
  depth: 3,
  /** Entries of one archive, those of archives inside of it too. */
  entries: 100_000,
  /** Bytes that one object may unpack to. */
  total: 32 * 1024 ** 3,
  /** Plain bytes for each packed one … */
  ratio: 1000,
  /** … from this many plain bytes on. Flow logs pack about 10:1, and zeros 1032:1 at most. */
  free: 64 * 1024 ** 2,
}

export type Bounds = typeof BOUNDS

/** @throws Problem `source` where `plain` bytes of `packed` ones are more than the bounds allow. */
export function holdTo(bounds: Bounds, name: string, packed: number, plain: number): void {
  if (plain > bounds.total)
    throw new Problem('source', `${name} unpacks to more than ${bounds.total} bytes and is not read further`, { where: name })
  if (plain > bounds.free && plain > packed * bounds.ratio)
    throw new Problem('source', `${name} unpacks to more than ${bounds.ratio} times its size, as a bomb would, and is not read further`, {
      where: name,
    })
}
