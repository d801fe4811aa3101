import { hash53 } from '@/lib/flow/hash'
import type { FlowGroup } from '@/lib/flow/tuple/tuple'
import { cellsOf, GROUPS } from './schema'

/** Returns a checksum of a group, by which a store recognizes it without keeping its names: a hostile log may have millions of them. */
export function checkOf(group: FlowGroup): number {
  return hash53(JSON.stringify(cellsOf(GROUPS, group)))
}
