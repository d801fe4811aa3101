import { strict as assert } from 'node:assert'
import { createHash } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { DuckDBInstance } from '@duckdb/node-api'
import { DAY } from '@/lib/flow/time/bucket'
import { Random } from '@/lib/parse/test/random'
import { exitOf } from '../../process/child'
import { failure, type Proof, type ProofRun } from '../proof'
import { withFolder } from '../world/folder'
import { DAY_START } from '../world/hours'
import { serve } from '../world/serve'
import { answer, openRoad, rightAnswer, writeEvidence } from './disk/evidence'

const NAME = 'upgrade'
/** Milliseconds after SIGTERM at which a running server counts as hung. */
const HANGS = 120_000
/** Exit code of Next.js after SIGTERM. A server that its own 25 s limit had to end has a different one (lib/http/process/end-well.ts). */
const ENDED_WELL = 143
const EXPORTS = 6
const ASKERS = 6
/** Maximum number of exports whose clients stop reading as soon as the answer begins. */
const STALLED = 2
/** Tuples of each record: enough that an export exceeds the buffers on its way. */
const TUPLES = 500
/** Latest signal after the load began. Milliseconds. */
const LATEST = 3000
/** Interval until a refused query is repeated. Milliseconds. */
const AGAIN = 50
const FROM = new Date(DAY_START).toISOString()
const TO = new Date(DAY_START + DAY).toISOString()
const PATHS = [`/api/export?from=${FROM}&to=${TO}&format=csv`, `/api/export?from=${FROM}&to=${TO}&format=ndjson`]
const QUESTIONS = [`/api/rules?from=${FROM}&to=${TO}`, `/api/talkers?from=${FROM}&to=${TO}&by=src,dst&limit=500`]

/** One answer: complete, refused, or broken off visibly for the client; or else its text. */
interface Outcome {
  path: string
  /** Hash of a body that ended cleanly with status 200, else null. */
  whole: string | null
  last: string
}

/** Reads an answer. Pauses (milliseconds) after every piece while `slowly` returns true, so that a long answer is under way when the signal arrives. */
async function read(url: string, asked: string, pause = 0, slowly = () => true): Promise<Outcome> {
  const hash = createHash('sha256')
  let last = ''
  try {
    const response = await fetch(url + asked)
    if (response.status !== 200 || !response.body) return { path: asked, whole: null, last: `status ${response.status}` }
    for await (const chunk of response.body) {
      hash.update(chunk)
      last = (last + Buffer.from(chunk).toString()).slice(-400)
      if (pause > 0 && slowly()) await sleep(pause)
    }
    return { path: asked, whole: hash.digest('hex'), last }
  } catch (error) {
    return { path: asked, whole: null, last: String(error) }
  }
}

/** Requests an export, and reads none of it. */
function stall(url: string): Socket {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  socket.once('readable', () => socket.pause()).on('error', () => {})
  socket.write(`GET ${PATHS[0]} HTTP/1.1\r\nHost: ${hostname}:${port}\r\n\r\n`)
  return socket
}

/** Returns the answers without load. Answers to equal queries differ only in the time of their coverage, exports not at all. */
async function calmAnswers(evidence: string, data: string): Promise<Map<string, string>> {
  const served = await serve(data, { FLOWLENS_SOURCES: evidence })
  try {
    await read(served.url, QUESTIONS[0]!)
    const all = new Map<string, string>()
    for (const one of [...PATHS, ...QUESTIONS]) all.set(one, (await read(served.url, one)).whole!)
    return all
  } finally {
    await served.kill()
  }
}

interface Counts {
  whole: number
  told: number
  ends: number[]
}

