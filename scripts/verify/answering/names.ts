import { strict as assert } from 'node:assert'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { Dice } from '@/lib/query/test/random'
import { ENGINES, type Engine } from '@/lib/store/test/engines'
import { exitOf } from '../../process/child'
import { failure, type Proof, type ProofRun } from '../proof'
import { withFolder } from '../world/folder'
import { watchHealth } from '../world/health-watch'
import { MEMORY, watchMemory } from '../world/small-container'
import { type NameLog, nameLog } from './names/name-log'
import { checkNames, countNames } from './names/questions'
import { serveSmall, tuplesRead } from './names/small-server'

const NAME = 'names'
/** Files that one server reads. */
const CASES_A_SERVER = 25

interface Case {
  seed: number
  log: NameLog
  /** Filter that matches only its rows. */
  q: string
}

function write(evidence: string, seed: number): Case {
  const src = `100.${(seed >> 16) & 255}.${(seed >> 8) & 255}.${seed & 255}`
  const log = nameLog(new Dice(Math.imul(seed, 0x9e3779b1)), { src, log: `LOG${seed}` })
  writeFileSync(path.join(evidence, `${seed}.json`), log.text)
  return { seed, log: { ...log, text: '' }, q: `src:${src}` }
}

/** Reads files of names on one engine, restarts, and compares every answer with the written names. */
async function checkOn(engine: Engine, folder: string, cases: readonly Case[]): Promise<{ refused: number; most: number }> {
  const tuples = cases.reduce((sum, { log }) => sum + log.names.length, 0)
  let served = await serveSmall(engine, folder)
  let refused = 0
  const memory = watchMemory(() => served.child)
  try {
    const health = watchHealth(served)
    assert.deepEqual(await tuplesRead(served), { tuples, malformed: 0, complete: true })
    for (const { seed, log, q } of cases) {
      try {
        if (!(await checkNames(served.url, log, q))) refused++
      } catch (error) {
        // What a server keeps of one file can fail another, so the files of a server are replayed together.
        const what = `${engine}, file of seed ${seed}, ${log.names.length} of ${log.kind}: ${error instanceof Error ? error.message : error}`
        throw failure(NAME, cases[0]!.seed, new Error(what, { cause: error }), cases.length)
      }
    }
    assert.deepEqual((await health.stop()).failures, [], 'health did not answer')
    served.child.kill('SIGTERM')
    assert.equal(await exitOf(served.child), 143, 'did not end in peace')
    served = await serveSmall(engine, folder)
    for (const { log, q } of cases)
      assert.deepEqual(await countNames(served.url, log, q), { names: log.names.length, tuples: log.names.length }, 'after a new start')
    const most = memory.stop()
    assert.ok(most < MEMORY, `the server took ${most} bytes`)
    return { refused, most }
  } finally {
    memory.stop()
    await served.kill()
  }
}

async function run({ count, seed, signal }: ProofRun) {
  let [done, refused, most, names] = [0, 0, 0, 0]
  const kinds = new Set<string>()
  while (done < count && !signal.aborted) {
    const some = Math.min(CASES_A_SERVER, count - done)
    await withFolder(async (folder) => {
      const evidence = path.join(folder, 'evidence')
      mkdirSync(evidence)
      const cases = Array.from({ length: some }, (_, i) => write(evidence, seed + done + i))
      for (const { log } of cases) {
        names += log.names.length
        kinds.add(log.kind)
      }
      for (const engine of ENGINES) {
        try {
          const found = await checkOn(engine, folder, cases)
          most = Math.max(most, found.most)
          refused += found.refused
        } catch (error) {
          throw error instanceof Error && error.message.startsWith(NAME) ? error : failure(NAME, seed + done, error, some)
        }
      }
    })
    done += some
  }
  return {
    done,
    figures: {
      kinds: [...kinds].sort().join(' '),
      names: String(names),
      'lists of rules refused as too long': String(refused),
      'memory at most': most === 0 ? 'not told here' : `${Math.round(most / 2 ** 20)} MiB`,
      engines: ENGINES.join(' '),
    },
  }
}

export const names: Proof = {
  name: NAME,
  promise: 'No names are too many or too odd',
  test: 'A server held to 512 MB reads files of up to 60,000 different rules, ACLs, MACs, logs, protocols, states or encryptions (long, in any Unicode, differing in case alone, with control characters, quotes, paths, HTML, Markdown, formulas): each is counted, found and exported as written, longer lists of rules are refused by name, memory stays below its limit, and a new start finds the same.',
  unit: 'files',
  seed: 1,
  ordinary: 2,
  perTest: 2,
  full: 2000,
  app: true,
  run,
}
