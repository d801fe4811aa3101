import { fork } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate, setTimeout } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { formatAddress } from '@/lib/flow/address/address'
import type { BlobPiece } from '@/lib/flow/reading/piece'
import { writeSpool } from '@/lib/store/spool/spool'
import { sql } from '@/lib/store/sql'
import type { SpoolFile, Store } from '@/lib/store/store'
import { columnsOf, stateOf, type TestRow } from '../test/rows'
import { openDuckdb } from './duckdb'

let dir: string
let store: Store

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'flowlens-store-'))
  store = await openDuckdb(dir)
})

afterEach(async () => {
  await store.close()
  rmSync(dir, { recursive: true, force: true })
})

let files = 0
function spooled(rows: readonly TestRow[]): SpoolFile {
  return { ...writeSpool(join(store.spool, `test-${files++}.parquet`), columnsOf(rows)), minutes: null }
}

function add(rows: readonly TestRow[], blob = 1, forget: number[] = [], more = false): Promise<void> {
  return store.append({
    parts: [spooled(rows.map((row) => ({ ...row, blob })))],
    blobs: [stateOf(blob, rows.length)],
    forget,
    groups: [],
    pieces: [],
    rejections: [],
    more,
  })
}

function flipBit(file: string, at = statSync(file).size >> 1): void {
  const bytes = readFileSync(file)
  bytes[at]! ^= 8
  writeFileSync(file, bytes)
}

async function count(): Promise<number> {
  return (await store.query<{ n: number }>(sql`select count(*) as n from tuples`))[0]!.n
}

const row: TestRow = { time: 1_723_480_000_000, src: '10.0.0.1', dst: '10.0.0.2', sport: 1, dport: 2 }

describe.each(['spool', 'table'] as const)('rows in the %s', (where) => {
  it('preserve every value to the last bit', async () => {
    const rows: TestRow[] = [
      {
        ...row,
        recordTime: row.time + 59_123,
        src: '2001:db8::ff',
        dst: 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
        sport: 65535,
        dport: 0,
      },
      { ...row, src: '0.0.0.0', dst: '255.255.255.255', proto: 256, dir: 1, action: 1, state: 5 },
      {
        ...row,
        src: '::',
        dst: '::1',
        counters: [0, Number.MAX_SAFE_INTEGER, 3, -1],
        group: Number.MAX_SAFE_INTEGER,
        hour: 1_723_478_400_000,
      },
    ]
    await add(rows, Number.MAX_SAFE_INTEGER)
    if (where === 'table') await store.settle()
    const read = await store.query<Record<string, number | bigint | null>>(sql`select * from tuples order by pos`)
    expect(read.map(({ src, dst }) => [src, dst].map((value) => formatAddress(value as bigint)))).toEqual(
      rows.map(({ src, dst }) => [src, dst]),
    )
    expect(read[0]).toMatchObject({ time: row.time, record_time: row.time + 59_123, sport: 65535, dport: 0, packets_sent: null, hour: -1 })
    expect(read[1]).toMatchObject({ proto: 256, dir: 1, action: 1, state: 5 })
    expect(read[2]).toMatchObject({
      packets_sent: 0,
      bytes_sent: Number.MAX_SAFE_INTEGER,
      packets_received: 3,
      bytes_received: null,
      grp: Number.MAX_SAFE_INTEGER,
      blob: Number.MAX_SAFE_INTEGER,
      hour: 1_723_478_400_000,
    })
  })

  it('fill several row groups', async () => {
    const many = Array.from({ length: 130_000 }, (_, i) => ({ ...row, dport: i % 60_000 }))
    await add(many)
    if (where === 'table') await store.settle()
    const [sums] = await store.query<{ n: number; ports: number }>(
      sql`select count(*) as n, cast(sum(dport) as bigint) as ports from tuples`,
    )
    expect(sums).toEqual({ n: 130_000, ports: many.reduce((sum, { dport }) => sum + dport, 0) })
  })

  it('are removed with their blob', async () => {
    await add([row, { ...row, src: '::1' }], 1)
    await add([row], 2)
    if (where === 'table') await store.settle()
    await store.append({ parts: [], blobs: [], forget: [1], pieces: [], groups: [], rejections: [] })
    expect(await store.query(sql`select blob from tuples`)).toEqual([{ blob: 2 }])
  })

  it('survive a restart', async () => {
    await add([row, row])
    if (where === 'table') await store.settle()
    await store.close()
    store = await openDuckdb(dir)
    expect(await count()).toBe(2)
    expect(store.blobs().get(1)).toEqual(stateOf(1, 2))
  })
})

