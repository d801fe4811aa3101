import type { Log } from '@/lib/flow/answer/read/logs'
import type { LogExtent } from '@/lib/flow/reading/blob'
import { HOUR } from '@/lib/flow/time/bucket'
import { describeLog } from '@/lib/flow/tuple/log'
import type { Source } from '@/lib/source/model/source'
import { sql } from '@/lib/store/sql'
import type { Store } from '@/lib/store/store'

interface Found {
  log: Omit<Log, 'macs' | 'first' | 'last'>
  macs: Set<string>
  first: number | null
  last: number | null
}

function iso(t: number | null): string | null {
  return t === null ? null : new Date(t).toISOString()
}

/**
 * Every flow log that a listing or a stored record mentions, with its NICs and the time span seen, sorted by name. With `only` (Blob.id), other blobs
 * are ignored.
 */
export async function describeLogs(
  store: Store,
  sources: readonly Source[],
  extents: readonly LogExtent[],
  only: readonly number[] | null,
  signal: AbortSignal,
): Promise<Log[]> {
  const names = new Map(sources.map((source) => [source.id, source.name]))
  const found = new Map<string, Found>()
  const see = (source: string, scope: string, macs: readonly string[], first: number | null, last: number | null) => {
    const { key: _, ...name } = describeLog(source, scope)
    const known = found.get(name.id) ?? { log: { ...name, source: names.get(source)! }, macs: new Set<string>(), first: null, last: null }
    for (const mac of macs) if (mac !== '') known.macs.add(mac)
    if (first !== null) known.first = Math.min(known.first ?? first, first)
    if (last !== null) known.last = Math.max(known.last ?? last, last)
    found.set(name.id, known)
  }
  for (const extent of extents) see(extent.source, extent.scope, extent.macs, extent.first, extent.last + HOUR - 1)
  const states = only === null ? store.blobs().values() : only.flatMap((id) => store.blobs().get(id) ?? [])
  for (const state of states) {
    const scope = state.scope ?? state.log
    if (scope !== null && names.has(state.source)) see(state.source, scope, [], state.first, state.last)
  }
  const seen = only === null ? sql`1 = 1` : only.length === 0 ? sql`1 = 0` : sql`id in (select grp from tuples where blob in ${only})`
  const macs = await store.query<{ log: string; mac: string }>(sql`select distinct log, mac from groups where ${seen}`, signal)
  for (const { log, mac } of macs) if (mac !== '') found.get(log)?.macs.add(mac)
  return [...found.values()]
    .map(({ log, macs, first, last }) => ({ ...log, macs: [...macs].sort(), first: iso(first), last: iso(last) }))
    .sort((a, b) => a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1))
}
