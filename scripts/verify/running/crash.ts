import { strict as assert } from 'node:assert'
import { fork } from 'node:child_process'
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs'
import path from 'node:path'
import { HOUR, MINUTE } from '@/lib/flow/time/bucket'
import { Road } from '@/lib/ingest/road/road'
import { startHere } from '@/lib/ingest/test/here'
import { expectProven } from '@/lib/ingest/test/proven'
import { record } from '@/lib/ingest/test/records'
import { Random } from '@/lib/parse/test/random'
import { FolderSource } from '@/lib/source/folder/folder'
import { openDuckdb } from '@/lib/store/duckdb/duckdb'
import { failure, type Proof, type ProofRun } from '../proof'
import { withFolder } from '../world/folder'
import { DAY_START, type HourBlob, hourBlob } from '../world/hours'
import { totalsOf } from '../world/totals'

const NAME = 'crash'
const BLOBS = 24
const RECORDS = 20
const TUPLES = 60
/** Kills during the life of one data directory. */
const KILLS_A_LIFE = 10
/** Latest kill after the child has opened its store. Milliseconds. */
const LATEST = 600
/** Bytes: less than the whole needs, so that some data is always evicted. */
const TIGHT = 400_000
const CHILD = path.resolve('scripts/verify/world/crash-child.ts')

interface Evidence {
  folder: string
  data: string
  blobs: HourBlob[]
}

function fileOf({ folder }: Evidence, { name }: HourBlob): string {
  return path.join(folder, name)
}

function prepare(root: string): Evidence {
  const evidence = {
    folder: path.join(root, 'evidence'),
    data: path.join(root, 'data'),
    blobs: Array.from({ length: BLOBS }, (_, i) => hourBlob(i, RECORDS, TUPLES)),
  }
  for (const blob of evidence.blobs) {
    mkdirSync(path.dirname(fileOf(evidence, blob)), { recursive: true })
    writeFileSync(fileOf(evidence, blob), `{"records":[${blob.records.join(',')}]}`)
  }
  return evidence
}

/** Appends one more record to a file, like a log that is copied while it grows. */
function append(evidence: Evidence, random: Random): void {
  const blob = random.pick(evidence.blobs)
  const text = record(blob.hour + HOUR / 2 + blob.records.length * 1000 + MINUTE, 1 + random.below(40), blob.records.length)
  const file = fileOf(evidence, blob)
  const handle = openSync(file, 'r+')
  writeSync(handle, `,${text}]}`, statSync(file).size - 2)
  closeSync(handle)
  blob.records.push(text)
}

/** Lets a child work on the data and kills it. Returns what it was doing. */
function kill(evidence: Evidence, random: Random): Promise<string> {
  const after = random.chance(0.1) ? null : random.below(LATEST)
  const limit = random.chance(0.5) ? TIGHT : 0
  return new Promise((resolve, reject) => {
    let last = 'starting'
    const child = fork(CHILD, [evidence.folder, evidence.data, String(limit)], {
      execArgv: ['--conditions=react-server', '--import', 'tsx'],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    const shoot = () => child.kill('SIGKILL')
    const appending = setInterval(() => {
      if (last !== 'starting') append(evidence, random)
    }, 60)
    if (after === null) setTimeout(shoot, random.below(2000))
    child.on('message', (message) => {
      if (last === 'starting' && after !== null) setTimeout(shoot, after)
      last = String(message)
    })
    child.on('error', reject)
    child.on('exit', (code) => {
      clearInterval(appending)
      if (code === null) resolve(last)
      else reject(new Error(`the child ended by itself with code ${code} after ${last}`))
    })
  })
}

/** Returns the tuples and bytes of the files by plain arithmetic. */
function expected({ blobs }: Evidence): Map<string, { tuples: number; bytes: number }> {
  return new Map(
    blobs.map(({ name, records }) => {
      const tuples = records.flatMap((text) => text.match(/"\d{10},[^"]*"/g) ?? [])
      const bytes = tuples.reduce((sum, tuple) => sum + Number(tuple.split(',')[10]) + Number(tuple.split(',')[12]?.replace('"', '')), 0)
      return [name, { tuples: tuples.length, bytes }]
    }),
  )
}

/** Opens the store and checks its content, then again after a further read. Returns the milliseconds until it was open. */
async function judge(evidence: Evidence): Promise<number> {
  const began = performance.now()
  const store = await openDuckdb(evidence.data)
  const took = performance.now() - began
  const road = new Road(store, [new FolderSource(evidence.folder, { keep: 0 })], { threads: 1, start: startHere })
  try {
    const found = await totalsOf(store)
    for (const { name, tuples } of store.blobs().values()) {
      const total = found.get(name) ?? { tuples: 0, places: 0 }
      assert.deepEqual([total.tuples, total.places], [tuples, tuples], `${name} against the remembered counts`)
    }
    await expectProven(store, ({ name }) => readFileSync(path.join(evidence.folder, name)))
    const never = new AbortController().signal
    const survey = await road.survey({ from: DAY_START - HOUR, to: DAY_START + 48 * HOUR }, never)
    await road.fetch(survey, never)
    const coverage = await road.coverage(survey)
    assert.ok(coverage.complete && coverage.malformed === 0, JSON.stringify(coverage.problems))
    const totals = [...(await totalsOf(store))].map(([name, { tuples, bytes }]) => [name, { tuples, bytes }] as const)
    assert.deepEqual(totals.sort(), [...expected(evidence)].sort())
  } finally {
    await road.close()
  }
  return took
}

async function run({ count, seed, signal }: ProofRun) {
  return withFolder(async (root) => {
    const starts: number[] = []
    const killed = new Map<string, number>()
    for (let life = seed; life < seed + count && !signal.aborted; life += KILLS_A_LIFE) {
      const evidence = prepare(path.join(root, String(life)))
      for (let one = life; one < Math.min(life + KILLS_A_LIFE, seed + count) && !signal.aborted; one++) {
        try {
          const last = await kill(evidence, new Random(one))
          killed.set(last, (killed.get(last) ?? 0) + 1)
          starts.push(await judge(evidence))
        } catch (error) {
          throw failure(NAME, life, error, one - life + 1)
        }
      }
      rmSync(path.dirname(evidence.folder), { recursive: true, force: true })
    }
    const when = [...killed].map(([last, times]) => `${last} ${times}`).join(', ')
    return { done: starts.length, figures: { 'longest start': `${Math.round(Math.max(0, ...starts))} ms`, 'killed after': when } }
  })
}

export const crash: Proof = {
  name: NAME,
  promise: 'A crash loses nothing',
  test: 'kill -9 at random moments while loading, appending, evicting and exporting, ten times to each data directory: what was remembered is there once, and all totals are right after the next look.',
  unit: 'kills',
  seed: 1,
  ordinary: 10,
  perTest: 10,
  full: 1_000,
  run,
}