describe('settling', () => {
  it('leaves no spool file behind', async () => {
    await add([row])
    await store.settle()
    expect(readdirSync(store.spool)).toEqual([])
  })

  it('keeps a file while a query reads it', async () => {
    const many = Array.from({ length: 130_000 }, (_, i) => ({ ...row, dport: i % 60_000 }))
    await add(many)
    const rows = store.stream<{ pos: number }>(sql`select pos from tuples`)[Symbol.asyncIterator]()
    let read = (await rows.next()).value!.length
    const settled = store.settle()
    const waiting = sql`select count(*) as n from parts`
    while ((await store.query<{ n: number }>(waiting))[0]!.n > 0) await setTimeout(10)
    expect(readdirSync(store.spool)).toHaveLength(1)
    for (let next = await rows.next(); !next.done; next = await rows.next()) read += next.value.length
    await settled
    expect(read).toBe(many.length)
    expect(readdirSync(store.spool)).toEqual([])
  })

  it('happens by itself when idle', async () => {
    await add([row])
    while (readdirSync(store.spool).length > 0) await setTimeout(50)
    expect(await count()).toBe(1)
  })

  it('waits only while more is being read', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      await add([row], 1, [], true)
      vi.advanceTimersByTime(10_000)
      await add([row], 2)
      expect(readdirSync(store.spool)).toHaveLength(2)
      vi.advanceTimersByTime(1000)
      while (readdirSync(store.spool).length > 0) {
        await setImmediate()
        vi.advanceTimersByTime(1)
      }
      expect(await count()).toBe(2)
    } finally {
      vi.useRealTimers()
    }
  })
})

const group = {
  id: 7,
  source: 's',
  log: 'l',
  logName: 'l',
  mac: '',
  format: 'nsg-v2',
  acl: 'a',
  rule: 'r',
  enc: null,
  proto: null,
  state: null,
} as const

describe('append', () => {
  it('is all or nothing', async () => {
    await add([row, row])
    const part = spooled([row])
    const bad = {
      parts: [part, { ...part, file: join(store.spool, 'absent.parquet') }],
      blobs: [stateOf(2, 1)],
      forget: [1],
      groups: [],
      pieces: [],
      rejections: [],
    }
    await expect(store.append(bad)).rejects.toMatchObject({ kind: 'busy' })
    expect(await count()).toBe(2)
    expect([...store.blobs().keys()]).toEqual([1])
    await add([row], 2)
    expect(await count()).toBe(3)
  })

  it('replaces a blob that the batch forgets', async () => {
    await add([row, row, row])
    await add([row], 1, [1])
    expect(await count()).toBe(1)
    expect(store.blobs().get(1)?.tuples).toBe(1)
  })

  it('keeps a growing reading as one piece, and forgets it with its blob', async () => {
    const piece = (blob: number, from: number, to: number) => ({ blob, from, to, sha256: `${from}-${to}` })
    const add = (blob: number, pieces: BlobPiece[], forget: number[] = []) =>
      store.append({ parts: [], blobs: [stateOf(blob, 0)], forget, groups: [], pieces, rejections: [] })
    const stored = () => store.query(sql`select blob, from_byte as "from", to_byte as "to", sha256 from reads order by blob, from_byte`)
    await add(1, [piece(1, 0, 5)])
    await add(2, [piece(2, 0, 5)])
    await add(1, [piece(1, 0, 9)])
    await add(1, [piece(1, 9, 12)])
    expect(await stored()).toEqual([piece(1, 0, 9), piece(1, 9, 12), piece(2, 0, 5)])
    await add(1, [piece(1, 0, 7)], [1])
    expect(await stored()).toEqual([piece(1, 0, 7), piece(2, 0, 5)])
    await store.append({ parts: [], blobs: [], forget: [1, 2], groups: [], pieces: [], rejections: [] })
    expect(await stored()).toEqual([])
  })

  it('drops only the unended rejections of a blob when its reading continues', async () => {
    const rejection = { blob: 1, what: 'record', count: 1, bytes: 9, offset: 5, sample: '' } as const
    const rejections = (['truncated', 'rest', 'category'] as const).map((reason) => ({ ...rejection, reason }))
    await store.append({ parts: [], blobs: [stateOf(1, 0)], forget: [], pieces: [], groups: [], rejections })
    await store.append({ parts: [], blobs: [stateOf(1, 0)], forget: [], pieces: [], groups: [], rejections: [] })
    expect(await store.query(sql`select reason, bytes from rejections`)).toEqual([{ reason: 'category', bytes: 9 }])
  })

  it('stores a group once, however many threads report it', async () => {
    await store.append({ parts: [], blobs: [], forget: [], pieces: [], groups: [group, { ...group }], rejections: [] })
    await store.append({ parts: [], blobs: [], forget: [], pieces: [], groups: [group], rejections: [] })
    expect(await store.query(sql`select count(*) as n from groups`)).toEqual([{ n: 1 }])
  })

  it('refuses two groups with one id', async () => {
    await store.append({ parts: [], blobs: [], forget: [], pieces: [], groups: [group], rejections: [] })
    await expect(
      store.append({ parts: [], blobs: [], forget: [], pieces: [], groups: [{ ...group, rule: 'other' }], rejections: [] }),
    ).rejects.toMatchObject({
      kind: 'store',
      message: expect.stringContaining('collide'),
    })
  })
})

