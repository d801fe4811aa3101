import { FolderSource } from '@/lib/source/folder'
import { openClickhouse } from '@/lib/store/clickhouse'
import { openDuckdb } from '@/lib/store/duckdb'
import type { Store } from '@/lib/store/store'
import { Road } from '../road'
import { startHere } from './here'

/** Reads everything of a folder into a store and then waits to be killed: `reader.ts FOLDER DATA [CLICKHOUSE_URL DATABASE]`. */
const [, , folder = '', data = '', url, database = ''] = process.argv

function openStore(): Promise<Store> {
  if (url === undefined) return openDuckdb(data)
  return openClickhouse({ url, database, user: 'default', password: '', cluster: null, keepDays: null, spool: data })
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
