import { EventEmitter } from 'node:events'
import { setImmediate } from 'node:timers/promises'
import { expect, it, vi } from 'vitest'
import type { BlobState } from '@/lib/flow/reading/blob'
import type { ScanState } from '@/lib/parse/scanner'
import type { Batch, Store } from '@/lib/store/store'
import type { FromParser, ToParser } from '../messages'
import type { ParseThread } from '../worker/thread'
import { ParsePool } from './pool'

const ORIGIN = { blob: 1, source: 's', scope: null, hour: null, mac: null, offset: 0 }
const VERSION = { id: 1, name: 'a' } as BlobState
const STATE: ScanState = { records: 1, tuples: 1, malformed: 0, resume: 9, through: null, first: null, last: null, log: null }

/** Bytes of unfinished records beyond which only one may grow. */
const HELD = 1000

/** A pool over one thread whose messages the test controls. */
function scripted({ appends = 1, stored = Promise.resolve(), more = false } = {}) {
  const thread = new EventEmitter()
  const asked: ToParser[] = []
  const batches: Batch[] = []
  const intake = { rows: 200_000, patience: 150, spooling: 'plain', appends }
  const append = (batch: Batch) => {
    batches.push(batch)
    return stored
  }
  const store = { spool: '/spool', intake, append } as unknown as Store
  const parts = { postMessage: (message: ToParser) => asked.push(message), terminate: async () => {}, unref: () => {} }
  const pool = new ParsePool(
    store,
    { threads: 1, heap: 0, held: HELD },
    () => Object.assign(thread, parts) as unknown as ParseThread,
    () => more,
  )
  const say = (message: FromParser) => thread.emit('message', message)
  const flushes = () => asked.flatMap((message) => (message.kind === 'flush' ? [message.file] : []))
  return { pool, say, flushes, batches }
}

it('does not flush again for rows that the current flush contains', async () => {
  const { pool, say, flushes, batches } = scripted()
  const { id: session } = pool.open(ORIGIN, VERSION, null, false)
  say({ kind: 'parsed', session, size: 0, rows: 250_000, groupBytes: 0, held: 0, state: STATE })
  expect(flushes()).toHaveLength(1)
  say({ kind: 'parsed', session, size: 0, rows: 260_000, groupBytes: 0, held: 0, state: STATE })
  say({ kind: 'ended', session, rows: 260_000, groupBytes: 0, state: STATE })
  say({
    kind: 'flushed',
    part: { file: flushes()[0]!, rows: 260_000, bytes: 9, crc: 0, minutes: null },
    sessions: [{ session, state: STATE, piece: null, rejections: [], ended: true }],
    groups: [],
    groupBytes: 0,
  })
  await setImmediate()
  expect(flushes()).toHaveLength(1)
  expect(batches).toHaveLength(1)
})

it('flushes few rows if their groups are large', () => {
  const { pool, say, flushes } = scripted()
  const { id: session } = pool.open(ORIGIN, VERSION, null, false)
  const parsed = (groupBytes: number) => say({ kind: 'parsed', session, size: 0, rows: 5, groupBytes, held: 0, state: STATE })
  parsed(2 * 2 ** 20)
  expect(flushes()).toHaveLength(0)
  parsed(4 * 2 ** 20)
  expect(flushes()).toHaveLength(1)
})

it('lets no thread send more groups while many wait for the store', async () => {
  let store!: () => void
  const stored = new Promise<void>((resolve) => {
    store = resolve
  })
  const { pool, say, flushes } = scripted({ stored })
  const { id: session } = pool.open(ORIGIN, VERSION, null, false)
  const fill = () => say({ kind: 'parsed', session, size: 0, rows: 5, groupBytes: 4 * 2 ** 20, held: 0, state: STATE })
  fill()
  say({ kind: 'flushed', part: null, sessions: [], groups: [], groupBytes: 11 * 2 ** 20 })
  fill()
  expect(flushes()).toHaveLength(1)
  store()
  await setImmediate()
  expect(flushes()).toHaveLength(2)
})

