import { describe, expect, it } from 'vitest'
import { createColumns } from '@/lib/flow/tuple/columns'
import type { FlowGroup } from '@/lib/flow/tuple/tuple'
import { Scanner } from './scanner'
import { type NaiveRow, readNaively } from './test/naive-reader'
import { Random } from './test/random'
import { BlobWriter } from './test/random-blob'
import { LOOSE } from './test/scan'
import { rowsInWords } from './test/words'

function scanner(offset = 0) {
  const columns = createColumns(0)
  const groups = new Map<number, FlowGroup>()
  return { columns, groups, scanner: new Scanner({ ...LOOSE, offset }, columns, groups) }
}

const HEAD = '{"records":['
const MIB = 1024 * 1024
const tuple = (i: number) => `"${1_724_090_346 + i},10.0.0.4,203.0.113.7,${1024 + i},443,T,O,A,B,,,,"`
const record = (tuples: string, extra = '') =>
  `{${extra}"time":"2024-08-19T18:00:06Z","macAddress":"A0","category":"NetworkSecurityGroupFlowEvent","resourceId":"/X",` +
  `"properties":{"Version":2,"flows":[{"rule":"r","flows":[{"mac":"A0","flowTuples":[${tuples}]}]}]}}`
const flow = (proto: string) => `1724090346000,10.0.0.4,203.0.113.7,1024,443,${proto},O,B,NX,1,1,1,1`
const vnetRecord = (groups: readonly string[]) =>
  `{"time":"2024-08-19T18:00:06Z","flowLogVersion":4,"macAddress":"A0","category":"FlowLogFlowEvent","flowLogResourceID":"/X",` +
  `"flowRecords":{"flows":[{"aclID":"a","flowGroups":[${groups}]}]}}`

it('frees the memory of a long record, whether it ends, is rejected or never ends', () => {
  const long = `{"a":"${'x'.repeat(9 * MIB)}`
  const { scanner: reads } = scanner()
  reads.push(Buffer.from(HEAD + long))
  expect(reads.held).toBeGreaterThan(9 * MIB)
  reads.push(Buffer.from('"},'))
  expect(reads.held).toBeLessThan(MIB)
  reads.push(Buffer.from(long))
  expect(reads.held).toBeGreaterThan(9 * MIB)
  for (let part = 0; part < 6; part++) reads.push(Buffer.alloc(10 * MIB, 'y'))
  expect(reads.held).toBeLessThan(MIB)
  reads.push(Buffer.from(`"},${long}`))
  reads.finish()
  reads.release()
  expect(reads.held).toBeLessThan(MIB)
  expect(reads.rejections.map(({ reason, count }) => [reason, count])).toEqual([
    ['category', 1],
    ['too-long', 1],
    ['truncated', 1],
  ])
})

describe('a blob that grows', () => {
  it('gives the same rows block by block as in one piece', () => {
    const random = new Random(11)
    const writer = new BlobWriter(random, 0)
    const blocks = Array.from({ length: 40 }, (_, i) => `${i === 0 ? '' : ','}${[writer.record(), writer.record()].join()}`)
    const rows: NaiveRow[] = []
    let resume = 0
    let records = 0
    for (let committed = 0; committed <= blocks.length; committed++) {
      const version = Buffer.from(`${HEAD}${blocks.slice(0, committed).join('')}]}`)
      const run = scanner(resume)
      run.scanner.push(version.subarray(resume))
      const state = run.scanner.finish()
      expect(run.scanner.rejections).toEqual([])
      expect(state.resume).toBe(committed === 0 ? 0 : version.length - 2)
      rows.push(...rowsInWords(run.columns, run.groups))
      records += state.records
      resume = state.resume
    }
    const whole = readNaively(Buffer.from(`${HEAD}${blocks.join('')}]}`), LOOSE)
    expect(records).toBe(whole.state.records)
    expect(rows).toEqual(whole.rows)
  })

  it('stops before an incomplete record, and reads it when the rest is there', () => {
    const whole = Buffer.from(`${HEAD}${record(tuple(1))},${record(tuple(2))}]}`)
    const cut = whole.length - 40
    const first = scanner()
    first.scanner.push(whole.subarray(0, cut))
    const { resume } = first.scanner.finish()
    expect(first.scanner.rejections).toMatchObject([{ what: 'record', reason: 'truncated', count: 1, offset: resume + 1 }])
    const second = scanner(resume)
    second.scanner.push(whole.subarray(resume))
    expect(second.scanner.finish()).toMatchObject({ records: 1, tuples: 1, malformed: 0, resume: whole.length - 2 })
    expect(first.columns.length + second.columns.length).toBe(2)
  })

  it('knows after each push how far it can be resumed', () => {
    const whole = Buffer.from(`${HEAD}${record(tuple(1))},${record(tuple(2))}]}`)
    const end = HEAD.length + record(tuple(1)).length
    const run = scanner()
    for (let i = 0; i < whole.length; i++) {
      run.scanner.push(whole.subarray(i, i + 1))
      expect(run.scanner.state.resume).toBe(i + 1 < end ? 0 : i + 1 < whole.length - 2 ? end : whole.length - 2)
    }
  })
})

