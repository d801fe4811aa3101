import { HOUR } from '@/lib/flow/time/bucket'
import { Road } from '@/lib/ingest/road/road'
import { startHere } from '@/lib/ingest/test/here'
import { exportTuples } from '@/lib/query/tuples/export-tuples'
import { Scope } from '@/lib/query/where/scope'
import { FolderSource } from '@/lib/source/folder/folder'
import { openDuckdb } from '@/lib/store/duckdb/duckdb'
import { DAY_START } from './hours'

/** Loads, settles, exports and evicts repeatedly, until it is killed: `crash-child.ts FOLDER DATA LIMIT`; LIMIT is bytes, 0 for none. */
const [, , folder = '', data = '', limit = '0'] = process.argv
/** Factor by which the clock runs faster, because requested blobs are kept for minutes. */
const FASTER = 3000
const view = { from: DAY_START - HOUR, to: DAY_START + 48 * HOUR, q: '', filter: null, logs: [], asof: null, once: false }

function say(what: string): void {
  process.send?.(what)
}

async function main(): Promise<void> {
  const began = Date.now()
  const options = Number(limit) > 0 ? { limit: Number(limit), now: () => DAY_START + (Date.now() - began) * FASTER } : {}
  const road = new Road(await openDuckdb(data), [new FolderSource(folder, { keep: 0 })], { threads: 2, start: startHere, ...options })
  say('open')
  const never = new AbortController().signal
  for (;;) {
    await road.fetch(await road.survey(view, never), never)
    say('loaded')
    try {
      for await (const rows of exportTuples(road.store, view, { scope: Scope.everything })) if (rows.length === 0) say('empty')
    } catch (error) {
      say(`export gave up: ${error}`)
    }
    await road.store.settle()
    say('settled')
  }
}

void main()
