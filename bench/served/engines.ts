import { FolderSource } from '@/lib/source/folder/folder'
import { openClickhouse } from '@/lib/store/clickhouse/clickhouse'
import type { Store } from '@/lib/store/store'
import { installClickhouse } from '../../scripts/clickhouse/install'
import { startClickhouse } from '../../scripts/clickhouse/start'
import type { Dataset } from '../logs/data'
import type { Bench } from '../part'
import { openRoad, roadOver } from './road'
import { coreSeconds } from './server'

/** An engine that has loaded a day. */
export interface Loaded {
  store: Store
  /** Returns the core seconds that the engine's own process has used. */
  used: () => number | null
}

/** Loads a day into DuckDB and then, with `--clickhouse`, into ClickHouse; returns the results of `measure` for each. */
export async function inEachEngine<T>(
  { options, workshop }: Bench,
  data: Dataset,
  measure: (loaded: Loaded) => Promise<T[]>,
): Promise<T[]> {
  const signal = new AbortController().signal
  const road = await openRoad(workshop.fresh('data'), new FolderSource(data.folder))
  const results: T[] = []
  try {
    await road.fetch(await road.survey(data, signal), signal)
    await road.store.settle()
    results.push(...(await measure({ store: road.store, used: () => 0 })))
  } finally {
    await road.close()
  }
  if (!options.clickhouse) return results
  await installClickhouse()
  const server = await startClickhouse(workshop.fresh('server'))
  const place = { url: server.url, user: 'default', password: '', database: 'bench', cluster: null, keepDays: null }
  const shared = roadOver(await openClickhouse({ ...place, spool: workshop.fresh('spool') }), new FolderSource(data.folder))
  try {
    await shared.fetch(await shared.survey(data, signal), signal)
    results.push(...(await measure({ store: shared.store, used: () => coreSeconds(server.process.pid!) })))
  } finally {
    await shared.close()
    await server.stop()
  }
  return results
}
