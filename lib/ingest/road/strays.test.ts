import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { HOUR, MINUTE } from '@/lib/flow/time/bucket'
import { Scope } from '@/lib/query/where/scope'
import { inRange } from '@/lib/query/where/where'
import { FolderSource } from '@/lib/source/folder/folder'
import { formatPath } from '@/lib/source/model/path'
import type { Source } from '@/lib/source/model/source'
import { openDuckdb } from '@/lib/store/duckdb/duckdb'
import { sql } from '@/lib/store/sql'
import { startHere } from '../test/here'
import { MemorySource } from '../test/memory-source'
import { blobOf, MAC, record, SCOPE } from '../test/records'
import { Road } from './road'

const H = Date.UTC(2024, 7, 12, 0)
const never = new AbortController().signal
const PATH = formatPath({ scope: SCOPE, hour: H, mac: MAC })
/** A day of records, one an hour, each with a tuple of the minute before. */
const DAY = blobOf(Array.from({ length: 24 }, (_, i) => record(H + i * HOUR + 2 * MINUTE, 1, i)))

let dir: string
let road: Road
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'flowlens-strays-'))
})
afterEach(async () => {
  await road.close()
  rmSync(dir, { recursive: true, force: true })
})

async function open(source: Source): Promise<void> {
  road = new Road(await openDuckdb(join(dir, 'data')), [source], { threads: 1, start: startHere, now: () => H + 30 * 24 * HOUR })
}

async function ask(from: number, to: number): Promise<{ rows: number; blobs: number; complete: boolean; cells: number }> {
  const survey = await road.survey({ from, to }, never)
  await road.fetch(survey, never)
  const view = { from, to, q: '', filter: null, logs: [], asof: null, once: false }
  const [row] = await road.store.query<{ n: number }>(sql`select count(*) as n from tuples where ${inRange(view, Scope.everything)}`)
  const { blobs, complete } = await road.coverage(survey)
  const cells = await road.cells(survey, view)
  return { rows: row!.n, blobs, complete, cells: cells.filter(({ tuples }) => tuples > 0).length }
}

function put(text: string): FolderSource {
  const path = join(dir, 'evidence', PATH)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
  return new FolderSource(join(dir, 'evidence'), { keep: 0 })
}

describe('a blob whose path has a wrong hour', () => {
  test('is found in a folder for every range, before anything was read', async () => {
    await open(put(DAY))
    expect(await ask(H + 9 * HOUR, H + 10 * HOUR)).toEqual({ rows: 1, blobs: 1, complete: true, cells: 1 })
    expect(await ask(H, H + HOUR)).toMatchObject({ rows: 1 })
    expect(await ask(H, H + 24 * HOUR)).toMatchObject({ rows: 24 })
    expect(await ask(H - 24 * HOUR, H)).toMatchObject({ rows: 0 })
  })

  test('is found for every range once it was read, and stays stored when other ranges are requested', async () => {
    const source = new MemorySource()
    source.put(PATH, DAY, { hour: H, mac: MAC, scope: SCOPE })
    source.put(formatPath({ scope: SCOPE, hour: H + 9 * HOUR, mac: MAC }), blobOf([record(H + 9 * HOUR + 5 * MINUTE, 10)]), {
      hour: H + 9 * HOUR,
      mac: MAC,
      scope: SCOPE,
    })
    await open(source)
    expect(await ask(H, H + HOUR)).toMatchObject({ rows: 1, complete: true })
    for (const _ of [1, 2]) {
      expect(await ask(H + 9 * HOUR, H + 10 * HOUR)).toMatchObject({ rows: 11, blobs: 2, complete: true })
      expect(await ask(H + 20 * HOUR, H + 21 * HOUR)).toMatchObject({ rows: 1, blobs: 1 })
      expect(await ask(H, H + 24 * HOUR)).toMatchObject({ rows: 34 })
    }
    source.put(PATH, DAY.replaceAll('198.51.100', '198.51.101'), { hour: H, mac: MAC, scope: SCOPE })
    expect(await ask(H + 9 * HOUR, H + 10 * HOUR)).toMatchObject({ rows: 11, blobs: 2 })
    expect(await ask(H + 40 * HOUR, H + 41 * HOUR)).toMatchObject({ rows: 0 })
    expect(await ask(H, H + 24 * HOUR)).toMatchObject({ rows: 34 })
  })

  test('counts late rows in their own hour', async () => {
    const late = record(H - 3 * HOUR, 5)
    const text = blobOf([record(H + MINUTE, 1), late.replace(/"time":"[^"]*"/, `"time":"${new Date(H + 30 * MINUTE).toISOString()}"`)])
    const source = new MemorySource()
    source.put(PATH, text, { hour: H, mac: MAC, scope: SCOPE })
    await open(source)
    expect(await ask(H, H + HOUR)).toMatchObject({ rows: 1 })
    expect(await ask(H - 4 * HOUR, H - 3 * HOUR)).toMatchObject({ rows: 5, blobs: 1, complete: true })
  })

  test('a folder with correct paths is listed by its hours', async () => {
    await open(put(blobOf([record(H + MINUTE, 3), record(H + HOUR - MINUTE, 3)])))
    expect(await ask(H + HOUR, H + 2 * HOUR)).toMatchObject({ rows: 0, blobs: 0 })
    expect(await ask(H, H + HOUR)).toMatchObject({ blobs: 1, complete: true })
  })
})
