import 'server-only'
import { join } from 'node:path'
import { type Shares, sharesOf } from '@/lib/ingest/threads/pool/shares'
import type { ParseThread } from '@/lib/ingest/threads/worker/thread'
import type { TokenCredential } from '@/lib/net/token-credential'
import { needsToken, openAccount, openConnectionString, openSource } from '@/lib/source/open'
import { PermittedSource } from '@/lib/source/rights/permitted'
import { type ClickhouseOptions, openClickhouse } from '@/lib/store/clickhouse/clickhouse'
import { openDuckdb } from '@/lib/store/duckdb/duckdb'
import { gated } from '@/lib/store/gated'
import type { Store } from '@/lib/store/store'
import { keepFor, PersonalRoads } from './personal'
import { Road } from './road'

export interface RoadSettings {
  /** Places in FLOWLENS_SOURCES. */
  places: readonly string[]
  connectionString: string | null
  /** Allowed suffixes of account hosts besides Azure's own. */
  storageSuffixes: readonly string[]
  /** Credential for accounts without a SAS. */
  tokens?: TokenCredential | undefined
  dataDir: string
  /** Maximum size of the embedded store. Bytes. */
  dataLimit: number
  /** Memory that the process may use. Bytes. */
  memory: number
  /** Simultaneous queries of the engine, and the largest blob that is read in bytes. */
  limits: { queries: number; blob: number }
  /** The engine that replaces the embedded one, or null. */
  clickhouse: Omit<ClickhouseOptions, 'spool' | 'tell' | 'round'> | null
}

type Warn = (message: string) => void

async function openStore(
  { clickhouse, dataDir, dataLimit, limits }: RoadSettings,
  { engine, queries }: Shares,
  warn: Warn,
): Promise<Store> {
  if (clickhouse) return gated(await openClickhouse({ ...clickhouse, spool: join(dataDir, 'clickhouse'), tell: warn }), limits.queries)
  return gated(await openDuckdb(dataDir, warn, { ...engine, disk: dataLimit }), queries)
}

/** Opens the sources, without contacting them yet, and the store. @throws Problem `config` for an invalid place, `store` for the folder. */
export async function openRoad(settings: RoadSettings, warn: Warn, start?: (heap: number) => ParseThread): Promise<Road> {
  const { tokens, storageSuffixes: suffixes } = settings
  const sources = settings.places.map((place) => openSource(place, { suffixes, ...(tokens === undefined ? {} : { credential: tokens }) }))
  if (settings.connectionString !== null) sources.push(openConnectionString(settings.connectionString))
  const unique = new Map(sources.map((source) => [source.id, source]))
  if (unique.size < sources.length) warn('One source is configured twice; it is read once')
  const shares = sharesOf(settings.memory, settings.limits.queries)
  const road = new Road(await openStore(settings, shares, warn), [...unique.values()], {
    ...shares.reading,
    ...(settings.clickhouse ? {} : { limit: settings.dataLimit }),
    largest: settings.limits.blob,
    warn,
    ...(start && { start }),
  })
  if (sources.length > 0) road.warmUp()
  return road
}

/** One road for each person, if accounts are read with that person's own token; null if everybody sees the same. */
export function openPersonalRoads(
  {
    places,
    storageSuffixes,
    credential,
    rights,
  }: Pick<RoadSettings, 'places' | 'storageSuffixes'> & { credential: string | null; rights: 'day' | 'strict' },
  everybody: Road,
): PersonalRoads | null {
  const options = { suffixes: storageSuffixes }
  const own = new Map(places.filter(needsToken).map((place) => [openSource(place, options).id, place]))
  if (credential !== 'user' || own.size === 0) return null
  const now = Date.now
  return new PersonalRoads(
    everybody,
    ({ credential, expires }) =>
      everybody.sources.map((shared) => {
        const place = own.get(shared.id)
        if (place === undefined) return shared
        const source = openAccount(place, { ...options, credential, azure: { keep: keepFor(expires, now) } })
        return new PermittedSource(source, { strict: rights === 'strict', now, expires })
      }),
    everybody.sources.filter(({ id }) => !own.has(id)),
  )
}
