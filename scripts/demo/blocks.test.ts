import { beforeAll, describe, expect, it } from 'vitest'
import { HOUR } from '@/lib/flow/time/bucket'
import { blocks, type DemoSpec, type FlushedBlock, HEAD, history, TAIL } from './blocks'
import { INCIDENT } from './traffic/incident'

const spec: DemoSpec = { seed: 7, now: Date.UTC(2026, 7, 13, 14, 37), tuples: 150_000 }

interface Read {
  blob: string
  recordTime: number
  time: number
  columns: string[]
  denied: boolean
}

interface LogRecord {
  time: string
  macAddress: string
  category: string
  properties?: { Version: number; flows: { rule: string; flows: { mac: string; flowTuples: string[] }[] }[] }
  flowRecords?: { flows: { aclID: string; flowGroups: { rule: string; flowTuples: string[] }[] }[] }
}

function tuplesOf(record: LogRecord): string[] {
  if (record.properties) return record.properties.flows.flatMap((rule) => rule.flows.flatMap((nic) => nic.flowTuples))
  return record.flowRecords!.flows.flatMap((acl) => acl.flowGroups.flatMap((rule) => rule.flowTuples))
}

const made: FlushedBlock[] = []
const blobs = new Map<string, LogRecord[]>()
const rows: Read[] = []

beforeAll(() => {
  made.push(...history(spec))
  const texts = new Map<string, string>()
  for (const block of made) texts.set(block.blob, (texts.get(block.blob) ?? '') + block.text)
  for (const [blob, text] of texts) {
    const { records } = JSON.parse(HEAD.text + text + TAIL.text) as { records: LogRecord[] }
    blobs.set(blob, records)
    for (const record of records) {
      for (const tuple of tuplesOf(record)) {
        const columns = tuple.split(',')
        const time = Number(columns[0]) * (record.properties ? 1000 : 1)
        rows.push({ blob, recordTime: Date.parse(record.time), time, columns, denied: columns[7] === 'D' })
      }
    }
  }
})