/** Sends SIGTERM under load: answers that ended cleanly must be complete, and the process must end in time. */
async function endUnderLoad(
  evidence: string,
  data: string,
  calm: ReadonlyMap<string, string>,
  random: Random,
  counts: Counts,
): Promise<void> {
  const served = await serve(data, { FLOWLENS_SOURCES: evidence })
  let over = false
  const keepAsking = async () => {
    const outcomes: Outcome[] = []
    while (!over) {
      const outcome = await read(served.url, random.pick(QUESTIONS))
      outcomes.push(outcome)
      if (outcome.whole === null) await sleep(AGAIN)
    }
    return outcomes
  }
  const stalled: Socket[] = []
  try {
    const first = QUESTIONS[0]!
    assert.equal((await read(served.url, first)).whole, calm.get(first), `${first} after a start`)
    for (let i = random.below(STALLED + 1); i > 0; i--) stalled.push(stall(served.url))
    const asked = [
      ...Array.from({ length: EXPORTS }, (_, i) =>
        read(served.url, PATHS[i % PATHS.length]!, 5 + random.below(200), () => !over).then((one) => [one]),
      ),
      ...Array.from({ length: ASKERS }, keepAsking),
    ]
    await sleep(random.below(LATEST))
    const began = performance.now()
    served.child.kill('SIGTERM')
    const code = await Promise.race([exitOf(served.child), sleep(HANGS, 'late' as const, { ref: false })])
    over = true
    counts.ends.push(performance.now() - began)
    assert.notEqual(code, 'late', `still running ${HANGS} ms after SIGTERM`)
    assert.equal(code, ENDED_WELL, 'ended by its last resort')
    for (const { path: asking, whole, last } of (await Promise.all(asked)).flat()) {
      if (whole === null || (whole !== calm.get(asking) && /error|shutting down|incomplete/i.test(last))) counts.told++
      else {
        assert.equal(whole, calm.get(asking), `${asking} ended as if it were whole with ${JSON.stringify(last)}`)
        counts.whole++
      }
    }
  } finally {
    over = true
    for (const socket of stalled) socket.destroy()
    await served.kill()
  }
}

/** Opens a data directory of version 4 of the tables, with rows in spool files, none settled. */
async function openPrevious(folder: string): Promise<void> {
  const evidence = writeEvidence(folder)
  const data = path.join(folder, 'previous')
  const expected = await rightAnswer(evidence, data)
  const instance = await DuckDBInstance.create(path.join(data, 'tuples.duckdb'))
  const connection = await instance.connect()
  await connection.run('alter table parts drop column crc')
  await connection.run('update meta set schema = 4')
  connection.closeSync()
  instance.closeSync()
  const { road } = await openRoad(evidence, data)
  try {
    assert.equal(road.store.blobs().size, 0, 'tables of the previous version were read')
    assert.equal(await answer(road), expected)
  } finally {
    await road.close()
  }
}

async function run({ count, seed, signal }: ProofRun) {
  return withFolder(async (folder) => {
    await openPrevious(folder)
    const evidence = writeEvidence(path.join(folder, 'load'), TUPLES)
    const data = path.join(folder, 'data')
    const calm = await calmAnswers(evidence, data)
    const counts: Counts = { whole: 0, told: 0, ends: [] }
    let done = 0
    for (; done < count && !signal.aborted; done++) {
      try {
        await endUnderLoad(evidence, data, calm, new Random(seed + done), counts)
      } catch (error) {
        throw failure(NAME, seed + done, error)
      }
    }
    return {
      done,
      figures: {
        'answers whole': String(counts.whole),
        'refused or cut, and seen to be': String(counts.told),
        'longest end': `${Math.round(Math.max(0, ...counts.ends))} ms`,
        'previous version': 'rebuilt',
      },
    }
  })
}

export const upgrade: Proof = {
  name: NAME,
  promise: 'An upgrade loses nothing',
  test: 'SIGTERM while exports and questions are under way, some of whose askers have stopped reading: no answer is cut short without an error, and the process ends within 30 s; a data directory of the previous version is rebuilt, never half-read.',
  unit: 'ends',
  seed: 1,
  ordinary: 1,
  perTest: 1,
  full: 100,
  app: true,
  run,
}
