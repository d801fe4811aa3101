import { Problem } from '@/lib/flow/problem'
import type { DecodeBounds } from './bounds'
import { gunzip } from './gunzip'
import { PACKING_BYTES, type Packing, packingOf } from './packing'
import { peek, type Stream } from './stream'
import { fromWide } from './unicode'

/** Unpacked bytes, and whether they were packed. An archive is not unpacked here, only named. */
export interface Plain {
  packed: boolean
  archive: 'zip' | 'tar' | null
  stream: Stream
}

/**
 * Unpacks gzip (also nested), UTF-16 and UTF-32. Plain bytes pass unchanged.
 * @throws Problem `source` for packings that are nested too deep
 */
export async function plainOf(name: string, stream: Stream, bounds: DecodeBounds, depth = 0): Promise<Plain> {
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