describe('the made data set', () => {
  it('is the same for the same seed, and differs for another', () => {
    const start = (seed: number) => {
      const texts: string[] = []
      for (const block of blocks({ ...spec, seed })) {
        texts.push(block.id + block.text)
        if (texts.length === 300) return texts
      }
    }
    expect(start(7)).toEqual(start(7))
    expect(start(8)).not.toEqual(start(7))
  })

  it('holds about the requested number of tuples, and reports the exact number', () => {
    expect(rows.length).toBe(made.reduce((sum, block) => sum + block.tuples, 0))
    expect(Math.abs(rows.length - spec.tuples)).toBeLessThan(spec.tuples * 0.1)
  })

  it("has one blob for each NIC and hour, with Azure's names", () => {
    for (const [blob, records] of blobs) {
      const name =
        /^(resourceId=\/SUBSCRIPTIONS\/[0-9A-F-]{36}\/RESOURCEGROUPS\/[A-Z-]+\/PROVIDERS\/MICROSOFT\.NETWORK\/NETWORKSECURITYGROUPS\/[A-Z-]+|flowLogResourceID=\/[0-9A-F-]{36}_NETWORKWATCHERRG\/NETWORKWATCHER_[A-Z]+_[A-Z-]+)\/y=(\d{4})\/m=(\d\d)\/d=(\d\d)\/h=(\d\d)\/m=00\/macAddress=([0-9A-F]{12})\/PT1H\.json$/.exec(
          blob,
        )
      expect(name, blob).not.toBeNull()
      const [, , year, month, day, hour, mac] = name!
      for (const record of records) {
        expect(record.time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z$/)
        expect(record.time.slice(0, 13)).toBe(`${year}-${month}-${day}T${hour}`)
        expect(record.macAddress).toBe(mac)
      }
    }
  })

  it('keeps records under 32 KB, also in a busy minute', () => {
    const busy: DemoSpec = { ...spec, tuples: 4_000_000 }
    let split = 0
    for (const block of blocks(busy)) {
      const { records } = JSON.parse(HEAD.text + block.text.replace(/^,/, '') + TAIL.text) as { records: LogRecord[] }
      for (const record of records) expect(JSON.stringify(record).length).toBeLessThanOrEqual(32_768)
      if (records.length > 1) split++
      expect(new Set(records.map((record) => record.time)).size).toBe(1)
      if (block.time > busy.now - 23 * HOUR) break
    }
    expect(split).toBeGreaterThan(0)
  })

  it('flushes tuples 2 to 64 seconds after their own time, so that an hour begins with the end of the one before', () => {
    let before = 0
    for (const { time, recordTime } of rows) {
      const age = recordTime - time
      if (age < 2_000 || age > 64_000) expect.fail(`a tuple of ${new Date(time).toISOString()} was flushed ${age} ms later`)
      if (Math.floor(time / HOUR) < Math.floor(recordTime / HOUR)) before++
    }
    expect(before).toBeGreaterThan(100)
  })

  it('writes the columns of each format', () => {
    const shapes = new Map<string, number>()
    for (const { columns: c, blob } of rows) {
      const vnet = blob.startsWith('flowLogResourceID')
      const layout = vnet ? `vnet ${c[7]}` : c.length === 8 ? 'v1' : `v2 ${c[7]}${c[8]}`
      const counters = c.slice(9).join(',')
      const counted =
        counters === ',,,' ? 'empty' : counters === '0,0,0,0' ? 'zero' : /^\d+,\d+,\d+,\d+$/.test(counters) ? 'counted' : counters
      const shape = `${layout} ${c.length} ${counted}`
      shapes.set(shape, (shapes.get(shape) ?? 0) + 1)
    }
    expect([...shapes.keys()].sort()).toEqual([
      'v1 8 ',
      'v2 AB 13 empty',
      'v2 AC 13 counted',
      'v2 AE 13 counted',
      'v2 DB 13 empty',
      'vnet B 13 zero',
      'vnet C 13 counted',
      'vnet D 13 zero',
      'vnet E 13 counted',
    ])
  })

  it('is logged at both ends inside the network', () => {
    const key = (c: string[]) => c.slice(1, 5).join(' ')
    const seen = new Map<string, Set<string>>()
    for (const { columns: c } of rows)
      if (c[4] === '1433' && c[1]!.startsWith('10.20.2.')) seen.set(key(c), (seen.get(key(c)) ?? new Set()).add(c[6]!))
    const both = [...seen.values()].filter((directions) => directions.size === 2).length
    expect(both / seen.size).toBeGreaterThan(0.98)
  })
})

describe('the incident', () => {
  it('is the only source that is denied and then allowed', () => {
    const denied = new Map<string, number>()
    const later = new Set<string>()
    for (const { columns: c, time, denied: out } of rows.toSorted((a, b) => a.time - b.time)) {
      if (c[6] !== 'I') continue
      if (out) denied.set(c[1]!, Math.min(time, denied.get(c[1]!) ?? time))
      else if (denied.has(c[1]!)) later.add(c[1]!)
    }
    expect(denied.size).toBeGreaterThan(1_000)
    expect([...later]).toEqual([INCIDENT.intruder])
  })

  it('calls home about every 300 seconds from the beginning', () => {
    const begins = rows.filter(({ columns: c }) => c[2] === INCIDENT.beacon && c[7] === 'B').map(({ time }) => time)
    begins.sort((a, b) => a - b)
    expect(begins.length).toBeGreaterThan(65)
    expect(begins[0]).toBeGreaterThan(INCIDENT.at(spec.now).logon)
    for (let i = 1; i < begins.length; i++) expect(Math.abs(begins[i]! - begins[i - 1]! - 300_000)).toBeLessThanOrEqual(18_000)
  })

  it('sends more than four gigabytes out, in rows of five minutes', () => {
    const sent = rows.filter(({ columns: c }) => c[2] === INCIDENT.drop)
    expect(sent.filter(({ columns: c }) => c[7] === 'C').length).toBe(12)
    const bytes = sent.reduce((sum, { columns: c }) => sum + Number(c[10]), 0)
    expect(bytes).toBeGreaterThan(4.5e9)
    expect(bytes).toBeLessThan(5.2e9)
  })
})
