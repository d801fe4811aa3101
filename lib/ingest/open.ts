import 'server-only'
import type { TokenCredential } from '@/lib/flow/token-credential'
import { openConnectionString, openSource } from '@/lib/source/open'
import { openDuckdb } from '@/lib/store/duckdb'
import { Road } from './road'

export interface RoadSettings {
  /** Entries of FLOWLENS_SOURCES. */
  places: readonly string[]
  connectionString: string | null
  /** What the hosts of accounts may end in besides Azure's own suffixes. */
  storageSuffixes: readonly string[]
  /** With whose rights accounts without a SAS are read. */
  tokens?: TokenCredential | undefined
  dataDir: string
  /** Bytes that the store may take. */
  dataLimit: number
}

/** Opens the sources (without asking them anything yet) and the store. @throws Problem `config` for an entry that is no source, `store` for the folder. */
export async function openRoad(settings: RoadSettings, warn: (message: string) => void): Promise<Road> {
  const { tokens, storageSuffixes: suffixes } = settings
  const sources = settings.places.map((place) => openSource(place, { suffixes, ...(tokens === undefined ? {} : { credential: tokens }) }))
  if (settings.connectionString !== null) sources.push(openConnectionString(settings.connectionString))
  const unique = new Map(sources.map((source) => [source.id, source]))
  if (unique.size < sources.length) warn('One place is configured twice; it is read once')
  const road = new Road(await openDuckdb(settings.dataDir, warn), [...unique.values()], { limit: settings.dataLimit, warn })
  if (sources.length > 0) road.warmUp()
  return road
}
