import { Problem } from '@/lib/flow/problem'
import type { Bounds } from './bounds'
import { gunzip } from './gunzip'
import { PACKING_BYTES, type Packing, packingOf } from './packing'
import { peek, type Stream } from './stream'
import { fromWide } from './unicode'

/** Bytes without their packing, and whether there was any. An archive is not unpacked here: its packing is told. */
export interface Plain {
  packed: boolean
  archive: 'zip' | 'tar' | null
  stream: Stream
}

/** Unpacks gzip, also in gzip, UTF-16 and UTF-32. Bytes that are plain already pass as they are. @throws Problem `source` for packings that are too deep. */
export async function plainOf(name: string, stream: Stream, bounds: Bounds, depth = 0): Promise<Plain> {
  const { head, whole } = await peek(stream, PACKING_BYTES)
  const packing: Packing = packingOf(head)
  if (packing === 'gzip') {
    if (depth >= bounds.depth)
      throw new Problem('source', `${name} is packed more than ${bounds.depth} times and is not read`, { where: name })
    return { ...(await plainOf(name, gunzip(name, whole, bounds), bounds, depth + 1)), packed: true }
  }
  if (packing === null || packing === 'zip' || packing === 'tar') return { packed: depth > 0, archive: packing, stream: whole }
  return { packed: true, archive: null, stream: fromWide(whole, packing) }
}
