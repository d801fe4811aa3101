import { strict as assert } from 'node:assert'
import { hash53 } from '@/lib/flow/hash'
import type { View } from '@/lib/flow/view/view'
import * as ask from '@/lib/http/ask/questions'
import { get } from '@/lib/http/test/serve'
import { MemorySource } from '@/lib/ingest/test/memory-source'
import { parseFilter } from '@/lib/link/language/parse'
import { naiveRows } from '@/lib/query/test/naive/filter'
import { Dice } from '@/lib/query/test/random'
import { ENGINES } from '@/lib/store/test/engines'
import { eachCase, type Proof, type ProofRun } from '../proof'
import { edgeFilter, edgeId, edgeKeys } from './numbers/edge-keys'
import { MAC, numberLog } from './numbers/number-log'
import { askStrangely, type NumberCase, QUESTIONS } from './numbers/questions'
import { factsOf } from './routes/facts-of'
import { ServedHere } from './routes/served-here'

const NAME = 'numbers'
/** Logs on one server. */
const CASES_A_WORLD = 25
/** Routes to query about one log; over all logs, every route is queried. */
const ROUTES_A_CASE = 4
const STRANGE_A_CASE = 3
/** Contains every valid record time, and a week at each end. */
const FROM = Date.UTC(1999, 11, 20)
const TO = Date.UTC(2100, 0, 10)
const HOUR_OF_PATH = Date.UTC(2024, 7, 12, 16)

type Log = Pick<NumberCase, 'facts' | 'covered'> & { keys: { from: string; to: string; log: string } }

/** Servers on every engine, which read the same source. */
class World {
  /** Counts of all files together. */
  private readonly read = { tuples: 0, malformed: 0 }

  private constructor(
    private readonly source: MemorySource,
    private readonly servers: readonly ServedHere[],
  ) {}

  static async make(): Promise<World> {
    const source = new MemorySource()
    const servers: ServedHere[] = []
    for (const engine of ENGINES) servers.push(await ServedHere.open(engine, source))
    return new World(source, servers)
  }

  async close(): Promise<void> {
    for (const server of this.servers) await server.close()
  }

  /** Adds one more log, as a loose file or in the folder of an hour. */
  private add(dice: Dice, seed: number): Log {
    const [file, text] = [`${seed}.json`, numberLog(dice, `LOG${seed}`)]
    const place = dice.chance(0.7)
      ? { scope: null, hour: null, mac: null }
      : {
          scope: `resourceId=/SUBSCRIPTIONS/S/RESOURCEGROUPS/G/PROVIDERS/MICROSOFT.NETWORK/NETWORKSECURITYGROUPS/N${seed}`,
          hour: HOUR_OF_PATH,
          mac: MAC,
        }
    const blob = hash53(`${this.source.id}\0\0${file}`)
    const { facts, reading } = factsOf(text, { blob, source: this.source.id, offset: 0, ...place })
    this.source.put(file, text, place.scope === null ? {} : place)
    for (const server of this.servers) server.refresh()
    const { log, tuples, malformed } = reading.state
    assert.ok(log, 'the first record names no log')
    this.read.tuples += tuples
    this.read.malformed += malformed
    const instants = { from: new Date(FROM).toISOString(), to: new Date(TO).toISOString() }
    return { keys: { ...instants, log: log.id }, facts, covered: { ...this.read } }
  }

  async check(seed: number): Promise<number> {
    const log = this.add(new Dice(Math.imul(seed, 0x9e3779b1)), seed)
    for (const server of this.servers) {
      server.use()
      // The same queries on every engine.
      const dice = new Dice(Math.imul(seed, 0x85ebca6b))
      try {
        await this.ask(dice, log)
      } catch (error) {
        throw new Error(`${server.engine}: ${error instanceof Error ? error.message : error}`, { cause: error })
      }
    }
    return log.facts.length
  }

  private async ask(dice: Dice, { keys, ...log }: Log): Promise<void> {
    const { q, isRefused } = dice.chance(0.5) ? { q: '', isRefused: false } : edgeFilter(dice)
    if (isRefused) assert.equal((await get(ask.timeline, { ...keys, q })).status, 400, q)
    const filter = isRefused ? null : parseFilter(q)
    const view: View = { from: FROM, to: TO, q: isRefused ? '' : q, filter, logs: [keys.log], asof: null, once: false }
    const asked: Omit<NumberCase, 'dice'> = {
      keys: view.q === '' ? keys : { ...keys, q },
      view,
      ...log,
      rows: naiveRows(log.facts, view, null),
    }
    const routes = Object.entries(QUESTIONS)
    const first = dice.below(routes.length)
    for (let i = 0; i < ROUTES_A_CASE; i++) {
      const [route, question] = routes[(first + i) % routes.length]!
      try {
        await question({ ...asked, dice })
      } catch (error) {
        throw new Error(`${route} ${JSON.stringify(asked.keys)}: ${error instanceof Error ? error.message : error}`, { cause: error })
      }
    }
    for (let i = 0; i < STRANGE_A_CASE; i++) {
      const strange = edgeKeys(dice, keys)
      await askStrangely(strange.handler, strange.keys)
    }
    const { handler, id } = edgeId(dice)
    await askStrangely(handler, {}, { id })
  }
}

async function run(options: ProofRun) {
  let world: { number: number; of: World } | null = null
  let tuples = 0
  try {
    const done = await eachCase(NAME, options, async (seed) => {
      const number = Math.floor(seed / CASES_A_WORLD)
      if (world?.number !== number) {
        await world?.of.close()
        world = null
        world = { number, of: await World.make() }
      }
      tuples += await world.of.check(seed)
    })
    return {
      done,
      figures: { 'tuples that count': String(tuples), routes: String(Object.keys(QUESTIONS).length), engines: ENGINES.join(' ') },
    }
  } finally {
    await (world as { of: World } | null)?.of.close()
  }
}

export const numbers: Proof = {
  name: NAME,
  promise: 'No number breaks an answer',
  test: 'Random logs of every kind with counters, times, ports, protocols, versions, MACs and keys of links at every edge (2^31, 2^32, 2^53, 2^63, 2^64, negative, fractional, empty, no number): every route answers as a plain reading does and its schema says, sums are exact, seen = parsed + rejected, nothing fails with 5xx.',
  unit: 'logs',
  seed: 1,
  ordinary: 6,
  perTest: 6,
  full: 20_000,
  run,
}
