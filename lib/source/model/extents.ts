import type { Blob, LogExtent } from '@/lib/flow/reading/blob'

/** Returns one extent for each source, container and scope among the blobs, in order of first appearance. Loose files have none. */
export function extentsOf(blobs: readonly Blob[]): LogExtent[] {
  const extents = new Map<string, LogExtent>()
  for (const { source, container, scope, hour, mac } of blobs) {
    if (scope === null || hour === null) continue
    const key = `${source}\0${container}\0${scope}`
    const extent = extents.get(key) ?? { source, container, scope, first: hour, last: hour, macs: [] }
    extents.set(key, extent)
    extent.first = Math.min(extent.first, hour)
    extent.last = Math.max(extent.last, hour)
    if (mac !== null && !extent.macs.includes(mac)) extent.macs.push(mac)
  }
  return [...extents.values()]
}
