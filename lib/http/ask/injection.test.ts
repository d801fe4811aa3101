import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import pino from 'pino'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { HOUR, MINUTE } from '@/lib/flow/time/bucket'
import { exportRows } from '@/lib/http/export/export'
import { masked } from '@/lib/http/report/secrets'
import { Road } from '@/lib/ingest/road/road'
import { startHere } from '@/lib/ingest/test/here'
import { MemorySource } from '@/lib/ingest/test/memory-source'
import { blobOf, MAC, record, SCOPE } from '@/lib/ingest/test/records'
import { openDuckdb } from '@/lib/store/duckdb/duckdb'
import { get, serve } from '../test/serve'
import { settle } from '../test/settle'
import { rules, timeline } from './questions'

const H = Date.UTC(2024, 7, 12, 16)
const RANGE = { from: new Date(H).toISOString(), to: new Date(H + HOUR).toISOString() }
const LOG = Symbol.for('flowlens.log')
const holder = globalThis as { [LOG]?: unknown }

/** Possible names of a rule. */
const NAMES = [
  `=HYPERLINK("https://evil.example";"x")`,
  "+cmd|'/c calc'!A0",
  '-2+3',
  '@SUM(1)',
  '\t=1',
  '\r\n=1',
  '＝1',
  '"\n{"level":60,"msg":"forged"}\n',
  '\u001b[2J\u001b]0;owned\u0007',
  '<script>alert(1)</script><img src=x onerror=alert(1)>',
  "'; drop table tuples; --",
  '\u202egnp.exe',
]

let dir: string
let road: Road
const written: string[] = []

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'flowlens-injection-'))
  const records = NAMES.map((name, i) => record(H + (i + 1) * MINUTE, 2, i).replace('"UserRule_Out"', JSON.stringify(name)))
  const source = new MemorySource()
  source.put('one.json', blobOf(records), { hour: H, mac: MAC, scope: SCOPE })
  road = new Road(await openDuckdb(dir), [source], { threads: 1, start: startHere, now: () => H + 24 * HOUR })
  serve(road, Number.MAX_SAFE_INTEGER, dir)
  settle()
  holder[LOG] = pino({}, { write: (line: string) => void written.push(masked(line)) })
})

afterAll(async () => {
  delete holder[LOG]
  await road.close()
  rmSync(dir, { recursive: true, force: true })
})

it('names of rules are written as text that no spreadsheet runs', async () => {
  const csv = await (await get(exportRows, { ...RANGE, format: 'csv' })).text()
  const rows = parse(csv, { columns: true }) as { rule: string }[]
  expect(rows).toHaveLength(2 * NAMES.length)
  for (const row of rows) for (const cell of Object.values(row)) expect(cell).not.toMatch(/^[=+\-@\t\r\n\0＝＋－＠]/)
  const shown = new Set(rows.map(({ rule }) => rule.replace(/^'/, '')))
  for (const name of NAMES)
    expect(
      [...shown].some((rule) => name.replace(/^'/, '') === rule),
      name,
    ).toBe(true)
})

it('names of rules are written as JSON that no browser shows as a page', async () => {
  const response = await get(rules, RANGE)
  expect([response.headers.get('content-type'), response.headers.get('x-content-type-options')]).toEqual(['application/json', 'nosniff'])
  const { rows } = (await response.json()) as { rows: { rule: string }[] }
  expect(rows.map(({ rule }) => rule).sort()).toEqual([...NAMES].sort())
})

it('each request writes one line of JSON, whatever it contains', async () => {
  for (const name of NAMES) {
    written.length = 0
    await get(timeline, { ...RANGE, q: `${name}:${name}` })
    await get(timeline, { [name]: name })
    expect(written).toHaveLength(2)
    for (const line of written) {
      expect(line).toMatch(/^[^\u0000-\u001f\u007f]+\n$/)
      expect(JSON.parse(line)).toMatchObject({ route: 'timeline', level: 30 })
    }
  }
})
