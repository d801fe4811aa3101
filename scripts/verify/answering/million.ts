import { strict as assert } from 'node:assert'
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import type { ErrorAnswer } from '@/lib/flow/answer/error'
import { ENGINES, type Engine } from '@/lib/store/test/engines'
import { exitOf } from '../../process/child'
import { eachCase, type Proof, type ProofRun } from '../proof'
import { withFolder } from '../world/folder'
import { watchHealth } from '../world/health-watch'
import type { Served } from '../world/serve'
import { MEMORY, watchMemory } from '../world/small-container'
import { type MillionLog, millionLog, writeMillion } from './names/million-log'
import { countNames } from './names/questions'
import { serveSmall, tuplesRead } from './names/small-server'

const NAME = 'million'
const RANGE = 'from=2024-08-12T15:00:00Z&to=2024-08-12T17:00:00Z'
const PATIENCE = 240_000

function ask(url: string, route: string): Promise<Response> {
  return fetch(`${url}/api/${route}${route.includes('?') ? '&' : '?'}${RANGE}`, { signal: AbortSignal.timeout(PATIENCE) })
}

/** Returns the number of rows of an export of everything. */
async function exported(url: string): Promise<number> {
  const response = await ask(url, 'export?format=ndjson&cols=rule,acl,mac')
  assert.equal(response.status, 200)
  let lines = 0
  for await (const chunk of response.body!) for (const byte of chunk) if (byte === 10) lines++
  return lines
}

/** Compares what is counted and listed with what was written. */
async function check(served: Served, { kind, tuples, refused }: MillionLog): Promise<void> {
  const { url } = served
  const read = await tuplesRead(served)
  assert.deepEqual([read.tuples, read.malformed], [tuples, refused])
  assert.deepEqual(await countNames(url, { kind, text: '', names: [] }, ''), { names: tuples, tuples })
  const rules = await ask(url, 'rules')
  if (kind === 'mac' || tuples === 0) assert.equal(rules.status, 200)
  else assert.deepEqual([rules.status, ((await rules.json()) as ErrorAnswer).error.kind], [429, 'limit'])
}

/** Reads the log on one engine, restarts, and asks again. Returns the most memory that the server took. */
async function checkOn(engine: Engine, folder: string, log: MillionLog): Promise<number> {
  let served = await serveSmall(engine, folder)
  const memory = watchMemory(() => served.child)
  try {
    const health = watchHealth(served)
    await check(served, log)
    assert.equal(await exported(served.url), log.tuples)
    assert.deepEqual((await health.stop()).failures, [], 'health did not answer')
    served.child.kill('SIGTERM')
    assert.equal(await exitOf(served.child), 143, 'did not end in peace')
    served = await serveSmall(engine, folder)
    await check(served, log)
    const most = memory.stop()
    assert.ok(most < MEMORY, `the server took ${most} bytes`)
    return most
  } catch (error) {
    throw new Error(
      `${error instanceof Error ? error.message : error}; the server ended with ${served.child.exitCode} and said ${served.said()}`,
      {
        cause: error,
      },
    )
  } finally {
    memory.stop()
    await served.kill()
  }
}

async function run(options: ProofRun) {
  let most = 0
  const logs = new Set<string>()
  const done = await eachCase(NAME, options, (seed) =>
    withFolder(async (folder) => {
      const log = millionLog(seed)
      const evidence = path.join(folder, 'evidence')
      mkdirSync(evidence)
      writeMillion(path.join(evidence, 'log.json'), log)
      for (const engine of ENGINES) {
        try {
          most = Math.max(most, await checkOn(engine, folder, log))
        } catch (error) {
          throw new Error(`${engine}, ${log.kind} by ${log.aRecord}: ${error instanceof Error ? error.message : error}`, { cause: error })
        }
      }
      logs.add(`${log.kind} by ${log.aRecord}`)
    }),
  )
  return {
    done,
    figures: {
      'names by how many a record': [...logs].sort().join(', '),
      'memory at most': most === 0 ? 'not told here' : `${Math.round(most / 2 ** 20)} MiB`,
      engines: ENGINES.join(' '),
    },
  }
}

/**
 * Takes minutes a case, so it is not part of the check of every change; what it rests on has unit tests. A million MACs on DuckDB take all that the container
 * has, and sometimes 50 MB more: the engine's limit does not count what a query's hash tables hold of strings.
 */
export const million: Proof = {
  name: NAME,
  promise: 'A million names fit into a small container',
  test: 'A server held to 512 MB reads a log of a million different rules or ACLs, or half a million MACs, with few and with many of them a record: it goes on, counts each (or names the records that it set aside for their number), exports all, refuses to list so many rules by name, memory stays below its limit, and a new start on the same data directory answers the same.',
  unit: 'logs',
  seed: 0,
  ordinary: 0,
  full: 12,
  app: true,
  run,
}