describe('size', () => {
  it('reads a megabyte byte by byte', () => {
    const tuples = Array.from({ length: 2_000 }, (_, i) => tuple(i)).join()
    const whole = Buffer.from(`${HEAD}${Array.from({ length: 8 }, () => record(tuples)).join()}]}`)
    expect(whole.length).toBeGreaterThan(MIB / 2)
    const run = scanner()
    for (let i = 0; i < whole.length; i++) run.scanner.push(whole.subarray(i, i + 1))
    expect(run.scanner.finish()).toMatchObject({ records: 8, tuples: 16_000, malformed: 0 })
  })

  it('rejects a record over 64 MiB in any chunks, and continues after it', () => {
    const filler = Buffer.alloc(MIB, 'x')
    const parts = [
      Buffer.from(`${HEAD}${record(tuple(1))},${record(tuple(2), '"filler":"').slice(0, 11)}`),
      ...Array.from({ length: 65 }, () => filler),
      Buffer.from(`",${record(tuple(2)).slice(1)},${record(tuple(3))}]}`),
    ]
    const whole = Buffer.concat(parts)
    const offset = HEAD.length + record(tuple(1)).length + 1
    for (const chunks of [parts, [whole]]) {
      const run = scanner()
      for (const chunk of chunks) run.scanner.push(chunk)
      expect(run.scanner.finish()).toMatchObject({ records: 2, tuples: 2, malformed: 1, resume: whole.length - 2 })
      expect(run.scanner.rejections).toMatchObject([{ what: 'record', reason: 'too-long', count: 1, offset }])
    }
  })

  it.each([
    ['rules', (i: number) => `{"rule":"r${i}","flowTuples":["${flow('6')}"]}`],
    ['protocols', (i: number) => `{"rule":"r","flowTuples":["${flow(`x${i}`)}"]}`],
  ])('rejects a record of more than 32,768 different %s, and continues after it', (_, group) => {
    const records = [32_769, 32_768, 32_769, 32_768, 1].map((count) => vnetRecord(Array.from({ length: count }, (_one, i) => group(i))))
    const run = scanner()
    run.scanner.push(Buffer.from(`${HEAD}${records}]}`))
    expect(run.scanner.finish()).toMatchObject({ records: 3, tuples: 32_768 * 2 + 1, malformed: 2 })
    const refused = run.scanner.rejections.filter(({ what }) => what === 'record')
    expect(refused).toMatchObject([{ reason: 'too-many', count: 2, offset: HEAD.length }])
    expect(run.groups.size).toBe(32_768)
  })

  it('reads millions of keys and invalid tuples without keeping them', () => {
    const keys = Array.from({ length: 300_000 }, (_, i) => `"k${i}":${i}`).join()
    const run = scanner()
    run.scanner.push(Buffer.from(record(Array.from({ length: 300_000 }, () => '""').join(), `${keys},`)))
    expect(run.scanner.finish()).toMatchObject({ records: 1, tuples: 0, malformed: 300_000 })
    expect(run.scanner.seen).toEqual({ records: 1, tuples: 300_000 })
    expect(run.groups.size).toBe(0)
  })
})

describe('several blobs into the same columns', () => {
  it('appends rows and meets each group once', () => {
    const columns = createColumns(1)
    const groups = new Map<number, FlowGroup>()
    for (const blob of [1, 2]) {
      const one = new Scanner({ ...LOOSE, blob }, columns, groups)
      one.push(Buffer.from(`${HEAD}${record([1, 2, 3].map(tuple).join())}]}`))
      one.finish()
    }
    expect([...columns.blob.subarray(0, columns.length)]).toEqual([1, 1, 1, 2, 2, 2])
    expect(groups.size).toBe(1)
  })

  it('leaves no trace of a record that is rejected after its tuples were read', () => {
    const { columns, groups, scanner: one } = scanner()
    one.push(Buffer.from(`${HEAD}${record(`${tuple(1)},""`).replace('}]}]}}', '}]}],"x":nul}}')},${record(tuple(2))}]}`))
    expect(one.finish()).toMatchObject({ records: 1, tuples: 1, malformed: 1, first: 1_724_090_348_000 })
    expect(rowsInWords(columns, groups)).toHaveLength(1)
  })
})
