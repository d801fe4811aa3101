import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Road } from '@/lib/ingest/road/road'
import type { ToParser } from '@/lib/ingest/threads/messages'
import type { ParseThread } from '@/lib/ingest/threads/worker/thread'
import { FolderSource } from '@/lib/source/folder/folder'
import type { Source } from '@/lib/source/model/source'
import { openDuckdb } from '@/lib/store/duckdb/duckdb'
import { sql } from '@/lib/store/sql'
import type { Store } from '@/lib/store/store'
import { startHere } from '../test/here'
import { MemorySource } from '../test/memory-source'
import { blobOf, MAC, record, SCOPE } from '../test/records'

const HOUR = Date.UTC(2024, 7, 12)
const VIEW = { from: HOUR, to: HOUR + 3_600_000 }
const BLOBS = 12
/** Blobs at which every thread stops. */
const DEADLY = [3, 7]
const never = new AbortController().signal

let dir: string
let store: Store
let started: number
let terminated: number
let road: Road
let warnings: string[]
let now: number
let deadly: Set<number>

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'flowlens-aside-'))
  store = await openDuckdb(join(dir, 'data'))
  started = 0
  terminated = 0
  warnings = []
  now = HOUR + 86_400_000
})

afterEach(async () => {
  await road.close()
  rmSync(dir, { recursive: true, force: true })
})

const nameOf = (i: number) => `${SCOPE}/y=2024/m=08/d=12/h=00/m=00/macAddress=${i.toString(16).toUpperCase().padStart(12, '0')}/PT1H.json`

function textOf(i: number, tuples: number): string {
  return blobOf(Array.from({ length: 10 }, (_, n) => record(HOUR + 120_000 + n * 60_000, tuples / 10, i)))
}

/** A thread that stops, like one without memory, as soon as it is given bytes or the file of a deadly blob. */
function startMortal(isDeadly: (blob: number) => boolean): ParseThread {
  started++
  const thread = startHere()
  const { postMessage, terminate } = thread
  const errors: ((error: Error) => void)[] = []
  const blobs = new Map<number, number>()
  let dead = false
  const on = thread.on.bind(thread)
  return Object.assign(thread, {
    on: (event: string, listener: (what: never) => void) =>
      event === 'error' ? errors.push(listener as never) : on(event as 'message', listener as never),
    postMessage: (message: ToParser, transfer?: ArrayBuffer[]) => {
      if (dead) return
      if (message.kind === 'open' || message.kind === 'whole') blobs.set(message.session, message.origin.blob)
      const given =
        message.kind === 'files'
          ? message.files.map(({ origin }) => origin.blob)
          : 'session' in message
            ? [blobs.get(message.session)!]
            : []
      if (message.kind === 'open' || !given.some(isDeadly)) return postMessage.call(thread, message, transfer as never)
      dead = true
      setImmediate(() => {
        for (const tell of errors) tell(new Error('Worker terminated due to reaching memory limit'))
      })
    },
    terminate: () => {
      terminated++
      return terminate()
    },
  }) as ParseThread
}

async function open(source: Source): Promise<void> {
  const ids = await source.list({ first: HOUR, last: HOUR }, never)
  deadly = new Set(ids.filter(({ name }) => DEADLY.some((i) => name.endsWith(nameOf(i)))).map(({ id }) => id))
  expect(deadly.size).toBe(DEADLY.length)
  const options = { threads: 2, start: () => startMortal((blob) => deadly.has(blob)), now: () => now }
  road = new Road(store, [source], { ...options, warn: (message: string) => void warnings.push(message) })
}

async function ask() {
  await road.fetch(await road.survey(VIEW, never), never)
  return road.coverage(await road.survey(VIEW, never))
}

const rows = async () => (await store.query<{ n: number }>(sql`select count(*) as n from tuples`))[0]!.n

describe.each([
  ['read by a parse thread itself', 50],
  ['handed over whole', 50],
  ['handed over piece by piece', 20_000],
] as const)('a blob at which the parser stops, %s', (how, tuples) => {
  it('is named and set aside, until it changes, and nothing else is lost', async () => {
    const memory = new MemorySource()
    const files = join(dir, 'logs')
    const put = (i: number, text: string) => {
      memory.put(nameOf(i), text, { hour: HOUR, mac: MAC, scope: SCOPE })
      mkdirSync(dirname(join(files, nameOf(i))), { recursive: true })
      writeFileSync(join(files, nameOf(i)), text)
    }
    for (let i = 0; i < BLOBS; i++) put(i, textOf(i, i < 9 ? tuples : 50))
    await open(how === 'read by a parse thread itself' ? new FolderSource(files, { keep: 0 }) : memory)
    const expected = 3 * 50 + (9 - DEADLY.length) * tuples

    const coverage = await ask()
    expect(await rows()).toBe(expected)
    expect(coverage).toMatchObject({ complete: false, blobs: BLOBS, blobsRead: BLOBS - DEADLY.length, tuples: expected })
    const named = coverage.problems.map(({ message }) => message)
    for (const i of DEADLY) expect(named).toContainEqual(expect.stringMatching(new RegExp(`${nameOf(i)} is not read: the parser stopped`)))
    expect(warnings).toHaveLength(DEADLY.length)

    const before = started
    expect(await ask()).toMatchObject({ complete: false, blobsRead: BLOBS - DEADLY.length })
    expect(started).toBe(before)
    expect(terminated).toBeGreaterThanOrEqual(started - 2)

    deadly.clear()
    for (const i of DEADLY) put(i, textOf(i, 100))
    now += 6000
    expect(await ask()).toMatchObject({ complete: true, tuples: expected + DEADLY.length * 100 })
  })
})
