import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { formatAddress } from '@/lib/flow/address/address'
import { sql } from '@/lib/store/sql'
import type { Store } from '@/lib/store/store'
import { ENGINES, type Engine, openStore } from '../test/engines'
import { columnsOf, stateOf, type TestRow } from '../test/rows'
import { writeSpool } from './spool'

let dir: string
const stores = new Map<Engine, Store>()

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'flowlens-spool-'))
  for (const engine of ENGINES) stores.set(engine, await openStore(engine, dir))
})

afterAll(async () => {
  for (const store of stores.values()) await store.close()
  rmSync(dir, { recursive: true, force: true })
})

/** A linear congruential generator, so that every run makes the same rows. */
function randomOf(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

const SOURCES = ['10.0.0.1', '255.255.255.255', '0.0.0.0', '2001:db8::1', '::', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', '::fffe:1.2.3.4']
const COUNTS = [-1, 0, 1, 2 ** 31, 2 ** 32 - 2, 2 ** 32 - 1, 2 ** 32, 2 ** 40 + 7, Number.MAX_SAFE_INTEGER]

/** Makes rows whose values change every `run` rows on average: encoded as runs, plainly, packed, or differently in two row groups. */
function rowsOf(count: number, run: number, seed: number): Required<TestRow>[] {
  const random = randomOf(seed)
  let row: Required<TestRow> | null = null
  return Array.from({ length: count }, (_, i) => {
    const change = () => row === null || random(run) === 0
    const pick = <T>(values: readonly T[]) => values[random(values.length)]!
    const counter = () => pick(COUNTS)
    row = {
      time: 1_723_480_000_000 + (i % 7 === 3 ? -i : i) * 13 - (i % 5000 === 4999 ? 2 ** 33 : 0),
      recordTime: change() ? 1_723_480_000_000 + random(2 ** 31) : row!.recordTime,
      src: change() ? pick(SOURCES) : row!.src,
      dst: change() ? pick(SOURCES) : row!.dst,
      sport: random(65_536),
      dport: random(65_536),
      proto: change() ? random(257) : row!.proto,
      dir: random(2),
      action: random(2),
      state: random(6),
      counters: [counter(), counter(), counter(), counter()],
      group: change() ? random(2 ** 31) * 4_194_304 + i : row!.group,
      blob: change() ? Number.MAX_SAFE_INTEGER - random(3) : row!.blob,
      hour: change() ? pick([-1, 1_723_478_400_000]) : row!.hour,
      offset: i * 61 + (i > count / 2 ? 2 ** 33 : 0),
      recordOffset: change() ? i * 61 : row!.recordOffset,
      recordHash: change() ? random(2 ** 31) * 4_194_304 + i : row!.recordHash,
    }
    return row
  })
}

const SIZES = [
  [1, 1],
  [7, 100],
  [3000, 1],
  [20_000, 2],
  [62_000, 1000],
] as const
const CASES = ENGINES.flatMap((engine) =>
  (engine === 'duckdb' ? (['plain', 'packed'] as const) : (['packed'] as const)).flatMap((spooling) =>
    SIZES.map(([count, run]) => [engine, spooling, count, run] as const),
  ),
)

it.each(CASES)('%s, %s: %i rows are read back unchanged if a value stays for %i', async (engine, spooling, count, run) => {
  const store = stores.get(engine)!
  const rows = rowsOf(count, run, count + run)
  const file = join(store.spool, `${spooling}-${count}.parquet`)
  await store.append({
    parts: [{ ...writeSpool(file, columnsOf(rows), spooling), minutes: null }],
    blobs: [...new Set(rows.map(({ blob }) => blob))].map((id) => stateOf(id, 1)),
    forget: [],
    groups: [],
    pieces: [],
    rejections: [],
  })
  for (const settled of [false, true]) {
    if (settled) await store.settle()
    const read = await store.query<Record<string, number | bigint | null>>(sql`select * from tuples order by pos`)
    expect(read.length).toBe(count)
    const found = read.map((row) =>
      [
        row.time,
        row.record_time,
        formatAddress(row.src as bigint),
        formatAddress(row.dst as bigint),
        row.sport,
        row.dport,
        row.proto,
        row.dir,
        row.action,
        row.state,
        row.packets_sent ?? -1,
        row.bytes_sent ?? -1,
        row.packets_received ?? -1,
        row.bytes_received ?? -1,
        row.grp,
        row.blob,
        row.hour,
        row.pos,
        row.record_pos,
        row.record_hash,
      ].join(' '),
    )
    const meant = rows.map((row) =>
      [
        row.time,
        row.recordTime,
        row.src === '::fffe:1.2.3.4' ? '::fffe:102:304' : row.src,
        row.dst === '::fffe:1.2.3.4' ? '::fffe:102:304' : row.dst,
        row.sport,
        row.dport,
        row.proto,
        row.dir,
        row.action,
        row.state,
        ...row.counters,
        row.group,
        row.blob,
        row.hour,
        row.offset,
        row.recordOffset,
        row.recordHash,
      ].join(' '),
    )
    expect(found.findIndex((line, i) => line !== meant[i])).toBe(-1)
  }
  await store.append({ parts: [], blobs: [], forget: [...new Set(rows.map(({ blob }) => blob))], pieces: [], groups: [], rejections: [] })
})

it.each(ENGINES)('%s: packed times that are far apart, as in a hostile log, are read back', async (engine) => {
  const store = stores.get(engine)!
  const [row] = rowsOf(1, 1, 1)
  const times = [8.64e15, 1_723_480_000_000, 8.64e15, 1]
  const rows = times.map((time, i) => ({ ...row!, time, blob: 4711, offset: i }))
  await store.append({
    parts: [{ ...writeSpool(join(store.spool, 'far.parquet'), columnsOf(rows.slice(0, 2)), 'packed'), minutes: null }],
    blobs: [stateOf(4711, 1)],
    forget: [],
    groups: [],
    pieces: [],
    rejections: [],
  })
  await store.append({
    parts: [{ ...writeSpool(join(store.spool, 'farther.parquet'), columnsOf(rows.slice(2)), 'packed'), minutes: null }],
    blobs: [stateOf(4711, 2)],
    forget: [],
    groups: [],
    pieces: [],
    rejections: [],
  })
  const read = await store.query<{ time: number }>(sql`select time from tuples where blob = 4711 order by pos`)
  expect(read.map(({ time }) => time)).toEqual(times)
})
