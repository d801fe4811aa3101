import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { parse as parseCsv } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ErrorAnswer } from '@/lib/flow/answer/error'
import { EXPORT_FIELDS, ROW_FIELDS } from '@/lib/flow/field/fields'
import { Road } from '@/lib/ingest/road/road'
import { startHere } from '@/lib/ingest/test/here'
import type { NaiveRow } from '@/lib/parse/test/naive-reader'
import { openDuckdb } from '@/lib/store/duckdb/duckdb'
import { flows } from '../ask/questions'
import { ALWAYS, FORMULAS, NOW, writeEvidence } from '../test/export-evidence'
import { isOfType } from '../test/schema-fields'
import { ASIM, CIM, ECS, type SchemaRules } from '../test/schemas'
import { get, serve } from '../test/serve'
import { exportRows } from './export'

let dir: string
let road: Road
let naive: (NaiveRow & { path: string })[]

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'flowlens-export-'))
  const { source, rows } = await writeEvidence(join(dir, 'evidence'))
  naive = rows
  road = new Road(await openDuckdb(join(dir, 'data')), [source], { threads: 2, start: startHere, now: () => NOW })
  serve(road, undefined, join(dir, 'data'))
})

afterAll(async () => {
  await road.close()
  rmSync(dir, { recursive: true, force: true })
})

type Row = Record<string, unknown>

const PROTOCOLS: Record<string, string> = { 6: 'tcp', 17: 'udp' }

/** The expected row, derived from the naive reading alone. */
function expected(row: NaiveRow & { path: string }, etags: ReadonlyMap<string, string>): Row {
  const { src, dst, sport, dport, dir: way, action, enc, packetsSent, bytesSent, packetsReceived, bytesReceived } = row
  const { rule, acl, mac, log, format } = row
  return {
    time: new Date(row.time).toISOString(),
    recordTime: new Date(row.recordTime).toISOString(),
    ...{ src, dst, sport, dport, dir: way, action, enc, packetsSent, bytesSent, packetsReceived, bytesReceived },
    ...{ rule, acl, mac, log, format },
    proto: PROTOCOLS[row.proto] ?? row.proto.replace(/^other /, ''),
    state: row.state === 'none' ? null : row.state.replace(/^other /, ''),
    blob: row.path,
    etag: etags.get(row.path),
    offset: row.offset,
  }
}

function expectedRows(keep: (row: NaiveRow) => boolean = () => true): Row[] {
  const etags = new Map([...road.store.blobs().values()].map(({ name, etag }) => [name, etag]))
  const [from, to] = [Date.parse(ALWAYS.from), Date.parse(ALWAYS.to)]
  return naive.filter((row) => row.time >= from && row.time < to && keep(row)).map((row) => expected(row, etags))
}

/** The first few rows that only one side has; keys in any order. */
function difference(found: readonly Row[], wanted: readonly Row[]): string[] {
  const text = (row: Row) => JSON.stringify(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)))
  const counts = new Map<string, number>()
  for (const row of found) counts.set(text(row), (counts.get(text(row)) ?? 0) + 1)
  for (const row of wanted) counts.set(text(row), (counts.get(text(row)) ?? 0) - 1)
  return [...counts].flatMap(([row, count]) => (count === 0 ? [] : [`${count > 0 ? 'found' : 'expected'} ${row}`])).slice(0, 4)
}

async function ask(keys: Record<string, string>): Promise<Response> {
  const response = await get(exportRows, { ...ALWAYS, ...keys })
  if (response.status !== 200) throw new Error(await response.text())
  return response
}

async function lines(keys: Record<string, string>): Promise<Row[]> {
  const text = await (await ask({ ...keys, format: 'ndjson' })).text()
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Row)
}

/** Maps values that schemas do not distinguish: an empty token and none, a token `6` and tcp. */
function inSchema({ state, enc, proto, ...row }: Row): Row {
  return { ...row, state: state || null, enc: enc || null, proto: PROTOCOLS[String(proto)] ?? proto }
}

