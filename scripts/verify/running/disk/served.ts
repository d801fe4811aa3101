import { strict as assert } from 'node:assert'
import { mkdirSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ErrorAnswer } from '@/lib/flow/answer/error'
import type { TimelineAnswer } from '@/lib/flow/answer/traffic/timeline'
import { HOUR } from '@/lib/flow/time/bucket'
import { withFolder } from '../../world/folder'
import { DAY_START } from '../../world/hours'
import { type Served, serve } from '../../world/serve'
import type { DiskCase } from './cases'
import { BLOBS, writeEvidence, writeHour } from './evidence'
import { type SmallDisk, smallDisk } from './tmpfs'

const RANGE = { from: new Date(DAY_START - HOUR).toISOString(), to: new Date(DAY_START + 24 * HOUR).toISOString() }
/** Interval between two queries during the recovery, and its longest duration on any machine. Milliseconds. */
const PACE = 100
const PATIENCE = 120_000
/** Fewest queries before a server counts as healed, and number of refusals after which a fault is repaired. */
const FEWEST = 3

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
  evidence: string
  disk: SmallDisk | null
}

/** A fault in the data directory of a server, and how it is repaired; without `relieve`, the server recovers by itself. */
interface Harm {
  name: string
  /** Bytes of a separate disk for the data directory, in the notation of `mount`. */
  disk?: string
  /** True if the server is started on the fault; otherwise it meets it while it runs. */
  atStart?: boolean
  /** Hours of evidence that `harm` adds. */
  more?: number
  harm(place: DiskPlace): void
  relieve?(place: DiskPlace): void
}

/** Tuples of an hour. */
const HOURLY = 400

function total(buckets: Buckets): number {
  return buckets.reduce((sum, { allow, deny }) => sum + allow.tuples + deny.tuples, 0)
}

interface Healing {
  place: DiskPlace
  relieve: Harm['relieve']
  /** Checks an answer; true if it is one to all of the evidence. */
  isWhole: (found: Buckets) => boolean
}

/**
 * Asks a server with a fault until it answers and is ready, which it must be by itself, or once the fault is repaired and not before. Returns the number of
 * refusals.
 */
async function untilHealed(served: Served, { place, relieve, isWhole }: Healing): Promise<number> {
  let [refused, isRepaired] = [0, relieve === undefined]
  const until = Date.now() + PATIENCE
  for (let number = 1; ; number++) {
    assert.ok(Date.now() < until, 'it never heals')
    const before = await isReady(served)
    const found = await ask(served, place.data, number)
    if (found === null) refused++
    const isDone = found !== null && isWhole(found) && number > FEWEST
    if (!isRepaired) {
      assert.equal(await isReady(served), false, 'ready before the fault is repaired')
      if (refused === FEWEST) {
        relieve!(place)
        isRepaired = true
      }
    } else if (isDone && before && (await isReady(served))) return refused
    await sleep(PACE)
  }
}

function heals({ name, disk: size, atStart = false, more = 0, harm, relieve }: Harm): DiskCase {
  return {
    name: `served: ${name}`,
    check: () =>
      withFolder(async (folder) => {
        const evidence = writeEvidence(folder)
        const data = path.join(folder, 'data')
        const disk = size === undefined ? null : smallDisk(data, size)
        if (size !== undefined && disk === null) return 'no disk of its own here'
        mkdirSync(data, { recursive: true })
        const place = { data, evidence, disk }
        let served: Served | null = null
        try {
          if (atStart) harm(place)
          served = await serve(data, { FLOWLENS_SOURCES: evidence }, [], atStart ? 'live' : 'ready')
          let expected: Buckets | null = null
          if (!atStart) {
            expected = await ask(served, data, 0)
            assert.ok(expected, 'nothing was answered before')
            assert.ok(await isReady(served))
            harm(place)
          }
          const isWhole = (found: Buckets) => {
            if (more === 0 && expected !== null) assert.deepEqual(found, expected, 'a wrong answer')
            // Until the folder is looked at again, a new hour is not known.
            assert.ok([BLOBS, BLOBS + more].includes(total(found) / HOURLY), 'a wrong answer')
            return total(found) === (BLOBS + more) * HOURLY
          }
          const refused = await untilHealed(served, { place, relieve, isWhole })
          return refused > 0 ? 'refused with 503, then right without a new start' : 'right without a new start'
        } finally {
          await served?.kill()
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

/** Fills a disk with files, the last of them small. */
function fill(folder: string): void {
  for (const size of [65_536, 4096])
    try {
      for (let i = 0; ; i++) writeFileSync(path.join(folder, `ballast-${size}-${i}`), Buffer.alloc(size))
    } catch {
      // Full.
    }
}

function makeRoom({ data, disk }: DiskPlace): void {
  remove(files(data).filter((file) => path.basename(file).startsWith('ballast')))
  disk!.remount('size=200m')
}

/** A built app whose data directory is damaged while it runs, or cannot be used when it starts. */
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
    relieve: makeRoom,
  }),
  heals({
    name: 'a full disk and an hour that is new, then room again',
    disk: '40m',
    more: 1,
    harm: ({ data, evidence }) => {
      fill(data)
      writeHour(evidence, BLOBS)
    },
    relieve: makeRoom,
  }),
  heals({ name: 'a start on a full disk, then room again', disk: '2m', atStart: true, harm: ({ data }) => fill(data), relieve: makeRoom }),
  heals({
    name: 'a start on a read-only disk, then a writable one',
    disk: '40m',
    atStart: true,
    harm: ({ disk }) => disk!.remount('ro'),
    relieve: ({ disk }) => disk!.remount('rw'),
  }),
]