describe('queries', () => {
  it('bind values and never parse them as SQL', async () => {
    const text = "'; drop table tuples; --"
    expect(await store.query(sql`select ${text} as text, ${2 ** 40} as big, ${2n ** 127n} as huge`)).toEqual([
      { text, big: 2 ** 40, huge: 2n ** 127n },
    ])
    expect(await count()).toBe(0)
  })

  it('reject an integer that a number cannot hold', async () => {
    await expect(store.query(sql`select cast(9007199254740993 as bigint) as n`)).rejects.toMatchObject({ kind: 'store' })
  })

  it('fail, and never end early, where the engine fails after the first rows', async () => {
    const rows = sql`select case when i = 500000 then error('odd row') else i end as x from range(1000000) as numbers(i)`
    await expect(store.query(rows)).rejects.toMatchObject({ kind: 'store', cause: { message: expect.stringContaining('odd row') } })
  })

  it('are cancelled, and never end early, where their caller leaves between two rows', async () => {
    const leaving = new AbortController()
    const read = async () => {
      for await (const _ of store.stream(sql`select i from range(10000000) as numbers(i) where i % 3 = 1`, leaving.signal)) leaving.abort()
    }
    await expect(read()).rejects.toMatchObject({ kind: 'cancelled' })
  })

  it('stop when cancelled, and leave the store usable', async () => {
    const stop = new AbortController()
    const asked = store.query(sql`select count(*) as n from range(100000000) a, range(1000) b where a.range % 7 = b.range % 5`, stop.signal)
    void setTimeout(50).then(() => stop.abort())
    await expect(asked).rejects.toMatchObject({ kind: 'cancelled' })
    expect(await count()).toBe(0)
  })

  it.each([0, 1, 5, 100])('stop using the processor when cancelled after %i ms', async (ms) => {
    const stop = new AbortController()
    const asked = store.query(sql`select sum(hash(a.range + b.range)) as n from range(10000000) a, range(100000) b`, stop.signal)
    const refused = expect(asked).rejects.toMatchObject({ kind: 'cancelled' })
    await setTimeout(ms)
    stop.abort()
    await refused
    // Uninterrupted, it would compute for hours.
    for (let share = 1; share > 0.5; ) {
      const [before, began] = [process.cpuUsage(), performance.now()]
      await setTimeout(100)
      share = process.cpuUsage(before).user / 1000 / (performance.now() - began)
    }
  })

  it('cannot reach outside the spool', async () => {
    for (const question of [
      sql`select * from read_text('/etc/passwd')`,
      sql`copy (select 1) to '/tmp/flowlens-escape.csv'`,
      sql`attach '/tmp/flowlens-escape.db'`,
      sql`install httpfs`,
      sql`set enable_external_access = true`,
    ]) {
      await expect(store.query(question)).rejects.toMatchObject({ kind: 'store' })
    }
    expect(existsSync('/tmp/flowlens-escape.csv')).toBe(false)
  })
})

it('returns texts unchanged, even with a leading byte order mark', async () => {
  const text = '\ufeffrule \0\u2028'
  expect(await store.query(sql`select ${text} as v`)).toEqual([{ v: text }])
})

