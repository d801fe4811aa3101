import { strict as assert } from 'node:assert'
import { setTimeout as sleep } from 'node:timers/promises'
import { HOUR } from '@/lib/flow/time/bucket'
import { Road } from '@/lib/ingest/road/road'
import { startHere } from '@/lib/ingest/test/here'
import { record } from '@/lib/ingest/test/records'
import { FLOW_CONTAINERS } from '@/lib/source/azure/azure'
import { Account, sourceAt } from '@/lib/source/test/account'
import { type Azurite, startAzurite } from '@/lib/source/test/azurite'
import { openDuckdb } from '@/lib/store/duckdb/duckdb'
import { failure, type Proof, type ProofRun } from '../proof'
import { withFolder } from '../world/folder'
import { DAY_START, hourBlob } from '../world/hours'
import { withoutRejections } from '../world/no-rejection'
import { type Total, totalsOf } from '../world/totals'

const NAME = 'growing'
const [CONTAINER] = FLOW_CONTAINERS
const TUPLES = 12
/** Milliseconds between two commits. */
const EVERY = 50
const ROADS = 2
const READERS = 16
/** Maximum number of blocks of a blob; then the next hour begins. */
const MOST_BLOCKS = 200
/** Factor by which the clock of the sources runs faster, because listings are remembered for seconds. */
const FASTER = 200
const PATIENT = { deadline: 30_000, stall: 10_000 }

/** The content of a growing blob after each of its commits. */
interface Growing {
  name: string
  /** Tuples and bytes by number of blocks. */
  after: { tuples: number; bytes: number }[]
}

function add({ tuples, bytes }: { tuples: number; bytes: number }) {
  const sent = Array.from({ length: TUPLES }, (_, i) => i * 7 + i * 3).reduce((sum, one) => sum + one, 0)
  return { tuples: tuples + TUPLES, bytes: bytes + sent }
}

/** Commits a block every 50 ms until `over`. A commit may be visible to readers before it is known to have succeeded. */
async function write(account: Account, blobs: Growing[], over: () => boolean): Promise<void> {
  for (let hour = 0; !over(); hour++) {
    const { name } = hourBlob(hour, 0, 0)
    const growing: Growing = { name, after: [{ tuples: 0, bytes: 0 }] }
    blobs.push(growing)
    const blocks: Buffer[] = []
    for (let block = 0; block < MOST_BLOCKS && !over(); block++) {
      const began = performance.now()
      const text = record(DAY_START + hour * HOUR + 6000 + block * 1000, TUPLES, block)
      blocks.push(Buffer.from(block === 0 ? text : `,${text}`))
      growing.after.push(add(growing.after.at(-1)!))
      await account.append(CONTAINER, name, blocks)
      await sleep(Math.max(0, EVERY - (performance.now() - began)))
    }
  }
}

/** Checks that a reader saw the content of some commit, and no less than before. */
function judge(blobs: readonly Growing[], totals: ReadonlyMap<string, Total>, before: Map<string, number>): void {
  for (const [name, total] of totals) {
    const growing = blobs.find((blob) => blob.name === name)
    assert.ok(growing, `${name} was never written`)
    const { tuples, bytes, places } = total
    assert.equal(places, tuples, `${name}: rows doubled`)
    const commit = growing.after.findIndex((state) => state.tuples === tuples)
    assert.ok(commit >= 0, `${name}: ${tuples} tuples are those of no commit`)
    assert.equal(bytes, growing.after[commit]!.bytes, `${name} after ${commit} blocks`)
    assert.ok(tuples >= (before.get(name) ?? 0), `${name} shrank from ${before.get(name)} to ${tuples} tuples`)
    before.set(name, tuples)
  }
}

async function ask(road: Road, view: { from: number; to: number }): Promise<Map<string, Total>> {
  const signal = AbortSignal.timeout(60_000)
  road.refresh()
  await road.fetch(await road.survey(view, signal), signal)
  return totalsOf(road.store, signal)
}

async function grow(account: Account, azurite: Azurite, folder: string, { count, signal }: ProofRun) {
  const began = Date.now()
  const now = () => DAY_START + (Date.now() - began) * FASTER
  const roads: Road[] = []
  for (let i = 0; i < ROADS; i++) {
    const store = await openDuckdb(`${folder}/${i}`)
    roads.push(new Road(store, [sourceAt(azurite, { pace: PATIENT, now })], { threads: 1, start: startHere, now }))
  }
  const blobs: Growing[] = []
  const view = { from: DAY_START - HOUR, to: DAY_START + 1000 * HOUR }
  let stopped = false
  const commits = () => blobs.reduce((sum, { after }) => sum + after.length - 1, 0)
  const over = () => stopped || signal.aborted || commits() >= count
  let questions = 0
  const seen = new Set<string>()
  const read = async (road: Road) => {
    const before = new Map<string, number>()
    while (!over()) {
      const totals = await ask(road, view)
      judge(blobs, totals, before)
      for (const [name, { tuples }] of totals) seen.add(`${name} ${tuples}`)
      questions++
      await sleep(EVERY / 5)
    }
  }
  const all = [write(account, blobs, over), ...Array.from({ length: READERS }, (_, i) => read(roads[i % ROADS]!))].map((work) =>
    work.catch((error: unknown) => {
      stopped = true
      throw error
    }),
  )
  try {
    const outcomes = await Promise.allSettled(all)
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason
    await sleep(6000 / FASTER)
    for (const road of roads) {
      const totals = await ask(road, view)
      for (const { name, after } of blobs) assert.equal(totals.get(name)?.tuples, after.at(-1)!.tuples, `${name} at the end`)
    }
  } finally {
    for (const road of roads) await road.close()
  }
  return { commits: commits(), questions, states: seen.size }
}

async function run(asked: ProofRun) {
  const azurite = await startAzurite()
  try {
    const account = new Account(azurite.connectionString)
    for (const container of FLOW_CONTAINERS) await account.create(container)
    const { commits, questions, states } = await withFolder((folder) =>
      withoutRejections(() => grow(account, azurite, folder, asked)),
    ).catch((error: unknown) => {
      throw failure(NAME, asked.seed, error, asked.count)
    })
    return {
      done: commits,
      figures: { questions: String(questions), 'different states seen': String(states) },
    }
  } finally {
    await azurite.stop()
  }
}

export const growing: Proof = {
  name: NAME,
  promise: 'A growing blob is never torn',
  test: 'A writer commits a block every 50 ms while 16 readers of two stores ask: every answer is what some commit left, no reader ever sees less than before, and the end is whole.',
  unit: 'commits',
  seed: 1,
  ordinary: 150,
  full: 10_000,
  run,
}
