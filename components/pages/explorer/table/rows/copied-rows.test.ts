import { parse } from 'csv-parse/sync'
import { expect, it } from 'vitest'
import type { TupleRow } from '@/lib/flow/answer/tuples/tuples'
import { ROW_FIELDS, type RowField } from '@/lib/flow/field/fields'
import { rowsAsCsv, rowsAsJson } from './copied-rows'

const tuple = (change: Partial<TupleRow>): TupleRow => ({
  id: '1-1',
  time: '2024-08-12T16:57:46.000Z',
  recordTime: '2024-08-12T16:58:00.000Z',
  src: '203.0.113.5',
  dst: '10.0.0.4',
  sport: 41234,
  dport: 3389,
  proto: 'tcp',
  dir: 'in',
  action: 'deny',
  state: 'begin',
  enc: null,
  packetsSent: null,
  bytesSent: 0,
  packetsReceived: null,
  bytesReceived: 5_000_000_000,
  rule: 'DefaultRule_DenyAllInBound',
  acl: 'web-nsg',
  mac: '002248266DB9',
  log: 'web-nsg-1',
  format: 'nsg-v2',
  ...change,
})

const rows = [
  tuple({ id: '1-9', time: '2024-08-12T17:00:00.000Z', rule: '=HYPERLINK("http://x")' }),
  tuple({ id: '1-2', rule: 'a "b", c\nd' }),
  tuple({ id: '1-1', rule: '@SUM(1)' }),
]

it('copies rows as CSV that a spreadsheet reads as text, in order of time', async () => {
  const columns: RowField[] = ['rule', 'dport', 'bytesSent', 'packetsSent', 'id']
  const csv = await rowsAsCsv(rows, columns)
  expect(csv.endsWith('\r\n')).toBe(true)
  expect(parse(csv)).toEqual([
    columns,
    ["'@SUM(1)", '3389', '0', '', '1-1'],
    ['a "b", c\nd', '3389', '0', '', '1-2'],
    [`'=HYPERLINK("http://x")`, '3389', '0', '', '1-9'],
  ])
})

it('copies rows as JSON with the values of the API', () => {
  expect(JSON.parse(rowsAsJson(rows, ROW_FIELDS))).toEqual(rows.toReversed())
  expect(Object.keys(JSON.parse(rowsAsJson(rows, ['rule', 'id']))[0])).toEqual(['rule', 'id'])
})
