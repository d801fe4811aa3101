import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { createColumns } from '@/lib/flow/tuple/columns'
import { type FlowGroup, parseTupleId } from '@/lib/flow/tuple/tuple'
import type { View } from '@/lib/flow/view/view'
import { fingerprint } from '@/lib/ingest/threads/worker/fingerprint'
import { Scanner } from '@/lib/parse/scanner'
import { openDuckdb } from '@/lib/store/duckdb/duckdb'
import { writeSpool } from '@/lib/store/spool/spool'
import type { Store } from '@/lib/store/store'
import { stateOf } from '@/lib/store/test/rows'
import { type Fact, PLAIN } from '../test/facts'
import { naiveCounters } from '../test/naive/counters'
import { exportTuples } from '../tuples/export-tuples'
import { Scope } from '../where/scope'
import { counters } from './counters'

const folder = fileURLToPath(new URL('../../../../shared/samples', import.meta.url))
const FILES = [
  'blob_fixtures.json',
  'blob_fixtures_vnetflowlogs.json',
  'blob_fixtures_subnetflowlogs.json',
  'blob_fixtures_networkinterfaceflowlogs.json',
  'vnet_ssh_platformrule_PT1H.json',
]
const EVERYTHING: View = { from: 0, to: Date.UTC(2100, 0), q: '', filter: null, logs: [], asof: null, once: false }

type RecordOf = Pick<Fact, 'recordOffset' | 'recordHash'>

/** Stores the rows of a file. Returns the record of each row by blob and offset. */
async function load(store: Store, file: string, blob: number): Promise<[string, RecordOf][]> {
  const columns = createColumns(0)
  const groups = new Map<number, FlowGroup>()
  const scanner = new Scanner({ blob, source: 'samples', scope: null, hour: null, mac: null, offset: 0 }, columns, groups)
  scanner.push(readFileSync(join(folder, file)))
  scanner.finish()
  fingerprint(columns, groups)
  const spool = join(store.spool, `${blob}.parquet`)
  const parts = [{ ...writeSpool(spool, columns), minutes: null }]
  await store.append({
    parts,
    blobs: [stateOf(blob, columns.length)],
    forget: [],
    groups: [...groups.values()],
    rejections: [],
    pieces: [],
  })
  return Array.from({ length: columns.length }, (_, i) => [
    `${blob} ${columns.offset[i]}`,
    { recordOffset: columns.recordOffset[i]!, recordHash: columns.recordHash[i]! },
  ])
}

async function factsOf(store: Store, records: ReadonlyMap<string, RecordOf>): Promise<Fact[]> {
  const facts: Fact[] = []
  for await (const rows of exportTuples(store, EVERYTHING, { scope: Scope.everything }))
    for (const row of rows) {
      const { blob, offset } = parseTupleId(row.id)!
      facts.push({ ...PLAIN, ...row, blob, offset, source: 'samples', ...records.get(`${blob} ${offset}`) })
    }
  return facts
}

describe.runIf(existsSync(folder))('of real flow logs', () => {
  it.each([
    ...FILES.map((file) => ({ about: file, files: [file] })),
    { about: 'all of them', files: FILES },
    { about: 'one file that lies there twice', files: [FILES[3]!, FILES[3]!] },
  ])('are what a plain reading of the rows finds: $about', async ({ files }) => {
    const dir = mkdtempSync(join(tmpdir(), 'flowlens-samples-'))
    const store = await openDuckdb(dir)
    try {
      const records = new Map<string, RecordOf>()
      for (const [i, file] of files.entries()) for (const [place, record] of await load(store, file, i + 1)) records.set(place, record)
      const facts = await factsOf(store, records)
      expect(facts.length).toBeGreaterThan(0)
      for (const once of [false, true]) {
        const view = { ...EVERYTHING, once }
        expect(await counters(store, view, { scope: Scope.everything })).toEqual(naiveCounters(facts, view, null))
      }
    } finally {
      await store.close()
      rmSync(dir, { recursive: true, force: true })
    }
  })

  it('include re-created connections', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'flowlens-samples-'))
    const store = await openDuckdb(dir)
    try {
      await load(store, 'blob_fixtures_networkinterfaceflowlogs.json', 1)
      expect((await counters(store, EVERYTHING, { scope: Scope.everything })).recreated.rows).toBe(2)
    } finally {
      await store.close()
      rmSync(dir, { recursive: true, force: true })
    }
  })
})
