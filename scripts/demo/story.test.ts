import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { storiesOf } from '@/components/parts/findings/stories'
import type { FindingsAnswer } from '@/lib/flow/answer/traffic/findings'
import { HOUR } from '@/lib/flow/time/bucket'
import { findings } from '@/lib/http/ask/questions'
import { get, serve } from '@/lib/http/test/serve'
import { Road } from '@/lib/ingest/road/road'
import { startHere } from '@/lib/ingest/test/here'
import { FolderSource } from '@/lib/source/folder/folder'
import { openDuckdb } from '@/lib/store/duckdb/duckdb'
import { FEWEST } from './blocks'
import { INCIDENT } from './traffic/incident'
import { writeFolder } from './write-folder'

const NOW = Math.floor(Date.UTC(2026, 4, 11, 14, 37) / HOUR) * HOUR

let dir: string
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'flowlens-story-'))
})
afterAll(() => rmSync(dir, { recursive: true, force: true }))

/** Returns the answer of the first page of the demo. */
async function shown(calm: boolean): Promise<FindingsAnswer> {
  const folder = join(dir, calm ? 'calm' : 'incident')
  await writeFolder(folder, { seed: 1, tuples: FEWEST, calm, now: NOW })
  const road = new Road(await openDuckdb(join(dir, `store-${calm}`)), [new FolderSource(folder)], { threads: 1, start: startHere })
  serve(road)
  try {
    return (await (await get(findings)).json()) as FindingsAnswer
  } finally {
    await road.close()
  }
}

it('shows the incident as one story, on top', async () => {
  const { rows } = await shown(false)
  const [story] = storiesOf(rows.filter(({ level }) => level !== 'low'))
  const [whole] = storiesOf(rows)
  expect(story).toMatchObject({ address: INCIDENT.jump, level: 'high' })
  expect(story!.text).toMatch(/was denied for 11 h.*by AllowRdpVendor.*sent 4\.\d+ GiB out/)
  expect(story!.text).toContain(`called ${INCIDENT.beacon}:443 every 5 m`)
  // The page of findings has what is low in it, too.
  expect(whole).toMatchObject({
    address: INCIDENT.jump,
    text: expect.stringMatching(/by AllowRdpVendor.*reached for 3 inside addresses.*sent 4\.\d+ GiB out/),
  })
}, 60_000)

it('shows nothing high without it', async () => {
  const { rows, coverage } = await shown(true)
  expect(coverage.tuples).toBeGreaterThan(100_000)
  expect(rows.filter(({ level }) => level === 'high').map(({ sentence }) => sentence)).toEqual([])
}, 60_000)
