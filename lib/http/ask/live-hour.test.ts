import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { EvidenceAnswer, ProofAnswer } from '@/lib/flow/answer/evidence/evidence'
import type { TuplesAnswer } from '@/lib/flow/answer/tuples/tuples'
import { HOUR, MINUTE } from '@/lib/flow/time/bucket'
import { evidence, prove } from '@/lib/http/evidence/evidence'
import { Road } from '@/lib/ingest/road/road'
import { startHere } from '@/lib/ingest/test/here'
import { readNaively } from '@/lib/parse/test/naive-reader'
import { parsePath } from '@/lib/source/model/path'
import { Account, sourceAt } from '@/lib/source/test/account'
import { type Azurite, startAzurite } from '@/lib/source/test/azurite'
import { openDuckdb } from '@/lib/store/duckdb/duckdb'
import { FEWEST, type FlushedBlock, HEAD, history, TAIL } from '@/scripts/demo/blocks'
import { get, send, serve } from '../test/serve'
import { tuples } from './questions'

/** The data ends in the middle of the hour, so the range begins with closed blobs and ends with open ones. */
const END = Date.UTC(2026, 7, 13, 14, 4)
const HOUR_START = Date.UTC(2026, 7, 13, 13)
const MINUTES = 4
const Q = 'action:deny'

let dir: string
let azurite: Azurite
let account: Account
let road: Road
let now = END - MINUTES * MINUTE
const waiting: FlushedBlock[] = []
/** Texts of the blocks of each blob so far. */
const blobs = new Map<string, { container: string; name: string; texts: string[] }>()

/** Commits, blob by blob, every block that was flushed before `now`, like Azure. */
async function write(): Promise<void> {
  const written = new Set<string>()
  while (waiting[0] !== undefined && waiting[0].time < now) {
    const { container, blob: name, text } = waiting.shift()!
    const key = `${container}/${name}`
    const blob = blobs.get(key) ?? { container, name, texts: [] }
    blob.texts.push(text)
    blobs.set(key, blob)
    written.add(key)
  }
  for (const key of written) {
    const { container, name, texts } = blobs.get(key)!
    await account.commit(
      container,
      name,
      [HEAD.text, ...texts, TAIL.text].map((text) => Buffer.from(text)),
    )
  }
}

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'flowlens-live-'))
  for (const block of history({ seed: 5, now: END, tuples: FEWEST })) if (block.time >= HOUR_START) waiting.push(block)
  azurite = await startAzurite()
  account = new Account(azurite.connectionString)
  for (const container of new Set(waiting.map((block) => block.container))) await account.create(container)
  const source = sourceAt(azurite, { now: () => now })
  road = new Road(await openDuckdb(dir), [source], { threads: 1, start: startHere, now: () => now })
  serve(road, Number.MAX_SAFE_INTEGER, dir)
})

afterAll(async () => {
  await road.close()
  await azurite.stop()
  rmSync(dir, { recursive: true, force: true })
})

async function bodyOf<T>(response: Response): Promise<T> {
  const body = await response.json()
  expect(response.status, JSON.stringify(body)).toBe(200)
  return body as T
}

/** Returns the rows written so far, by a plain reading, in the range and flushed by `asof`, and the blobs that contain them with their numbers of blocks. */
function naively(from: number, to: number, asof: number) {
  const all = [...blobs].map(([key, { container, name, texts }]) => {
    const path = parsePath(`${container}/${name}`)!
    const origin = { blob: 0, source: '', scope: path.scope, hour: path.hour, mac: path.mac, offset: 0 }
    const { rows } = readNaively(Buffer.from(HEAD.text + texts.join('') + TAIL.text), origin)
    return { key, blocks: texts.length, rows: rows.filter((row) => row.time >= from && row.time < to && row.recordTime <= asof) }
  })
  const holding = all.filter(({ rows }) => rows.length > 0)
  return { rows: holding.flatMap(({ rows }) => rows), blocks: new Map(holding.map(({ key, blocks }) => [key, blocks])) }
}

it('answers every pinned link the same after every block, and reports that the data has grown', async () => {
  const range = { from: new Date(HOUR_START).toISOString(), to: new Date(HOUR_START + 2 * HOUR).toISOString() }
  const links: { keys: Record<string, string>; rows: TuplesAnswer['rows']; total: number; held: ReturnType<typeof naively> }[] = []
  const verdicts = new Set<string>()
  const ask = (keys: Record<string, string>) =>
    get(tuples, { ...keys, q: Q, limit: '50' }).then((response) => bodyOf<TuplesAnswer>(response))
  for (let minute = 0; minute <= MINUTES; minute++) {
    await write()
    const { proof, view } = await bodyOf<ProofAnswer>(await send(prove, 'POST', { body: { view: new URLSearchParams(range).toString() } }))
    const keys = { ...range, asof: view.asof }
    const held = naively(HOUR_START, HOUR_START + 2 * HOUR, Date.parse(view.asof))
    const first = await ask(keys)
    expect(first.total).toBe(held.rows.filter(({ action }) => action === 'deny').length)
    for (const link of links) {
      const judged = await bodyOf<EvidenceAnswer>(await get(evidence, link.keys))
      const grown = [...link.held.blocks].filter(([key, blocks]) => blobs.get(key)!.texts.length > blocks).map(([key]) => key)
      expect(judged.blobs.map(({ container, blob }) => `${container}/${blob}`).sort()).toEqual(grown.sort())
      expect(judged.blobs.every(({ what, before, now: after }) => what === 'grown' && before?.rows === after?.rows)).toBe(true)
      expect(judged.verdict).toBe(grown.length > 0 ? 'grown' : 'same')
      verdicts.add(judged.verdict)
      expect([judged.before?.tuples, judged.now.tuples]).toEqual([link.held.rows.length, link.held.rows.length])
      const { proof: _, ...pinned } = link.keys
      const again = await ask(pinned)
      expect({ rows: again.rows, total: again.total }).toEqual({ rows: link.rows, total: link.total })
    }
    const judged = await bodyOf<EvidenceAnswer>(await get(evidence, { ...keys, proof }))
    expect({ verdict: judged.verdict, tuples: judged.now.tuples }).toEqual({ verdict: 'same', tuples: held.rows.length })
    links.push({ keys: { ...keys, proof }, rows: first.rows, total: first.total, held })
    now += MINUTE
  }
  expect(new Set(links.map(({ held }) => held.rows.length)).size).toBe(MINUTES + 1)
  expect(verdicts).toContain('grown')
})
