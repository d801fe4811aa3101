import { strict as assert } from 'node:assert'
import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { Problem } from '@/lib/flow/problem'
import { HOUR } from '@/lib/flow/time/bucket'
import { Road } from '@/lib/ingest/road/road'
import { startHere } from '@/lib/ingest/test/here'
import { exportTuples } from '@/lib/query/tuples/export-tuples'
import { Scope } from '@/lib/query/where/scope'
import { FolderSource } from '@/lib/source/folder/folder'
import { openDuckdb } from '@/lib/store/duckdb/duckdb'
import type { Store } from '@/lib/store/store'
import { DAY_START, hourBlob } from '../../world/hours'

export const BLOBS = 6
const VIEW = { from: DAY_START - HOUR, to: DAY_START + 24 * HOUR, q: '', filter: null, logs: [], asof: null, once: false }

/** Writes one hour into a folder of evidence, with `tuples` tuples in each of its ten records. */
export function writeHour(evidence: string, hour: number, tuples = 40): void {
  const { name, records } = hourBlob(hour, 10, tuples)
  mkdirSync(path.dirname(path.join(evidence, name)), { recursive: true })
  writeFileSync(path.join(evidence, name), `{"records":[${records.join(',')}]}`)
}

/** Writes some hours below a folder, with `tuples` tuples in each record. */
export function writeEvidence(folder: string, tuples = 40): string {
  const evidence = path.join(folder, 'evidence')
  for (let i = 0; i < BLOBS; i++) writeHour(evidence, i, tuples)
  return evidence
}

/** Returns one hash over every row of the store, with all columns. */
async function digestOf(store: Store): Promise<string> {
  const hash = createHash('sha256')
  for await (const rows of exportTuples(store, VIEW, { scope: Scope.everything })) for (const row of rows) hash.update(JSON.stringify(row))
  return hash.digest('hex')
}

export interface Opened {
  road: Road
  warnings: string[]
}

export async function openRoad(evidence: string, data: string): Promise<Opened> {
  const warnings: string[] = []
  const store = await openDuckdb(data, (message) => warnings.push(message))
  return { road: new Road(store, [new FolderSource(evidence, { keep: 0 })], { threads: 1, start: startHere }), warnings }
}

/** Reads missing data and returns the digest of all rows. */
export async function answer(road: Road): Promise<string> {
  const signal = AbortSignal.timeout(60_000)
  const survey = await road.survey(VIEW, signal)
  await road.fetch(survey, signal)
  const { complete, problems } = await road.coverage(survey)
  if (!complete) throw new Problem('store', `Answer is incomplete and says so: ${problems[0]?.message}`)
  return digestOf(road.store)
}

/** Expects the right answer or a clear error: a Problem that names what and where. Returns which it was. */
export async function rightOrClear(expected: string, ask: () => Promise<string>): Promise<'right answer' | 'clear error'> {
  try {
    assert.equal(await ask(), expected, 'a wrong answer')
    return 'right answer'
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    assert.match(error.message, /^[A-Z].{10,}/s)
    return 'clear error'
  }
}

/** Returns the same in a separate store on a sound disk. */
export async function rightAnswer(evidence: string, data: string): Promise<string> {
  const { road } = await openRoad(evidence, data)
  try {
    return await answer(road)
  } finally {
    await road.close()
  }
}
