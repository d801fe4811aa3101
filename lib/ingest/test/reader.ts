import { FolderSource } from '@/lib/source/folder'
import { openDuckdb } from '@/lib/store/duckdb'
import { Road } from '../road'
import { startHere } from './here'

/** Reads everything of a folder into a data directory, over and over, until it is killed: `reader.ts FOLDER DATA`. */
const [, , folder = '', data = ''] = process.argv

async function main(): Promise<void> {
  const source = new FolderSource(folder, { keep: 0 })
  const road = new Road(await openDuckdb(data), [source], { threads: 2, start: startHere })
  process.send?.('open')
  const never = new AbortController().signal
  await road.fetch(await road.survey({ from: 0, to: Date.now() }, never), never)
  process.send?.('read')
  setInterval(() => {}, 1000)
}

void main()
