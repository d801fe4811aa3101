import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { Road } from '@/lib/ingest/road/road'
import { openDuckdb } from '@/lib/store/duckdb/duckdb'
import { sql } from '@/lib/store/sql'
import type { Store } from '@/lib/store/store'
import { startHere } from '../test/here'
import { MemorySource } from '../test/memory-source'
import { blobOf, record } from '../test/records'

const HOUR = Date.UTC(2024, 7, 12)
/** More groups than a parse thread remembers between flushes. */
const RULES = 60_000

let dir: string
let store: Store

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'flowlens-groups-'))
  store = await openDuckdb(dir)
})

afterEach(() => rmSync(dir, { recursive: true, force: true }))

/** A record with a rule for each of its tuples. */
function ruled(from: number, count: number): string {
  const flow = (i: number) =>
    `{"rule":"UserRule_${i}","flows":[{"mac":"0022482BDA3C","flowTuples":["1723420800,10.0.0.1,10.0.0.2,1,2,T,O,A,E,1,1,1,1"]}]}`
  const flows = Array.from({ length: count }, (_, i) => flow(from + i))
  return record(HOUR + 7000, 1).replace(/"flows":\[.*$/s, `"flows":[${flows}]}}`)
}

it('stores every rule of a log with more groups than are remembered, also repeated ones', async () => {
  const source = new MemorySource()
  source.put('a', blobOf([ruled(0, RULES / 2), ruled(RULES / 2, RULES / 2)]), { hour: HOUR, scope: 'log' })
  const road = new Road(store, [source], { threads: 1, start: startHere })
  const never = new AbortController().signal
  const view = { from: HOUR - 3_600_000, to: HOUR + 7_200_000 }
  await road.fetch(await road.survey(view, never), never)
  source.put('b', blobOf([ruled(RULES - 10, 20)]), { hour: HOUR, scope: 'log' })
  await road.fetch(await road.survey(view, never), never)
  const [named] = await store.query<{ tuples: number; rules: number }>(
    sql`select count(*) as tuples, count(distinct rule) as rules from tuples join groups on id = grp`,
  )
  await road.close()
  expect(named).toEqual({ tuples: RULES + 20, rules: RULES + 10 })
})
