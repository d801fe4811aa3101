import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ExportRow } from '@/lib/flow/answer/tuples/export-row'
import type { ExportField } from '@/lib/flow/field/fields'
import { exportParquet } from './parquet'

const COLUMNS: readonly ExportField[] = ['time', 'src', 'dport', 'bytesSent', 'rule', 'offset']
const START = Date.parse('2024-08-12T16:57:46.123Z')

const rowOf = (i: number) =>
  ({
    time: new Date(START + i).toISOString(),
    src: `10.0.${Math.floor(i / 256) % 256}.${i % 256}`,
    dport: i % 65_536,
    bytesSent: i % 3 === 0 ? null : i * 1_000_003,
    rule: i % 5 === 0 ? '' : `Règle ${i % 7}`,
    offset: 9_007_199_254_000_000 + i,
  }) as ExportRow

/** Yields rows in batches of uneven lengths. */
async function* batchesOf(rows: number): AsyncGenerator<ExportRow[]> {
  for (let from = 0, size = 0; from < rows; from += size, size = (size + 977) % 4096)
    yield Array.from({ length: Math.min(size, rows - from) }, (_, i) => rowOf(from + i))
}

let dir: string
let connection: Awaited<ReturnType<DuckDBInstance['connect']>>
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'parquet-'))
  connection = await (await DuckDBInstance.create()).connect()
})
afterAll(() => {
  connection.closeSync()
  rmSync(dir, { recursive: true })
})

async function written(rows: number): Promise<{ file: string; pieces: number }> {
  const pieces: Uint8Array[] = []
  for await (const piece of exportParquet(batchesOf(rows), COLUMNS)) pieces.push(piece)
  const file = join(dir, `${rows}.parquet`)
  writeFileSync(file, Buffer.concat(pieces))
  return { file, pieces: pieces.length }
}

const rowsOf = async (sql: string) => (await connection.runAndReadAll(sql)).getRowsJS()

describe.each([0, 1, 41_001])('%i rows', (count) => {
  it('are read back unchanged', async () => {
    const { file } = await written(count)
    const found = await rowsOf(`select epoch_ms("time"), src, dport, "bytesSent", "rule", "offset" from '${file}' order by "offset"`)
    const expected = Array.from({ length: count }, (_, i) => {
      const { src, dport, bytesSent, rule, offset } = rowOf(i)
      return [START + i, src, dport, bytesSent, rule, offset]
    })
    expect(found.map(String)).toEqual(expected.map(String))
  })

  it('have the same columns with the same types', async () => {
    const { file } = await written(count)
    expect((await rowsOf(`describe select * from '${file}'`)).map(([name, type]) => [name, type])).toEqual([
      ['time', 'TIMESTAMP'],
      ['src', 'VARCHAR'],
      ['dport', 'BIGINT'],
      ['bytesSent', 'BIGINT'],
      ['rule', 'VARCHAR'],
      ['offset', 'BIGINT'],
    ])
  })
})

it('is written group by group, then the footer', async () => {
  const { file, pieces } = await written(41_001)
  const groups = await rowsOf(`select distinct row_group_id, row_group_num_rows from parquet_metadata('${file}')`)
  expect(groups.length).toBeGreaterThan(1)
  expect(Math.max(...groups.map(([, rows]) => Number(rows)))).toBeLessThan(25_000)
  expect(pieces).toBe(groups.length + 1)
})
