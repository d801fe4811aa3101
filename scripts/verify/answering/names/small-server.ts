import { strict as assert } from 'node:assert'
import path from 'node:path'
import type { TimelineAnswer } from '@/lib/flow/answer/traffic/timeline'
import { clickhouse, databaseOf, type Engine, PASSWORD } from '@/lib/store/test/engines'
import { type Served, serve } from '../../world/serve'
import { FLAGS, SETTINGS } from '../../world/small-container'

const RANGE = 'from=2024-08-12T15:00:00Z&to=2024-08-12T17:00:00Z'
const PATIENCE = 240_000

async function settingsOf(engine: Engine, folder: string): Promise<Record<string, string>> {
  if (engine === 'duckdb') return {}
  const { url } = await clickhouse()
  return { CLICKHOUSE_URL: url, CLICKHOUSE_USER: 'default', CLICKHOUSE_PASSWORD: PASSWORD, CLICKHOUSE_DATABASE: databaseOf(folder) }
}

/** Serves the files of `evidence` in the folder on one engine, with the memory of a small container. */
export async function serveSmall(engine: Engine, folder: string): Promise<Served> {
  const settings = { FLOWLENS_SOURCES: path.join(folder, 'evidence'), ...SETTINGS, ...(await settingsOf(engine, folder)) }
  return serve(path.join(folder, engine), settings, FLAGS)
}

/** Has the server read everything, and returns what it has counted. */
export async function tuplesRead({ url }: Served): Promise<{ tuples: number; malformed: number; complete: boolean }> {
  const response = await fetch(`${url}/api/timeline?${RANGE}`, { signal: AbortSignal.timeout(PATIENCE) })
  const text = await response.text()
  assert.equal(response.status, 200, text.slice(0, 500))
  const { tuples, malformed, complete } = (JSON.parse(text) as TimelineAnswer).coverage
  return { tuples, malformed, complete }
}
