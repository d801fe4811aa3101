import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { Road } from '@/lib/ingest/road/road'
import { DecodedSource } from '@/lib/source/decode/decoded'
import { openDuckdb } from '@/lib/store/duckdb/duckdb'
import { sql } from '@/lib/store/sql'
import type { Batch, Store } from '@/lib/store/store'
import { startHere } from '../test/here'
import { MemorySource } from '../test/memory-source'
import { blobOf, MAC, record, SCOPE } from '../test/records'

const HOUR = Date.UTC(2024, 7, 12)
const VIEW = { from: HOUR, to: HOUR + 3_600_000 }

let dir: string
let store: Store

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'flowlens-small-'))
  store = await openDuckdb(dir)
})

afterEach(() => rmSync(dir, { recursive: true, force: true }))

/** A blob of ten records. */
function text(tuples: number, salt: number): string {
  return blobOf(Array.from({ length: 10 }, (_, i) => record(HOUR + 120_000 + i * 60_000, tuples / 10, salt + i)))
}

it('reads small blobs with the same pieces and states as large ones, however they are packed', async () => {
  const source = new MemorySource()
  const contents = [text(40, 1), text(20_000, 2), gzipSync(text(40, 3)), gzipSync(text(20_000, 4)), '']
  const place = { hour: HOUR, mac: MAC, scope: SCOPE }
  for (const [i, content] of contents.entries()) source.put(`scope/y=2024/m=08/d=12/h=00/m=00/macAddress=${i}/PT1H.json`, content, place)
  const road = new Road(store, [new DecodedSource(source)], { threads: 1, start: startHere })
  const never = new AbortController().signal
  await road.fetch(await road.survey(VIEW, never), never)
  const coverage = await road.coverage(await road.survey(VIEW, never))
  const rows = await store.query<{ n: number }>(sql`select count(*) as n from tuples`)
  const pieces = await store.query<{ from_byte: number; to_byte: number }>(sql`select from_byte, to_byte from reads order by to_byte`)
  await road.close()
  expect(rows).toEqual([{ n: 40_080 }])
  expect(coverage).toMatchObject({ complete: true, blobsRead: 5, tuples: 40_080 })
  expect([...new Set(pieces.map((piece) => piece.from_byte))]).toEqual([0])
  const plain = [text(40, 1), text(20_000, 2), text(40, 3), text(20_000, 4)].map(({ length }) => length - 2)
  expect(pieces.map((piece) => piece.to_byte)).toEqual(plain.sort((a, b) => a - b))
  expect(source.opens).toHaveLength(5)
})

it('stores nothing for a blob that was opened but has returned no byte', async () => {
  const source = new MemorySource()
  const batches: Batch[] = []
  const append = store.append.bind(store)
  store.append = (batch) => {
    batches.push(batch)
    return append(batch)
  }
  let go!: () => void
  const gate = new Promise<void>((resolve) => {
    go = resolve
  })
  source.beforeChunk = (name) => (name === 'slow' ? gate : undefined)
  const place = { hour: HOUR, mac: MAC, scope: SCOPE }
  const large = text(20_000, 1)
  source.put('slow', large, place)
  source.put('fast', large, place)
  const road = new Road(store, [source], { threads: 1, start: startHere })
  const never = new AbortController().signal
  const done = road.fetch(await road.survey(VIEW, never), never)
  while (batches.length === 0) await new Promise((resolve) => setTimeout(resolve, 5))
  go()
  await done
  await road.close()
  expect(batches[0]!.blobs.map(({ name }) => name)).toEqual(['fast'])
  expect(batches.flatMap(({ blobs }) => blobs.map(({ name, complete }) => [name, complete]))).toContainEqual(['slow', true])
})