const without = ({ id: _, ...row }: Row) => row

describe('every row of the view, and its origin', () => {
  it('as NDJSON', async () => {
    const rows = await lines({})
    expect(rows.length).toBeGreaterThan(2000)
    expect(Object.keys(rows[0]!)).toEqual([...EXPORT_FIELDS])
    expect(difference(rows.map(without), expectedRows())).toEqual([])
    expect(new Set(rows.map(({ format }) => format))).toEqual(new Set(['nsg-v1', 'nsg-v2', 'vnet-v4']))
  })

  it('as CSV', async () => {
    const response = await ask({ format: 'csv' })
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="flowlens-2015-01-01T000000.csv"')
    const rows = parseCsv(await response.text(), { columns: true }) as Record<string, string>[]
    expect(Object.keys(rows[0]!)).toEqual([...EXPORT_FIELDS])
    const cell = (value: unknown) => (typeof value === 'string' && /^[=+\-@\t＝]/.test(value) ? `'${value}` : String(value ?? ''))
    const cells = (row: Row) => Object.fromEntries(Object.entries(row).map(([key, value]) => [key, cell(value)]))
    expect(difference(rows.map(without), expectedRows().map(cells))).toEqual([])
    const rules = new Set(rows.map(({ rule }) => rule))
    for (const formula of FORMULAS) expect(rules).toContain(`'${formula}`)
  })

  it('as Parquet', async () => {
    const file = join(dir, 'rows.parquet')
    writeFileSync(file, Buffer.from(await (await ask({ format: 'parquet' })).arrayBuffer()))
    const connection = await (await DuckDBInstance.create()).connect()
    const numbers = ['sport', 'dport', 'packetsSent', 'bytesSent', 'packetsReceived', 'bytesReceived', 'offset'].map(
      (name) => `"${name}"::double as "${name}"`,
    )
    const times = ['time', 'recordTime'].map((name) => `strftime("${name}", '%Y-%m-%dT%H:%M:%S.%gZ') as "${name}"`)
    const found = await connection.runAndReadAll(`select * replace (${[...numbers, ...times].join(', ')}) from '${file}'`)
    expect(difference((found.getRowObjectsJS() as Row[]).map(without), expectedRows())).toEqual([])
    const encodings = await connection.runAndReadAll(
      `select distinct path_in_schema from parquet_metadata('${file}') where encodings like '%DICTIONARY%'`,
    )
    expect(encodings.getRows().flat()).toEqual(expect.arrayContaining(['blob', 'etag', 'rule', 'log']))
    connection.closeSync()
  })

  it('limited by a filter, with the requested columns', async () => {
    const rows = await lines({ q: 'action:deny dir:in', cols: 'offset,blob,src' })
    const denied = expectedRows((row) => row.action === 'deny' && row.dir === 'in')
    expect(Object.keys(rows[0]!)).toEqual(['offset', 'blob', 'src'])
    expect(
      difference(
        rows,
        denied.map(({ offset, blob, src }) => ({ offset, blob, src })),
      ),
    ).toEqual([])
  })
})

describe('every flow of the view, one row each', () => {
  it('as NDJSON and CSV, with the columns of the API, and the tuples of the view among them', async () => {
    const rows = await lines({ per: 'flow' })
    expect(rows.reduce((sum, { tuples }) => sum + Number(tuples), 0)).toBe(expectedRows().length)
    const page = (await (await get(flows, { ...ALWAYS, sort: 'first', limit: '10000' })).json()) as { total: number; rows: Row[] }
    expect(rows).toEqual(page.rows)
    expect(page.total).toBe(rows.length)
    const csv = parseCsv(await (await ask({ per: 'flow', format: 'csv' })).text(), { columns: true }) as Record<string, string>[]
    expect(csv.map(({ id, tuples, ends }) => [id, tuples, ends])).toEqual(
      rows.map(({ id, tuples, ends }) => [id, String(tuples), String(ends)]),
    )
    expect(Object.keys(csv[0]!)).toEqual(Object.keys(rows[0]!))
  })

  it.each<Record<string, string>>([{ format: 'parquet' }, { schema: 'ecs', format: 'ndjson' }, { cols: 'src' }, { folder: '1' }])(
    'not with %j, which is of tuples',
    async (keys) => {
      const response = await get(exportRows, { ...ALWAYS, ...keys, per: 'flow' })
      expect(response.status).toBe(400)
      expect(((await response.json()) as ErrorAnswer).error).toMatchObject({ kind: 'ask', key: 'per' })
    },
  )
})

