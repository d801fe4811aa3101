import { sql } from '@/lib/store/sql'
import type { Store } from '@/lib/store/store'
import type { Scope } from './scope'
import { ofSources } from './where'

/** What is stored of one flow log in one source. Times are epoch milliseconds of tuples. */
export interface LogExtent {
  id: string
  source: string
  name: string
  format: 'nsg' | 'vnet'
  macs: string[]
  first: number
  last: number
}

/** Oldest and newest tuple that is stored, null when there is none, and the same for each log. */
export interface StoredExtent {
  first: number | null
  last: number | null
  logs: LogExtent[]
}

interface Row {
  log: string
  source: string
  log_name: string
  format: string
  mac: string
  oldest: number
  newest: number
}

/** How far back and how far on the stored tuples of these sources reach. */
export async function extent(store: Store, { sources }: Scope, signal?: AbortSignal): Promise<StoredExtent> {
  const rows = await store.query<Row>(
    sql`select log, source, log_name, format, mac, min(group_oldest) as oldest, max(group_newest) as newest
      from (select grp, min(time) as group_oldest, max(time) as group_newest from tuples where ${ofSources(sources)} group by grp) as spans
        join groups on id = grp
      group by log, source, log_name, format, mac order by log, source, log_name, format, mac`,
    signal,
  )
  const logs = new Map<string, LogExtent>()
  for (const { log, source, log_name: name, format, mac, oldest, newest } of rows) {
    const key = JSON.stringify([log, source])
    const known = logs.get(key) ?? {
      id: log,
      source,
      name,
      format: format === 'vnet-v4' ? 'vnet' : 'nsg',
      macs: [],
      first: oldest,
      last: newest,
    }
    if (mac !== '' && !known.macs.includes(mac)) known.macs.push(mac)
    logs.set(key, { ...known, first: Math.min(known.first, oldest), last: Math.max(known.last, newest) })
  }
  const all = [...logs.values()]
  return {
    first: all.length === 0 ? null : Math.min(...all.map(({ first }) => first)),
    last: all.length === 0 ? null : Math.max(...all.map(({ last }) => last)),
    logs: all,
  }
}
