import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { request as ask, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@clickhouse/client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { formatAddress } from '@/lib/flow/address/address'
import { writeMinutes } from '@/lib/store/spool/minutes'
import { writeSpool } from '@/lib/store/spool/spool'
import { sql } from '@/lib/store/sql'
import type { Batch, Store } from '@/lib/store/store'
import { hasClickhouse } from '@/scripts/clickhouse/start'
import { clickhouse, PASSWORD } from '../test/engines'
import { columnsOf, stateOf, type TestRow } from '../test/rows'
import { openClickhouse } from './clickhouse'
import { STORED, schema } from './tables'

const ROW: TestRow = { time: 1_723_480_000_000, src: '10.0.0.1', dst: '10.0.0.2', sport: 1, dport: 2 }

describe.runIf(hasClickhouse())('ClickHouse', () => {
  let dir: string
  let server: { url: string }
  let store: Store
  let files = 0

  const open = (changes: object = {}) =>
    openClickhouse({
      ...{ url: server.url, user: 'default', password: PASSWORD, database: 'flows', cluster: null, keepDays: null },
      ...{ spool: join(dir, 'spool'), ...changes },
    })

  function batch(rows: readonly TestRow[], blob: number, changes: Partial<Batch> = {}, to: Store = store): Batch {
    const path = join(to.spool, `rows-${files++}`)
    const columns = columnsOf(rows.map((row) => ({ ...row, blob })))
    const minutes = `${path}.minutes`
    const part = { ...writeSpool(path, columns, to.intake.spooling), minutes: writeMinutes(minutes, columns) ? minutes : null }
    return { parts: [part], blobs: [stateOf(blob, rows.length)], forget: [], pieces: [], groups: [], rejections: [], ...changes }
  }

  const count = async (blob: number, of: Store = store) =>
    (await of.query<{ n: number }>(sql`select count(*) as n from tuples where blob = ${blob}`))[0]!.n

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'flowlens-clickhouse-store-'))
    server = await clickhouse()
    store = await open()
  })

  afterAll(async () => {
    await store.close()
    rmSync(dir, { recursive: true, force: true })
  })

  it('stores a group once, and refuses another with its id', async () => {
    const group = {
      ...{ id: 77, source: 's', log: 'l', logName: 'l', mac: '002248000001', format: 'nsg-v2' as const, acl: '/nsg', rule: 'r' },
      ...{ enc: null, proto: null, state: null },
    }
    const of = (groups: Batch['groups']): Batch => ({ parts: [], blobs: [], forget: [], pieces: [], groups, rejections: [] })
    await store.append(of([group, { ...group }]))
    await store.append(of([group]))
    await expect(store.append(of([{ ...group, rule: 'other' }]))).rejects.toMatchObject({
      kind: 'store',
      message: expect.stringContaining('collide'),
    })
    expect(await store.query(sql`select rule from groups where id = ${group.id}`)).toEqual([{ rule: 'r' }])
  })

  it('preserves every value to the last bit', async () => {
    const rows: TestRow[] = [
      {
        ...ROW,
        recordTime: ROW.time + 59_123,
        src: '2001:db8::ff',
        dst: 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
        sport: 65535,
        dport: 0,
      },
      { ...ROW, src: '0.0.0.0', dst: '255.255.255.255', proto: 256, dir: 1, action: 1, state: 5 },
      {
        ...ROW,
        src: '::',
        dst: '::1',
        counters: [0, Number.MAX_SAFE_INTEGER, 3, -1],
        group: Number.MAX_SAFE_INTEGER,
        hour: 1_723_478_400_000,
      },
    ]
    const blob = Number.MAX_SAFE_INTEGER
    await store.append(batch(rows, blob))
    const read = await store.query<Record<string, number | bigint | boolean | null>>(
      sql`select * from tuples where blob = ${blob} order by pos`,
    )
    expect(read.map(({ src, dst }) => [src, dst].map((value) => formatAddress(value as bigint)))).toEqual(
      rows.map(({ src, dst }) => [src, dst]),
    )
    expect(read[0]).toMatchObject({ time: ROW.time, record_time: ROW.time + 59_123, sport: 65535, dport: 0, packets_sent: null, hour: -1 })
    expect(read[1]).toMatchObject({ proto: 256, dir: 1, action: 1, state: 5, rolled: false })
    expect(read[2]).toMatchObject({ packets_sent: 0, bytes_sent: Number.MAX_SAFE_INTEGER, packets_received: 3, bytes_received: null, blob })
    expect(readdirSync(store.spool)).toEqual([])
  })

  it('rolls rows up by minute if worthwhile, in the same insert', async () => {
    const many = Array.from(
      { length: 600 },
      (_, i): TestRow => ({ ...ROW, time: ROW.time + (i % 120) * 1000, counters: [1, 2, 3, -1], state: 1 }),
    )
    await store.append(batch(many, 2))
    const [minutes] = await store.query(
      sql`select cast(sum(tuples) as bigint) as tuples, cast(sum(flows) as bigint) as flows, cast(sum(bytes_sent) as bigint) as sent,
        cast(sum(packets) as bigint) as packets, min(first) as "from", max(last) as "to" from minutes where blob = 2`,
    )
    expect(minutes).toEqual({ tuples: 600, flows: 600, sent: 1200, packets: 2400, from: ROW.time, to: ROW.time + 119_000 })
    expect(await store.query(sql`select distinct rolled from tuples where blob = 2`)).toEqual([{ rolled: true }])
  })

  it('replaces and forgets blobs, and keeps its data after a restart', async () => {
    await store.append(batch([ROW, ROW, ROW], 3))
    await store.append(batch([ROW], 3, { forget: [3] }))
    expect(await count(3)).toBe(1)
    await store.append(batch([ROW], 4))
    await store.append({ parts: [], blobs: [], forget: [4], pieces: [], groups: [], rejections: [] })
    expect(await count(4)).toBe(0)
    const again = await open()
    expect(again.blobs().get(3)).toEqual(stateOf(3, 1))
    expect(again.blobs().has(4)).toBe(false)
    expect(await count(3, again)).toBe(1)
    await again.close()
  })

  it('keeps pieces and rejections with their blob, in one transaction', async () => {
    const piece = (from: number, to: number) => ({ blob: 5, from, to, sha256: `${from}-${to}` })
    const rejection = { blob: 5, reason: 'truncated', what: 'record', count: 1, bytes: 3, offset: 7, sample: "it's" } as const
    await store.append(batch([ROW], 5, { pieces: [piece(0, 5)], rejections: [rejection, { ...rejection, reason: 'time' }] }))
    await store.append(batch([ROW], 5, { pieces: [piece(0, 9)] }))
    await store.append(batch([ROW], 5, { pieces: [piece(9, 12)] }))
    expect(await store.query(sql`select from_byte, to_byte, sha256 from reads where blob = 5 order by from_byte`)).toEqual([
      { from_byte: 0, to_byte: 9, sha256: '0-9' },
      { from_byte: 9, to_byte: 12, sha256: '9-12' },
    ])
    expect(await store.query(sql`select reason, count, bytes, pos, sample from rejections where blob = 5`)).toEqual([
      { reason: 'time', count: 1, bytes: 3, pos: 7, sample: "it's" },
    ])
  })

  it('adds to what another instance has stored, and to what it has stored itself before a restart', async () => {
    const rejection = { blob: 11, reason: 'time', what: 'record', count: 1, bytes: 3, offset: 7, sample: '' } as const
    const to = (resume: number) => ({
      blobs: [{ ...stateOf(11, resume), resume }],
      from: new Map([[11, resume - 1]]),
      pieces: [{ blob: 11, from: resume - 1, to: resume, sha256: `${resume}` }],
      rejections: resume === 1 ? [rejection] : [],
    })
    await store.append(batch([ROW], 11, to(1)))
    for (const resume of [2, 3]) {
      const again = await open()
      await again.append(batch([ROW], 11, to(resume), again))
      expect(await count(11, again)).toBe(resume)
      await again.close()
    }
    await store.append(batch([ROW], 11, to(2)))
    expect(await count(11), 'was read by others').toBe(3)
    await store.append(batch([ROW], 11, to(4)))
    expect(await count(11)).toBe(4)
    expect(await store.query(sql`select to_byte from reads where blob = 11 order by to_byte`)).toHaveLength(4)
    expect(await store.query(sql`select reason from rejections where blob = 11`)).toEqual([{ reason: 'time' }])
    await store.append(batch([ROW], 11, { ...to(1), forget: [11] }))
    expect(await count(11)).toBe(1)
    expect(await store.query(sql`select to_byte from reads where blob = 11`)).toHaveLength(1)
  })

  it('stores no part of a batch that fails', async () => {
    const bad = batch([ROW], 6)
    bad.parts.push({ ...bad.parts[0]!, file: join(store.spool, 'absent'), minutes: null })
    await expect(store.append(bad)).rejects.toMatchObject({ kind: 'store' })
    expect(await count(6)).toBe(0)
    expect(store.blobs().has(6)).toBe(false)
    expect(existsSync(bad.parts[0]!.file)).toBe(false)
    await store.append(batch([ROW], 6))
    expect(await count(6)).toBe(1)
  })

  it('accepts concurrent appends, each following the one before', async () => {
    const second = batch([ROW, ROW], 7, { blobs: [{ ...stateOf(7, 3), resume: 200 }], from: new Map([[7, 100]]) })
    await Promise.all([store.append(batch([ROW], 7, { from: new Map([[7, 0]]) })), store.append(second)])
    expect(await count(7)).toBe(3)
    expect(store.blobs().get(7)?.resume).toBe(200)
    const bad = batch([ROW], 8)
    bad.parts.push({ ...bad.parts[0]!, file: join(store.spool, 'absent'), minutes: null })
    const both = await Promise.allSettled([store.append(bad), store.append(batch([ROW], 9))])
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    expect([await count(8), await count(9)]).toEqual([0, 0])
    expect(readdirSync(store.spool)).toEqual([])
    await store.append(batch([ROW], 9))
    expect(await count(9)).toBe(1)
  })

  it('drops data that was read too long ago, both rows and states', async () => {
    const forgetful = await open({ database: 'short', keepDays: 1 })
    await forgetful.append(batch([ROW], 1, {}, forgetful))
    expect(await count(1, forgetful)).toBe(1)
    const client = createClient({ url: server.url, password: PASSWORD })
    await client.command({
      query: `alter table short.${STORED.blobs} update loaded = now() - interval 25 hour where 1`,
      clickhouse_settings: { mutations_sync: '1' },
    })
    const later = await open({ database: 'short', keepDays: 1 })
    expect(await count(1, later)).toBe(0)
    expect(later.blobs().size).toBe(0)
    for (const one of [client, forgetful, later]) await one.close()
  })

  it('binds values of every kind, and never writes them into the statement', async () => {
    const text = "'; drop table tuples -- \\ \t\n ü {p0:Int64} {"
    const [row] = await store.query<{ found: number | boolean }>(
      sql`select ${text} as t, ${-5} as n, ${1.5} as f, ${(1n << 128n) - 1n} as big, 3 in ${[1, 3]} as found, lower(${'ÄÖ'}) as low`,
    )
    expect(row).toMatchObject({ t: text, n: -5, f: 1.5, big: (1n << 128n) - 1n, low: 'äö' })
    expect(Number(row!.found)).toBe(1)
    const many = Array.from({ length: 4000 }, (_, i) => i + 1e12)
    const [counted] = await store.query<{ n: number }>(sql`select length(${many}) as n`)
    expect(counted).toEqual({ n: 4000 })
  })

  it('fails a question, and never ends it early, where the engine fails after the first rows', async () => {
    await expect(store.query(sql`select number, throwIf(number = 3000000, 'odd row') as x from numbers(5000000)`)).rejects.toMatchObject({
      kind: 'store',
      message: expect.stringContaining('odd row'),
    })
  })

  it('reports errors without a secret', async () => {
    await expect(store.query(sql`select nothing from tuples`)).rejects.toMatchObject({
      kind: 'store',
      message: /ClickHouse could not answer: .*nothing/,
    })
    await expect(store.query(sql`select cast(9007199254740993 as bigint) as n`)).rejects.toMatchObject({
      kind: 'store',
      message: /9007199254740993 does not fit/,
    })
    await expect(open({ password: 'wrong hunter2' })).rejects.toThrow(/^ClickHouse cannot be used: .*uthentication failed(?!.*hunter2)/)
    await expect(open({ url: 'http://127.0.0.1:9' })).rejects.toMatchObject({ kind: 'store', message: /ECONNREFUSED/ })
    await expect(store.query(sql`select 1 as x`, AbortSignal.abort())).rejects.toMatchObject({ kind: 'cancelled' })
    const stop = new AbortController()
    const slow = store.query(sql`select sleep(1) as x`, stop.signal)
    setTimeout(() => stop.abort(), 50)
    await expect(slow).rejects.toMatchObject({ kind: 'cancelled' })
  })

  it('sends rows compressed and in columns, and requests compressed answers', async () => {
    const seen: { encoding: string | undefined; accepts: string | undefined; query: string; bytes: number }[] = []
    const spy = createServer((request, response) => {
      const { searchParams } = new URL(request.url!, 'http://localhost')
      const one = {
        encoding: request.headers['content-encoding'],
        accepts: request.headers['accept-encoding'],
        query: searchParams.get('query') ?? '',
        bytes: 0,
      }
      seen.push(one)
      request.on('data', (chunk: Buffer) => {
        one.bytes += chunk.length
      })
      const { hostname, port } = new URL(server.url)
      const { method, headers, url: path } = request
      const forwarded = ask({ hostname, port, method, headers, path }, (answer) => {
        response.writeHead(answer.statusCode!, answer.headers)
        answer.pipe(response)
      })
      request.pipe(forwarded)
    })
    await new Promise<void>((resolve) => spy.listen(0, '127.0.0.1', resolve))
    const spied = await open({ url: `http://127.0.0.1:${(spy.address() as AddressInfo).port}`, database: 'spied' })
    const many = Array.from({ length: 10_000 }, (_, i): TestRow => {
      const src = `198.18.${(i * 37) % 256}.${(i * 101) % 256}`
      const record = { recordOffset: 0, recordHash: Math.floor(i / 10) }
      return {
        ...ROW,
        ...record,
        time: ROW.time + i * 6,
        src,
        sport: (i * 40_503) % 65_536,
        dport: i % 3 ? 443 : 22,
        counters: [i % 40, i, 1, 60],
      }
    })
    await spied.append(batch(many, 1, {}, spied))
    expect(await count(1, spied)).toBe(many.length)
    const inserts = seen.filter(({ query }) => query.startsWith('insert into '))
    const rows = inserts.filter(({ query }) => query.includes('tuples'))
    expect(rows).toMatchObject([{ query: expect.stringMatching(/format Parquet$/) }])
    expect(rows[0]!.bytes / many.length).toBeLessThan(25)
    expect(inserts.filter((insert) => insert !== rows[0])).toMatchObject([{ encoding: 'br', query: expect.stringMatching(/JSONEachRow$/) }])
    expect(seen.some(({ accepts }) => accepts === 'gzip')).toBe(true)
    await spied.close()
    spy.closeAllConnections()
    spy.close()
  })
})

it('spreads tables over a cluster, with all rows of a NIC on one shard', () => {
  const statements = schema({ database: 'flows', cluster: 'all', keepDays: 30 })
  const made = statements.filter((statement) => /^create/.test(statement))
  expect(made.every((statement) => statement.includes('on cluster `all`'))).toBe(true)
  expect(statements.join('\n')).toContain(`Distributed('all', 'flows', '${STORED.tuples}_shard', card)`)
  expect(statements.join('\n')).toContain("ReplicatedMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}')")
  expect(schema({ database: 'flows', cluster: null, keepDays: null }).join('\n')).not.toMatch(/cluster|Replicated|Distributed|ttl loaded/)
})