it.each([1, 2])('gives the store %i batches at once', async (appends) => {
  let store!: () => void
  const stored = new Promise<void>((resolve) => {
    store = resolve
  })
  const { pool, say, flushes, batches } = scripted({ appends, stored })
  const { id: session } = pool.open(ORIGIN, VERSION, null, false)
  const sessions = [{ session, state: STATE, piece: null, rejections: [], ended: false }]
  for (let i = 0; i < 4; i++) {
    say({ kind: 'parsed', session, size: 0, rows: 250_000, groupBytes: 0, held: 0, state: STATE })
    say({ kind: 'flushed', part: { file: `${i}`, rows: 250_000, bytes: 9, crc: 0, minutes: null }, sessions, groups: [], groupBytes: 0 })
  }
  expect(flushes()).toHaveLength(4)
  expect(batches).toHaveLength(appends)
  store()
  await setImmediate()
  const files = batches.map(({ parts }) => parts.map(({ file }) => file))
  expect(files).toEqual(appends === 1 ? [['0'], ['1', '2', '3']] : [['0'], ['1'], ['2', '3']])
})

it('lets rows wait longer for a larger batch if transactions take long', async () => {
  vi.useFakeTimers()
  try {
    const stored = new Promise<void>((resolve) => void setTimeout(resolve, 1000))
    const { pool, say, flushes, batches } = scripted({ stored, more: true })
    const end = () => {
      const { id: session } = pool.open(ORIGIN, VERSION, null, false)
      say({ kind: 'ended', session, rows: 1, groupBytes: 0, state: STATE })
    }
    end()
    await vi.advanceTimersByTimeAsync(150)
    expect(flushes()).toHaveLength(1)
    say({ kind: 'flushed', part: { file: '0', rows: 1, bytes: 9, crc: 0, minutes: null }, sessions: [], groups: [], groupBytes: 0 })
    await vi.advanceTimersByTimeAsync(1000)
    expect(batches).toMatchObject([{ more: true }])
    end()
    await vi.advanceTimersByTimeAsync(1500)
    expect(flushes()).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(2000)
    expect(flushes()).toHaveLength(2)
  } finally {
    vi.useRealTimers()
  }
})

it('lets only the longest of many unfinished records grow, then the next one', async () => {
  const { pool, say } = scripted()
  const sessions = [0, 1, 2].map(() => pool.open(ORIGIN, VERSION, null, false))
  const going = new Set<number>()
  const parsed = (session: number, held: number) => say({ kind: 'parsed', session, size: 1, rows: 0, groupBytes: 0, held, state: STATE })
  for (const { id } of sessions) parsed(id, HELD)
  for (const session of sessions) void pool.push(session, new Uint8Array(1)).then(() => going.add(session.id))
  for (const { id } of sessions) {
    await setImmediate()
    expect([...going].at(-1)).toBe(id)
    expect(going.size).toBe(id)
    say({ kind: 'ended', session: id, rows: 0, groupBytes: 0, state: STATE })
  }
})

it.each([
  ['ENOSPC', 'busy', /no space is left in the data directory/],
  ['EIO', 'busy', /fails with EIO/],
  [null, 'store', /the log of the server/],
] as const)('names neither a file nor a stack where a thread breaks by %s', async (code, kind, says) => {
  const { pool, say } = scripted()
  const session = pool.open(ORIGIN, VERSION, null, false)
  say({ kind: 'broken', message: "Error: write '/data/spool/x.parquet'\n    at writeSync (node:fs:1)", code })
  const problem: unknown = await pool.end(session, { complete: true, mark: null }).catch((error: unknown) => error)
  expect(problem).toMatchObject({ kind, message: expect.stringMatching(says) })
  expect((problem as Error).message).not.toMatch(/\/data|\n/)
})
