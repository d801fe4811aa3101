import { describe, expect, it } from 'vitest'
import { MINUTE } from '@/lib/flow/time/bucket'
import { createColumns } from '@/lib/flow/tuple/columns'
import type { FlowGroup } from '@/lib/flow/tuple/tuple'
import { blobOf, record as minuteOf } from '@/lib/ingest/test/records'
import { Scanner, type ScanOrigin } from '@/lib/parse/scanner'
import { fingerprint } from './fingerprint'

const HERE: ScanOrigin = { blob: 1, source: 'a', scope: null, hour: null, mac: null, offset: 0 }

/** Returns the hash of each record, in the order of the blob. */
function hashes(text: string, origin: ScanOrigin): number[] {
  const columns = createColumns(0)
  const groups = new Map<number, FlowGroup>()
  const scanner = new Scanner(origin, columns, groups)
  scanner.push(new TextEncoder().encode(text))
  scanner.finish()
  fingerprint(columns, groups)
  const byPlace = new Map<number, number>()
  for (let i = 0; i < columns.length; i++) {
    const place = columns.recordOffset[i]!
    expect(byPlace.get(place) ?? columns.recordHash[i]).toBe(columns.recordHash[i])
    byPlace.set(place, columns.recordHash[i]!)
  }
  return [...byPlace.values()]
}

function record(time: string, tuples: readonly string[], rule = 'UserRule_A'): string {
  return JSON.stringify({
    time,
    macAddress: '000000000001',
    category: 'NetworkSecurityGroupFlowEvent',
    resourceId: '/SUBSCRIPTIONS/S/RESOURCEGROUPS/R/PROVIDERS/MICROSOFT.NETWORK/NETWORKSECURITYGROUPS/N',
    properties: { Version: 2, flows: [{ rule, flows: [{ mac: '000000000001', flowTuples: tuples }] }] },
  })
}

const TIME = '2026-01-01T09:00:30.000Z'
const TUPLE = '1767258000,192.0.2.1,10.0.0.4,40000,443,T,I,A,B,,,,'

describe('fingerprint', () => {
  it('is the same for a record in another file, source, log or layout', () => {
    const one = record(TIME, [TUPLE])
    const [hash] = hashes(`{"records":[${one}]}`, HERE)
    expect(hashes(JSON.stringify({ records: [JSON.parse(one)] }, null, 2), { ...HERE, blob: 2, source: 'b' })).toEqual([hash])
    const scope = 'resourceId=/SUBSCRIPTIONS/OTHER'
    expect(hashes(`\n${one}`, { ...HERE, scope, hour: Date.UTC(2026, 0, 1, 9), mac: '000000000009' })).toEqual([hash])
    expect(hashes(`{"records":[${one},${one}]}`, HERE)).toEqual([hash, hash])
  })

  it.each([
    ['time', record('2026-01-01T09:00:31.000Z', [TUPLE])],
    ['rule', record(TIME, [TUPLE], 'UserRule_B')],
    ['number of tuples', record(TIME, [TUPLE, TUPLE])],
    ['address', record(TIME, [TUPLE.replace('192.0.2.1', '192.0.2.2')])],
    ['port', record(TIME, [TUPLE.replace('443', '442')])],
    ['decision', record(TIME, [TUPLE.replace('I,A', 'I,D')])],
    ['counters', record(TIME, [TUPLE.replace('B,,,,', 'E,1,60,1,60')])],
  ])('differs with the %s', (_, other) => {
    expect(hashes(other, HERE)).not.toEqual(hashes(record(TIME, [TUPLE]), HERE))
  })

  it('distinguishes thousands of records of one NIC', () => {
    const records = Array.from({ length: 3000 }, (_, i) => minuteOf(Date.UTC(2026, 0, 1) + i * MINUTE, 3, i % 7))
    const found = hashes(blobOf(records), HERE)
    expect(found.length).toBe(3000)
    expect(new Set(found).size).toBe(3000)
  })
})