describe.each<[string, SchemaRules]>([
  ['ecs', ECS],
  ['asim', ASIM],
  ['cim', CIM],
])('%s', (schema, { mandatory, words, fields, isOwn, back }) => {
  let rows: Row[]
  const at = (row: Row, path: string): unknown =>
    path in row ? row[path] : path.split('.').reduce<unknown>((value, key) => (value as Row | undefined)?.[key], row)

  beforeAll(async () => {
    rows = await lines({ schema })
  })

  it('has its mandatory fields, with allowed values', () => {
    const values = (field: string) => [...new Set(rows.map((row) => at(row, field)))]
    for (const field of mandatory) expect(values(field), field).not.toContain(undefined)
    for (const [field, allowed] of Object.entries(words))
      for (const value of values(field).flat()) if (value !== undefined) expect(allowed, field).toContain(value)
  })

  it('has only fields of the schema, with their types', () => {
    const leaves = (row: Row, before = ''): [string, unknown][] =>
      Object.entries(row).flatMap(([key, value]) => {
        const name = `${before}${key}`
        const nested = typeof value === 'object' && value !== null && !Array.isArray(value) && !fields.has(name)
        return nested ? leaves(value as Row, `${name}.`) : [[name, value] as [string, unknown]]
      })
    const wrong = rows.flatMap((row) =>
      leaves(row).filter(([name, value]) => (fields.has(name) ? !isOfType(fields.get(name), name, value) : !isOwn(name))),
    )
    expect(wrong.slice(0, 4)).toEqual([])
  })

  it('contains the values of the rows, and leaves out unmeasured ones', () => {
    expect(difference(rows.map(back).map(inSchema), expectedRows().map(inSchema))).toEqual([])
    const measured = naive.filter(({ bytesSent }) => bytesSent !== null).length
    expect(measured).toBeGreaterThan(0)
    expect(measured).toBeLessThan(naive.length)
    expect(JSON.stringify(rows)).not.toContain(':null')
  })
})

describe('keys that contradict each other', () => {
  it.each([
    [{ schema: 'ecs' }, 'schema'],
    [{ schema: 'asim', format: 'parquet' }, 'schema'],
    [{ schema: 'cim', format: 'ndjson', cols: 'src' }, 'cols'],
    [{ hash: '1' }, 'hash'],
    [{ cols: 'source' }, 'cols'],
    [{ format: 'ndjson', envelope: 'hec' }, 'envelope'],
    [{ format: 'ndjson', schema: 'ecs', envelope: 'hec' }, 'envelope'],
    [{ format: 'ndjson', schema: 'cim', envelope: 'raw' }, 'envelope'],
    [{ schema: 'cim', envelope: 'hec' }, 'schema'],
    [{ format: 'ndjson', schema: 'leef' }, 'schema'],
  ])('%j is refused', async (keys, key) => {
    const response = await get(exportRows, { ...ALWAYS, ...keys })
    expect(response.status).toBe(400)
    expect(((await response.json()) as ErrorAnswer).error).toMatchObject({ kind: 'ask', key })
  })
})

it('leaves the rows of the API unchanged', () => {
  expect(ROW_FIELDS).not.toContain('blob')
})
