import { strict as assert } from 'node:assert'
import { mkdirSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ErrorAnswer } from '@/lib/flow/answer/error'
import type { TimelineAnswer } from '@/lib/flow/answer/traffic/timeline'
import { HOUR } from '@/lib/flow/bucket'
import { withFolder } from '../world/folder'
import { DAY_START } from '../world/hours'
import { type Served, serve } from '../world/serve'
import type { DiskCase } from './cases'
import { writeEvidence } from './evidence'
import { type SmallDisk, smallDisk } from './tmpfs'

const RANGE = { from: new Date(DAY_START - HOUR).toISOString(), to: new Date(DAY_START + 24 * HOUR).toISOString() }
/** Interval between two queries during the recovery, and its longest duration on any machine. Milliseconds. */
const PACE = 100
const PATIENCE = 120_000

type Buckets = TimelineAnswer['buckets']

/** Returns the answer, or null if it is refused temporarily. All queries differ, so that no result is remembered. */
async function ask({ url }: Served, data: string, number: number): Promise<Buckets | null> {
  const keys = new URLSearchParams({ ...RANGE, buckets: '24', q: `dport:0..${60_000 + number} or dport:0..65535` })
  const response = await fetch(`${url}/api/timeline?${keys}`)
  const text = await response.text()
  assert.ok(!text.includes(data) && !/\n\s+at |\\n\s+at |node:internal|\/spool\//.test(text), `the answer reveals internals: ${text}`)
  if (response.status === 200) {
    const { coverage, buckets } = JSON.parse(text) as TimelineAnswer
    return coverage.complete ? buckets : null
  }
  const { error } = JSON.parse(text) as ErrorAnswer
  assert.deepEqual([response.status, error.kind], [503, 'busy'], text)
  assert.ok(error.requestId && error.message && response.headers.get('retry-after'), text)
  return null
}

async function isReady({ url }: Served): Promise<boolean> {
  const { status } = await fetch(`${url}/api/health/ready`)
  assert.ok(status === 204 || status === 503, `ready says ${status}`)
  return status === 204
}

interface DiskPlace {
  data: string
  disk: SmallDisk | null
}

/** A fault in the data directory of a running server, and how it is repaired; without `relieve`, the server recovers by itself. */
interface Harm {
  name: string
  /** Bytes of a separate disk for the data directory, in the notation of `mount`. */
  disk?: string
  harm(place: DiskPlace): void
  relieve?(place: DiskPlace): void
}

function heals({ name, disk: size, harm, relieve }: Harm): DiskCase {
  return {
    name: `served: ${name}`,
    check: () =>
      withFolder(async (folder) => {
        const evidence = writeEvidence(folder)
        const data = path.join(folder, 'data')
        const disk = size === undefined ? null : smallDisk(data, size)
        if (size !== undefined && disk === null) return 'no disk of its own here'
        mkdirSync(data, { recursive: true })
        const served = await serve(data, { FLOWLENS_SOURCES: evidence })
        let refused = 0
        try {
          const expected = await ask(served, data, 0)
          assert.ok(expected, 'nothing was answered before')
          assert.ok(await isReady(served))
          harm({ data, disk })
          const until = Date.now() + PATIENCE
          for (let number = 1; ; number++) {
            assert.ok(Date.now() < until, 'it never heals')
            const before = await isReady(served)
            const found = await ask(served, data, number)
            if (found !== null) assert.deepEqual(found, expected, 'a wrong answer')
            else refused++
            if (found === null && number === 3) relieve?.({ data, disk })
            if (found !== null && before && (await isReady(served)) && number > 3) break
            await sleep(PACE)
          }
          return refused > 0 ? 'refused with 503, then right without a new start' : 'right without a new start'
        } finally {
          await served.kill()
          disk?.unmount()
        }
      }),
  }
}

function files(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(folder, name))
    .filter((file) => statSync(file).isFile())
}

function remove(places: readonly string[]): void {
  for (const place of places) rmSync(place, { recursive: true, force: true })
}

function fill(folder: string): void {
  try {
    for (let i = 0; ; i++) writeFileSync(path.join(folder, `ballast-${i}`), Buffer.alloc(65_536))
  } catch {
    // Full.
  }
}

/** A built app whose data directory is damaged while it runs. */
export const SERVED: readonly DiskCase[] = [
  heals({ name: 'an emptied spool', harm: ({ data }) => remove(files(path.join(data, 'spool'))) }),
  heals({ name: 'a removed spool', harm: ({ data }) => remove([path.join(data, 'spool')]) }),
  heals({
    name: 'an emptied data directory',
    harm: ({ data }) => remove(readdirSync(data).map((name) => path.join(data, name))),
  }),
  heals({ name: 'a removed data directory', harm: ({ data }) => remove([data]) }),
  heals({
    name: 'spool files cut short',
    harm: ({ data }) => {
      for (const file of files(path.join(data, 'spool'))) truncateSync(file, 10)
    },
  }),
  heals({
    name: 'a full disk whose data is removed, then room again',
    disk: '40m',
    harm: ({ data }) => {
      remove(files(path.join(data, 'spool')))
      fill(data)
    },
    relieve: ({ data, disk }) => {
      remove(files(data).filter((file) => path.basename(file).startsWith('ballast')))
      disk!.remount('size=200m')
    },
  }),
]