describe('the data directory', () => {
  it('is emptied if a spool file is missing or cut, with a warning', async () => {
    for (const harm of [(file: string) => rmSync(file), (file: string) => truncateSync(file, 100), (file: string) => flipBit(file)]) {
      await add([row, row])
      await store.close()
      harm(join(store.spool, readdirSync(store.spool)[0]!))
      const warnings: string[] = []
      store = await openDuckdb(dir, (message) => warnings.push(message))
      expect(await count()).toBe(0)
      expect(store.blobs().size).toBe(0)
      expect(warnings).toEqual([expect.stringContaining('spool')])
    }
  })

  it('answers from a data directory that was moved while rows waited in spool files', async () => {
    await add([row, row])
    await store.close()
    const moved = join(dir, 'moved')
    mkdirSync(moved)
    for (const name of ['tuples.duckdb', 'spool']) renameSync(join(dir, name), join(moved, name))
    store = await openDuckdb(moved)
    expect(await count()).toBe(2)
  })

  it('starts empty after a query hit a damaged block', async () => {
    await add(Array.from({ length: 60_000 }, (_, i) => ({ ...row, time: row.time + i * 7919, offset: i })))
    await store.settle()
    await store.close()
    // In the third block, which is not read at the start.
    flipBit(join(dir, 'tuples.duckdb'), 12_288 + 2 * 262_144 + 1000)
    const warnings: string[] = []
    store = await openDuckdb(dir, (message) => warnings.push(message))
    expect(warnings).toEqual([])
    const asked = store.query(sql`select sum(time), sum(pos), sum(sport) from tuples`)
    await expect(asked).rejects.toMatchObject({ kind: 'busy', message: expect.stringContaining('damaged') })
    await store.close()
    store = await openDuckdb(dir, (message) => warnings.push(message))
    expect(warnings).toEqual([expect.stringContaining('damaged')])
    expect(await count()).toBe(0)
    await add([row])
    expect(await count()).toBe(1)
  })

  it('is broken after a spool file has vanished, names no path, and then starts empty', async () => {
    await add([row, row])
    for (const name of readdirSync(store.spool)) rmSync(join(store.spool, name))
    const failed: unknown = await store.query(sql`select count(*) as n, sum(pos) as pos from tuples`).catch((error: unknown) => error)
    expect(failed).toMatchObject({ kind: 'busy', message: expect.stringContaining('read anew') })
    expect((failed as Error).message).not.toContain(dir)
    await expect(store.size()).rejects.toMatchObject({ kind: 'busy' })
    expect(store.isBroken).toBe(true)
    await store.close()
    store = await openDuckdb(dir)
    expect(store.blobs().size).toBe(0)
    await add([row])
    expect(await count()).toBe(1)
  })

  it('starts empty if the file is damaged, with a warning', async () => {
    await store.close()
    writeFileSync(join(dir, 'tuples.duckdb'), 'this is not a database, whatever its name says'.repeat(200))
    const warnings: string[] = []
    store = await openDuckdb(dir, (message) => warnings.push(message))
    expect(await count()).toBe(0)
    expect(warnings).toEqual([expect.stringContaining('cannot be opened')])
    expect(readdirSync(dir).filter((name) => name.includes('damaged'))).toEqual([])
  })

  it('keeps nothing that a killed process, or an earlier version, has left', async () => {
    await store.close()
    mkdirSync(join(dir, 'temp'), { recursive: true })
    const left = [
      'temp/duckdb_temp_storage_DEFAULT-0.tmp',
      'tuples.duckdb.damaged',
      'tuples.duckdb.damaged-1767225600000',
      'tuples.duckdb.damaged.wal',
    ]
    for (const name of left) writeFileSync(join(dir, name), 'x')
    store = await openDuckdb(dir)
    expect(left.filter((name) => existsSync(join(dir, name)))).toEqual([])
  })

  it('is refused to a second process, by name', async () => {
    const taken = join(dir, 'taken')
    mkdirSync(taken)
    const held = fork(join(import.meta.dirname, '../test/hold.mjs'), [join(taken, 'tuples.duckdb')])
    await new Promise((resolve) => held.once('message', resolve))
    try {
      await expect(openDuckdb(taken)).rejects.toMatchObject({
        kind: 'busy',
        message: 'Data directory cannot be used: another process has it open',
      })
    } finally {
      held.kill('SIGKILL')
    }
  })

  it('that is not writable is a clear problem', async () => {
    writeFileSync(join(dir, 'file'), '')
    await expect(openDuckdb(join(dir, 'file', 'inside'))).rejects.toMatchObject({
      kind: 'busy',
      message: 'Data directory cannot be used: it cannot be written',
    })
  })
})
