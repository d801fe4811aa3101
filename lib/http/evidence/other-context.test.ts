import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { EvidenceAnswer, ProofAnswer } from '@/lib/flow/answer/evidence/evidence'
import { HOUR } from '@/lib/flow/time/bucket'
import { tuples } from '@/lib/http/ask/questions'
import { Road } from '@/lib/ingest/road/road'
import { startHere } from '@/lib/ingest/test/here'
import { MemorySource } from '@/lib/ingest/test/memory-source'
import { blobOf, MAC, record, SCOPE } from '@/lib/ingest/test/records'
import { openDuckdb } from '@/lib/store/duckdb/duckdb'
import { contextOf, get, send, serve } from '../test/serve'
import { evidence, prove } from './evidence'

const FIRST = Date.UTC(2026, 7, 12, 0)
const VIEW = { from: new Date(FIRST).toISOString(), to: new Date(FIRST + HOUR).toISOString() }

let dir: string
let road: Road

/** Starts the server again with these lists, like a restart with other files. */
function startWith(...lists: string[]): void {
  const folder = mkdtempSync(join(dir, 'context-'))
  for (const [i, list] of lists.entries()) writeFileSync(join(folder, `list-${i}.txt`), list)
  serve(road, undefined, join(dir, 'data'), contextOf([folder]))
}

async function proved(q: string, context = false): Promise<Record<string, string>> {
  const view = new URLSearchParams({ ...VIEW, q }).toString()
  const {
    proof,
    view: { asof },
  } = (await (await send(prove, 'POST', { body: { view, context } })).json()) as ProofAnswer
  return { ...VIEW, q, asof, proof }
}

const judged = async (link: Record<string, string>) => (await (await get(evidence, link)).json()) as EvidenceAnswer

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'flowlens-other-context-'))
  const source = new MemorySource()
  source.put(`${SCOPE}/0`, blobOf([record(FIRST + 60_000, 20, 0)]), { hour: FIRST, mac: MAC, scope: SCOPE })
  road = new Road(await openDuckdb(join(dir, 'data')), [source], { threads: 1, start: startHere, now: () => FIRST + 30 * HOUR })
})

afterAll(async () => {
  await road.close()
  rmSync(dir, { recursive: true, force: true })
})

it('a link that uses context reports changed context files; any other link is unaffected', async () => {
  startWith('10.0.0.0/8\n')
  const [byList, plain, grouped] = [await proved('list:*'), await proved('dport:443'), await proved('dport:443', true)]
  expect(await judged(byList)).toMatchObject({ verdict: 'same', reason: null })
  startWith('10.0.0.0/9\n')
  expect(await judged(byList)).toMatchObject({ verdict: 'changed', reason: expect.stringContaining('context files') })
  expect(await judged(plain)).toMatchObject({ verdict: 'same', reason: null })
  expect(await judged(grouped)).toMatchObject({ verdict: 'changed', reason: expect.stringContaining('context files') })
  rmSync(join(dir, 'data', 'evidence'), { recursive: true })
  expect(await judged(grouped)).toMatchObject({ verdict: 'changed' })
  startWith('10.0.0.0/8\n')
  for (const link of [byList, plain, grouped]) expect(await judged(link)).toMatchObject({ verdict: 'same', reason: null })
})

it('raw rows with and without context differ only in the context', async () => {
  startWith('10.0.0.0/8\n')
  const rows = async (keys: Record<string, string>) =>
    ((await (await get(tuples, { ...VIEW, ...keys })).json()) as { rows: Record<string, unknown>[] }).rows
  const [bare, told] = [await rows({}), await rows({ context: '1' })]
  expect(bare.length).toBeGreaterThan(0)
  expect(told.map((row) => Object.fromEntries(Object.entries(row).filter(([key]) => !key.includes('.'))))).toEqual(bare)
  expect(told.every((row) => Array.isArray(row['src.list']) && row['src.country'] === null)).toBe(true)
})
