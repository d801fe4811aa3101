import 'server-only'
import { openConnectionString, openSource } from '@/lib/source/open'
import { openDuckdb } from '@/lib/store/duckdb'
import { gated } from '@/lib/store/gated'
import { Road } from './road'

export interface RoadSettings {
  /** Entries of FLOWLENS_SOURCES. */
  places: readonly string[]
  connectionString: string | null
  /** What the hosts of accounts may end in besides Azure's own suffixes. */
  storageSuffixes: readonly string[]
  dataDir: string
  /** Bytes that the store may take. */
  dataLimit: number
  /** Questions to the engine at once, and bytes of the largest blob that is read. */
  limits: { queries: number; blob: number }
}

/** Opens the sources (without asking them anything yet) and the store. @throws Problem `config` for an entry that is no source, `store` for the folder. */
export async function openRoad(settings: RoadSettings, warn: (message: string) => void): Promise<Road> {
  const sources = settings.places.map((place) => openSource(place, { suffixes: settings.storageSuffixes }))
  if (settings.connectionString !== null) sources.push(openConnectionString(settings.connectionString))
  const unique = new Map(sources.map((source) => [source.id, source]))
  if (unique.size < sources.length) warn('One place is configured twice; it is read once')
  const { queries, blob } = settings.limits
  const store = gated(await openDuckdb(settings.dataDir, warn), queries)
  const road = new Road(store, [...unique.values()], { limit: settings.dataLimit, largest: blob, warn })
  if (sources.length > 0) road.warmUp()
  return road
}
