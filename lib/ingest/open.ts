import 'server-only'
import { join } from 'node:path'
import { openConnectionString, openSource } from '@/lib/source/open'
import { type ClickhouseOptions, openClickhouse } from '@/lib/store/clickhouse'
import { openDuckdb } from '@/lib/store/duckdb'
import type { Store } from '@/lib/store/store'
import { Road } from './road'

export interface RoadSettings {
  /** Entries of FLOWLENS_SOURCES. */
  places: readonly string[]
  connectionString: string | null
  /** What the hosts of accounts may end in besides Azure's own suffixes. */
  storageSuffixes: readonly string[]
  dataDir: string
  /** Bytes that the embedded store may take. */
  dataLimit: number
  /** The engine to use instead of the embedded one, or null. */
  clickhouse: Omit<ClickhouseOptions, 'spool'> | null
}

function openStore({ clickhouse, dataDir }: RoadSettings, warn: (message: string) => void): Promise<Store> {
  return clickhouse ? openClickhouse({ ...clickhouse, spool: join(dataDir, 'clickhouse') }) : openDuckdb(dataDir, warn)
}

/** Opens the sources (without asking them anything yet) and the store. @throws Problem `config` for an entry that is no source, `store` for the folder. */
export async function openRoad(settings: RoadSettings, warn: (message: string) => void): Promise<Road> {
  const sources = settings.places.map((place) => openSource(place, { suffixes: settings.storageSuffixes }))
  if (settings.connectionString !== null) sources.push(openConnectionString(settings.connectionString))
  const unique = new Map(sources.map((source) => [source.id, source]))
  if (unique.size < sources.length) warn('One place is configured twice; it is read once')
  const limit = settings.clickhouse ? Number.POSITIVE_INFINITY : settings.dataLimit
  const road = new Road(await openStore(settings, warn), [...unique.values()], { limit, warn })
  if (sources.length > 0) road.warmUp()
  return road
}
