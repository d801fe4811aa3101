import { Road } from '@/lib/ingest/road/road'
import { FolderSource } from '@/lib/source/folder/folder'
import { openClickhouse } from '@/lib/store/clickhouse/clickhouse'
import { openDuckdb } from '@/lib/store/duckdb/duckdb'
import type { Store } from '@/lib/store/store'
import { PASSWORD } from '@/lib/store/test/engines'
import { startHere } from './here'

/** Reads a whole folder into a store and then waits to be killed: `reader.ts FOLDER DATA [CLICKHOUSE_URL DATABASE]`. */
const [, , folder = '', data = '', url, database = ''] = process.argv

function openStore(): Promise<Store> {
  if (url === undefined) return openDuckdb(data)
  return openClickhouse({ url, database, user: 'default', password: PASSWORD, cluster: null, keepDays: null, spool: data })
}

async function main(): Promise<void> {
  const source = new FolderSource(folder, { keep: 0 })
  const road = new Road(await openStore(), [source], { threads: 2, start: startHere })
  process.send?.('open')
  const never = new AbortController().signal
  await road.fetch(await road.survey({ from: 0, to: Date.now() }, never), never)
  process.send?.('read')
  setInterval(() => {}, 1000)
}

void main()
