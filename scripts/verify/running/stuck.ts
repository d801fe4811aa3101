import { strict as assert } from 'node:assert'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type { ErrorAnswer } from '@/lib/flow/answer/error'
import { HOUR } from '@/lib/flow/time/bucket'
import { exitOf } from '../../process/child'
import { failure, type Proof, type ProofRun } from '../proof'
import { withFolder } from '../world/folder'
import { DAY_START } from '../world/hours'
import { type Served, serve } from '../world/serve'
import { writeEvidence } from './disk/evidence'

const NAME = 'stuck'
const FLAGS = ['--import', pathToFileURL(path.resolve('scripts/verify/running/stuck-engine.mjs')).href]
const RANGE = `from=${new Date(DAY_START - HOUR).toISOString()}&to=${new Date(DAY_START + 24 * HOUR).toISOString()}`
/** The query at which `stuck-engine.mjs` gets stuck. */
const STUCK = `${RANGE}&q=dport:54321`
const ASKERS = 8
/** Limits of a request that hangs, and of a shutdown. Milliseconds. */
const HANGS = 60_000
const ENDS = 40_000

async function status(url: string): Promise<number> {
  const response = await fetch(url, { signal: AbortSignal.timeout(HANGS) })
  await response.text()
  return response.status
}

/** Checks that all requests are told in time that there is no answer. */
async function deadline({ url }: Served): Promise<void> {
  const asked = Array.from({ length: ASKERS }, async () => {
    const response = await fetch(`${url}/api/timeline?${STUCK}`, { signal: AbortSignal.timeout(HANGS) })
    const { error } = (await response.json()) as ErrorAnswer
    assert.deepEqual([response.status, error.kind], [504, 'slow'])
  })
  await Promise.all(asked)
}

/** Aborts all requests as soon as the server is no longer ready; none of them may have an answer. */
async function abort({ url }: Served): Promise<void> {
  const leave = new AbortController()
  const asked = Array.from({ length: ASKERS }, () => fetch(`${url}/api/timeline?${STUCK}`, { signal: leave.signal }))
  const gone = Promise.allSettled(asked)
  while ((await status(`${url}/api/health/ready`)) === 204);
  leave.abort()
  assert.ok((await gone).every((one) => one.status === 'rejected'))
}

const WAYS = { deadline, abort } as const

/** Checks that, with a stuck engine, the server reports it, refuses in time, shuts down when told to, and answers again after a restart. */
async function check(way: keyof typeof WAYS, folder: string): Promise<number> {
  const evidence = writeEvidence(folder)
  const data = path.join(folder, 'data')
  const served = await serve(data, { FLOWLENS_SOURCES: evidence, FLOWLENS_LIMIT_DEADLINE: '4s' }, FLAGS)
  try {
    assert.equal(await status(`${served.url}/api/timeline?${RANGE}`), 200)
    assert.equal(await status(`${served.url}/api/health/ready`), 204)
    await WAYS[way](served)
    assert.equal(await status(`${served.url}/api/health/ready`), 503, 'ready, though nothing is answered')
    assert.equal(await status(`${served.url}/api/health/live`), 204)
    assert.equal(await status(`${served.url}/api/timeline?${RANGE}&buckets=7`), 504)
    const began = performance.now()
    served.child.kill('SIGTERM')
    await exitOf(served.child)
    const took = performance.now() - began
    assert.ok(took < ENDS, `ended ${took} ms after SIGTERM`)
    const again = await serve(data, { FLOWLENS_SOURCES: evidence })
    try {
      assert.equal(await status(`${again.url}/api/timeline?${STUCK}`), 200, 'after a new start')
    } finally {
      await again.kill()
    }
    return took
  } finally {
    await served.kill()
  }
}

async function run({ count, seed, signal }: ProofRun) {
  const ways = Object.keys(WAYS) as (keyof typeof WAYS)[]
  const ends: number[] = []
  let done = 0
  for (; done < count && !signal.aborted; done++) {
    const way = ways[(seed + done) % ways.length]!
    try {
      ends.push(await withFolder((folder) => check(way, folder)))
    } catch (error) {
      throw failure(NAME, seed + done, new Error(`${way}: ${error instanceof Error ? error.message : error}`, { cause: error }))
    }
  }
  return { done, figures: { ways: ways.join(' '), 'longest end': `${Math.round(Math.max(0, ...ends))} ms` } }
}

export const stuck: Proof = {
  name: NAME,
  promise: 'A stuck engine holds nobody',
  test: 'An engine that never ends what it was asked, nor can be interrupted: askers get 504 at the deadline or may leave, ready says 503 and live 204 meanwhile, SIGTERM ends the process within 40 s, and a new start answers.',
  unit: 'cases',
  seed: 1,
  ordinary: 1,
  perTest: 1,
  full: 2,
  app: true,
  run,
}
