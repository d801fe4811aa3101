import { strict as assert } from 'node:assert'
import { setMaxListeners } from 'node:events'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Random } from '@/lib/parse/test/random'
import { FEWEST } from '../demo/blocks'
import { writeFolder } from '../demo/write-folder'
import { WAYS } from './attacks/ways'
import { coldQuestion, DAY_END, heavyQuestion } from './load/questions'
import { failure, type Proof, type Run } from './proof'
import { withFolder } from './world/folder'
import { serve } from './world/serve'

const NAME = 'attacks'
/** How long an attack lasts, and the time between two ordinary questions beside it. Milliseconds. */
const LASTS = 4000
const PACE = 100
/** An ordinary question is answered or refused within this, and a probe; on a machine that is slow without an attack, so many times as long as there. Milliseconds. */
const ORDINARY = 2000
const PROBE = 1000
const SLOWER = 20
/** Questions that are asked in peace. */
const PEACE = 12
/** It only ends what hangs. Milliseconds. */
const HANGS = 120_000

interface Asked {
  status: number
  /** It says when to come back. */
  later: boolean
  took: number
}

async function ask(url: string): Promise<Asked> {
  const began = performance.now()
  const response = await fetch(url, { signal: AbortSignal.timeout(HANGS) })
  await response.arrayBuffer()
  return { status: response.status, later: response.headers.has('retry-after'), took: performance.now() - began }
}

const most = (some: readonly Asked[]) => Math.max(0, ...some.map(({ took }) => took))

function mustHold(what: string, some: readonly Asked[], within: number): void {
  const broken = some.filter(({ status, later }) => !(status === 200 || status === 204 || (later && (status === 503 || status === 429))))
  assert.deepEqual(broken.slice(0, 3), [], `${what}: ${broken.length} of ${some.length} were neither answered nor told to come back`)
  assert.ok(most(some) <= within, `${what}: ${Math.round(most(some))} ms, more than ${Math.round(within)}`)
}

interface Bounds {
  ordinary: number
  probe: number
}

/** What a machine that nobody attacks takes, as bounds. */
async function boundsOf(url: string, random: Random): Promise<Bounds> {
  const ordinary: Asked[] = []
  const probes: Asked[] = []
  for (let i = 0; i < PEACE; i++) {
    ordinary.push(await ask(url + coldQuestion(random)))
    probes.push(await ask(`${url}/api/health/live`))
  }
  mustHold('in peace', [...ordinary, ...probes], HANGS)
  return { ordinary: Math.max(ORDINARY, SLOWER * most(ordinary)), probe: Math.max(PROBE, SLOWER * most(probes)) }
}

/** Ordinary questions and probes beside an attack. */
async function beside(
  url: string,
  way: string,
  random: Random,
  bounds: Bounds,
): Promise<{ answered: number; refused: number; took: number }> {
  const attack = new AbortController()
  setMaxListeners(0, attack.signal)
  const attacking = WAYS[way]!({ url, random: new Random(random.below(2 ** 31)), stop: attack.signal })
  const ordinary: Asked[] = []
  const probes: Asked[] = []
  try {
    const began = performance.now()
    while (performance.now() - began < LASTS) {
      const [question, probe] = await Promise.all([ask(url + coldQuestion(random)), ask(`${url}/api/health/live`)])
      ordinary.push(question)
      probes.push(probe)
      await sleep(PACE)
    }
  } finally {
    attack.abort()
    await attacking
  }
  mustHold('an ordinary question', ordinary, bounds.ordinary)
  mustHold('live', probes, bounds.probe)
  const after = await ask(url + coldQuestion(random))
  mustHold('an ordinary question afterwards', [after], bounds.ordinary)
  const answered = ordinary.filter(({ status }) => status === 200)
  return { answered: answered.length, refused: ordinary.length - answered.length, took: most(ordinary) }
}

async function run({ count, seed, signal }: Run) {
  const ways = Object.keys(WAYS)
  return withFolder(async (folder) => {
    const evidence = path.join(folder, 'evidence')
    await writeFolder(evidence, { seed: 1, now: DAY_END, tuples: FEWEST })
    const served = await serve(path.join(folder, 'data'), { FLOWLENS_SOURCES: evidence })
    try {
      await ask(served.url + heavyQuestion(new Random(seed)))
      const bounds = await boundsOf(served.url, new Random(seed))
      let [done, answered, refused, took] = [0, 0, 0, 0]
      for (; done < count && !signal.aborted; done++) {
        const way = ways[(seed + done) % ways.length]!
        try {
          const found = await beside(served.url, way, new Random(seed + done), bounds)
          assert.equal(served.child.exitCode, null, 'the server ended')
          answered += found.answered
          refused += found.refused
          took = Math.max(took, found.took)
        } catch (error) {
          throw failure(NAME, seed + done, new Error(`${way}: ${error instanceof Error ? error.message : error}`, { cause: error }))
        }
      }
      return {
        done,
        figures: {
          ways: ways.join(', '),
          'answered beside them': String(answered),
          'told to come back': String(refused),
          'longest of either': `${Math.round(took)} ms of at most ${Math.round(bounds.ordinary)} ms`,
        },
      }
    } finally {
      await served.kill()
    }
  })
}

export const attacks: Proof = {
  name: NAME,
  promise: 'An attack holds nobody else up',
  test: 'Beside long filters of every kind, wide questions, floods, odd paths, askers who leave, event streams, exports that nobody reads, bodies and heads without end: an ordinary question is answered within two seconds, or told in that time to come back, probes within one, and the server goes on (on a machine that is slow in peace: within twenty times what it takes there).',
  unit: 'attacks',
  seed: 1,
  ordinary: 3,
  perTest: 1,
  full: 200,
  app: true,
  run,
}
