import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { parse as parseCsv } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { END_CONTEXT_FIELDS, EXPORT_COLUMNS } from '@/lib/flow/field/fields'
import { Road } from '@/lib/ingest/road/road'
import { startHere } from '@/lib/ingest/test/here'
import { MAC, record } from '@/lib/ingest/test/records'
import { FolderSource } from '@/lib/source/folder/folder'
import { openDuckdb } from '@/lib/store/duckdb/duckdb'
import { contextOf, get, serve } from '../test/serve'
import { exportRows } from './export'

const START = Date.UTC(2026, 7, 12, 10)
const VNET = '/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/shop'
/** The content of each context file; the rows go from 10.0.0.x to 198.51.100.x, and the NIC is at their source. */
const FILES: Record<string, string> = {
  'countries.csv': '198.51.100.0,198.51.100.3,NL\n',
  'systems.csv': '198.51.100.0/24,64500,"Far, Inc."\n',
  'tags.json': JSON.stringify({
    changeNumber: 1,
    values: [
      { name: 'Storage', properties: { addressPrefixes: ['198.51.100.0/28'] } },
      { name: 'AzureCloud', properties: { addressPrefixes: ['198.51.100.0/24'] } },
    ],
  }),
  'bad hosts.txt': '198.51.100.1\n',
  'inventory.json': JSON.stringify([
    {
      id: '/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/networkInterfaces/n',
      macAddress: MAC,
      ipConfigurations: [{ privateIPAddress: '10.0.0.1', subnet: { id: `${VNET}/subnets/front` } }],
      virtualMachine: { id: '/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/shop-vm' },
    },
  ]),
}

let dir: string
let road: Road

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'flowlens-export-context-'))
  for (const name of ['context', 'evidence']) mkdirSync(join(dir, name))
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(dir, 'context', name), text)
  writeFileSync(join(dir, 'evidence', 'PT1H.json'), `{"records":[${record(START, 20)}]}`)
  road = new Road(await openDuckdb(join(dir, 'data')), [new FolderSource(join(dir, 'evidence'))], { threads: 1, start: startHere })
  serve(road, undefined, join(dir, 'data'), contextOf([join(dir, 'context')]))
})

afterAll(async () => {
  await road.close()
  rmSync(dir, { recursive: true, force: true })
})

type Row = Record<string, unknown>

async function ask(keys: Record<string, string>): Promise<Response> {
  const range = { from: new Date(START - 3_600_000).toISOString(), to: new Date(START + 3_600_000).toISOString() }
  const response = await get(exportRows, { ...range, ...keys })
  if (response.status !== 200) throw new Error(await response.text())
  return response
}

async function lines(keys: Record<string, string>): Promise<Row[]> {
  const text = await (await ask({ ...keys, format: 'ndjson' })).text()
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Row)
}

/** Returns the context of a row by a plain reading of the files: its addresses end in `i`. */
function told(i: number): Row {
  return {
    'src.net': 'private',
    'src.country': null,
    'src.asn': null,
    'src.org': null,
    'src.tag': [],
    'src.list': [],
    'src.name': 'shop-vm',
    'src.vm': 'shop-vm',
    'src.subnet': 'shop/front',
    'src.vnet': 'shop',
    'dst.net': 'public',
    'dst.country': i <= 3 ? 'NL' : null,
    'dst.asn': 64_500,
    'dst.org': 'Far, Inc.',
    'dst.tag': i < 16 ? ['Storage', 'AzureCloud'] : ['AzureCloud'],
    'dst.list': i === 1 ? ['bad hosts'] : [],
    'dst.name': null,
    'dst.vm': null,
    'dst.subnet': null,
    'dst.vnet': null,
  }
}

const flat = (value: unknown) => (Array.isArray(value) ? value.join('; ') || null : value)
const lastOf = (row: Row) => Number(String(row.dst).split('.')[3])
const cellsOf = (row: Row) => Object.fromEntries(END_CONTEXT_FIELDS.map((field) => [field, row[field]]))

describe('context=1', () => {
  it('is in NDJSON', async () => {
    const rows = await lines({ context: '1' })
    expect(rows).toHaveLength(20)
    expect(Object.keys(rows[0]!)).toEqual([...EXPORT_COLUMNS])
    for (const row of rows) expect(cellsOf(row)).toEqual(told(lastOf(row)))
  })

  it('is in CSV, lists joined', async () => {
    const rows = parseCsv(await (await ask({ context: '1', format: 'csv' })).text(), { columns: true }) as Row[]
    expect(Object.keys(rows[0]!)).toEqual([...EXPORT_COLUMNS])
    for (const row of rows)
      expect(cellsOf(row)).toEqual(
        Object.fromEntries(Object.entries(told(lastOf(row))).map(([field, value]) => [field, String(flat(value) ?? '')])),
      )
  })

  it('is in Parquet, lists joined', async () => {
    const file = join(dir, 'rows.parquet')
    writeFileSync(file, Buffer.from(await (await ask({ context: '1', format: 'parquet' })).arrayBuffer()))
    const connection = await (await DuckDBInstance.create()).connect()
    const rows = (
      await connection.runAndReadAll(`select * replace ("dst.asn"::double as "dst.asn") from '${file}'`)
    ).getRowObjectsJS() as Row[]
    connection.closeSync()
    expect(rows).toHaveLength(20)
    for (const row of rows)
      expect(cellsOf(row)).toEqual(Object.fromEntries(Object.entries(told(lastOf(row))).map(([field, value]) => [field, flat(value)])))
  })

  it.each([
    ['ecs', 'destination.geo.country_iso_code', 'destination.as.number', 'source.domain', 'network.name'],
    ['asim', 'DstGeoCountry', 'AdditionalFields.DstAsn', 'SrcHostname', 'SrcZone'],
    ['cim', 'dest_country', 'dest_asn', 'src_host', 'src_zone'],
  ])('is in %s', async (schema, country, asn, name, subnet) => {
    const at = (row: Row, path: string) => path.split('.').reduce<unknown>((value, key) => (value as Row | undefined)?.[key], row) ?? null
    const rows = await lines({ schema, context: '1' })
    const dst = { ecs: 'destination.ip', asim: 'DstIpAddr', cim: 'dest_ip' }[schema]!
    expect(rows).toHaveLength(20)
    for (const row of rows) {
      const expected = told(lastOf({ dst: at(row, dst) }))
      expect([country, asn, name, subnet].map((path) => at(row, path))).toEqual(
        ['dst.country', 'dst.asn', 'src.name', 'src.subnet'].map((field) => expected[field]),
      )
    }
    expect(JSON.stringify(await lines({ schema }))).not.toMatch(/shop-vm|Far, Inc|"NL"/)
  })

  it('is in the events for Splunk, as in its rows', async () => {
    const [rows, events] = [await lines({ schema: 'cim', context: '1' }), await lines({ schema: 'cim', envelope: 'hec', context: '1' })]
    expect(events).toEqual(rows.map((event) => ({ time: event._time, sourcetype: 'flowlens:flow', event })))
  })

  it('is null without files', async () => {
    serve(road, undefined, join(dir, 'data'))
    const [row] = await lines({ context: '1' })
    const { 'src.net': net, 'dst.net': other, ...rest } = cellsOf(row!)
    expect([net, other]).toEqual(['private', 'public'])
    for (const value of Object.values(rest)) expect([null, 0]).toContain(Array.isArray(value) ? value.length : value)
    serve(road, undefined, join(dir, 'data'), contextOf([join(dir, 'context')]))
  })
})
