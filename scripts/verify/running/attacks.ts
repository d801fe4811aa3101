import { strict as assert } from 'node:assert'
import { setMaxListeners } from 'node:events'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Random } from '@/lib/parse/test/random'
import { FEWEST } from '../../demo/blocks'
import { writeFolder } from '../../demo/write-folder'
import { failure, type Proof, type ProofRun } from '../proof'
import { withFolder } from '../world/folder'
import { serve } from '../world/serve'
import { type Control, startControl } from './attacks/control'
import { WAYS } from './attacks/ways'
import { coldQuestion, DAY_END, heavyQuestion } from './load/questions'

const NAME = 'attacks'
/** Duration of an attack, and interval between two ordinary queries during it. Milliseconds. */
const LASTS = 4000
const PACE = 100
/**
 * Maximum time until an ordinary query, and until a probe, is answered or refused. The limit is raised to `SLOWER` times the time of a control server that is
 * not attacked, and for queries also to `SLOWER` times their time before the attack. Milliseconds.
 */
const ORDINARY = 2000
const PROBE = 1000
const SLOWER = 20
/** Queries before the attack. */
const PEACE = 12
/** Limit that only ends what hangs. Milliseconds. */
const HANGS = 120_000

interface Asked {
  status: number
  /** True if the answer says when to retry. */
  later: boolean
  /** The beginning of an error, else empty. */
  says: string
  took: number
}

async function ask(url: string): Promise<Asked> {
  const began = performance.now()
  const response = await fetch(url, { signal: AbortSignal.timeout(HANGS) })
  const says = response.ok ? '' : `${url} ${(await response.text()).slice(0, 200)}`
  if (response.ok) await response.arrayBuffer()
  return { status: response.status, later: response.headers.has('retry-after'), says, took: performance.now() - began }
}

const most = (some: readonly Asked[]) => Math.max(0, ...some.map(({ took }) => took))

function mustHold(what: string, some: readonly Asked[], within: number): void {
  const broken = some.filter(({ status, later }) => !(status === 200 || status === 204 || (later && (status === 503 || status === 429))))
  assert.deepEqual(broken.slice(0, 3), [], `${what}: ${broken.length} of ${some.length} were neither answered nor told to retry`)
  assert.ok(most(some) <= within, `${what}: ${Math.round(most(some))} ms, more than ${Math.round(within)}`)
}

/** Returns the longest time of an ordinary query without an attack. Milliseconds. */
async function peaceOf(url: string, random: Random): Promise<number> {
  const asked: Asked[] = []
  for (let i = 0; i < PEACE; i++) asked.push(await ask(url + coldQuestion(random)))
  mustHold('in peace', asked, HANGS)
  return most(asked)
}

interface World {
  url: string
  control: Control
  /** Milliseconds, see `peaceOf`. */
  peace: number
}

/** Sends ordinary queries and probes during an attack. */
async function beside(
  { url, control, peace }: World,
  way: string,
  random: Random,
): Promise<{ answered: number; refused: number; took: number }> {
  const attack = new AbortController()
  setMaxListeners(0, attack.signal)
  const attacking = WAYS[way]!({ url, random: new Random(random.below(2 ** 31)), stop: attack.signal })
  const [ordinary, probes, calm]: [Asked[], Asked[], Asked[]] = [[], [], []]
  try {
    const began = performance.now()
    while (performance.now() - began < LASTS) {
      const asked = await Promise.all([url + coldQuestion(random), `${url}/api/health/live`, control.url].map(ask))
      for (const [i, some] of [ordinary, probes, calm].entries()) some.push(asked[i]!)
      await sleep(PACE)
    }
  } finally {
    attack.abort()
    await attacking
  }
  const slowness = SLOWER * most(calm)
  mustHold('live', probes, Math.max(PROBE, slowness))
  const within = Math.max(ORDINARY, slowness, SLOWER * peace)
  mustHold('an ordinary question', ordinary, within)
  mustHold('an ordinary question afterwards', [await ask(url + coldQuestion(random))], within)
  const answered = ordinary.filter(({ status }) => status === 200)
  return { answered: answered.length, refused: ordinary.length - answered.length, took: most(ordinary) }
}

async function run({ count, seed, signal }: ProofRun) {
  const ways = Object.keys(WAYS)
  return withFolder(async (folder) => {
    const evidence = path.join(folder, 'evidence')
    await writeFolder(evidence, { seed: 1, now: DAY_END, tuples: FEWEST })
    const control = await startControl()
    const served = await serve(path.join(folder, 'data'), { FLOWLENS_SOURCES: evidence })
    try {
      await ask(served.url + heavyQuestion(new Random(seed)))
      const world = { url: served.url, control, peace: await peaceOf(served.url, new Random(seed)) }
      let [done, answered, refused, took] = [0, 0, 0, 0]
      for (; done < count && !signal.aborted; done++) {
        const way = ways[(seed + done) % ways.length]!
        try {
          const found = await beside(world, way, new Random(seed + done))
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
          'longest of either': `${Math.round(took)} ms`,
          'in peace': `${Math.round(world.peace)} ms`,
        },
      }
    } finally {
      control.stop()
      await served.kill()
    }
  })
}

/** This proof measures times, so it is not part of the check of every change: run `npm run verify -- attacks` on an otherwise idle machine. */
export const attacks: Proof = {
  name: NAME,
  promise: 'An attack holds nobody else up',
  test: 'Beside long filters of every kind, wide questions, askers who leave, event streams, exports that nobody reads, bodies and heads without end, small and large: an ordinary question is answered within two seconds, or told in that time to come back, probes within one, and the server goes on (on a slow machine: within twenty times what an idle server takes meanwhile).',
  unit: 'attacks',
  seed: 1,
  ordinary: 8,
  full: 200,
  app: true,
  run,
}
