import { strict as assert } from 'node:assert'
import { HOUR, MINUTE } from '@/lib/flow/time/bucket'
import { HOURLY, START, Watched } from '@/lib/http/watch/test/watched'
import { type Keeping, Watcher } from '@/lib/http/watch/watcher'
import { Dice } from '@/lib/query/test/random'
import { openDuckdb } from '@/lib/store/duckdb/duckdb'
import { type Address, NotTaken } from '@/lib/webhook/tell'
import { failure, type Proof, type ProofRun } from '../proof'
import { withFolder } from '../world/folder'
import { killChild } from './watches/kill-child'

const NAME = 'watches'
/** Number of kills in one world. */
const KILLS_A_LIFE = 10
/** One world in this number uses real processes, with one kill. */
const REAL = 4
/** Maximum number of steps before a process is killed. */
const STEPS = 8
const ADDRESSES: Address[] = [
  { body: 'json', url: 'https://a.example' },
  { body: 'slack', url: 'https://b.example' },
]
const never = new AbortController().signal

class Killed extends Error {}

/** A process that is killed before or after a given step (a step writes a file or sends a message), and does nothing after that. */
class Process {
  isDead = false
  private steps = 0

  constructor(private readonly last: { step: number; after: boolean }) {}

  async step<Result>(act: () => Promise<Result>): Promise<Result> {
    const isLast = ++this.steps === this.last.step
    if (this.isDead || (isLast && !this.last.after)) this.die()
    const [done] = await Promise.allSettled([act()])
    if (isLast || this.isDead) this.die()
    if (done.status === 'rejected') throw done.reason
    return done.value
  }

  private die(): never {
    this.isDead = true
    throw new Killed()
  }

  /** Returns the same folders and store, usable only while this process lives. Its leases end with it, like those of the embedded engine. */
  seen(server: Keeping): Keeping {
    const held = new Map<string, string>()
    const lease = async (name: string, holder: string, ms: number) => {
      if (this.isDead) throw new Killed()
      if ((held.get(name) ?? holder) !== holder) return false
      if (ms > 0) held.set(name, holder)
      else held.delete(name)
      return ms > 0
    }
    const store = Object.create(server.road.store, { lease: { value: lease } }) as Keeping['road']['store']
    const folder = <Folder extends object>(of: Folder): Folder =>
      new Proxy(of, {
        get: (target, key) => {
          const value = Reflect.get(target, key) as unknown
          if (typeof value !== 'function') return value
          const act = (...given: unknown[]) => Reflect.apply(value, target, given) as Promise<unknown>
          return key === 'write' || key === 'remove' ? (...given: unknown[]) => this.step(() => act(...given)) : act
        },
      })
    return {
      ...server,
      road: Object.create(server.road, { store: { value: store } }) as Keeping['road'],
      rounds: folder(server.rounds),
      alerts: folder(server.alerts),
      deliveries: folder(server.deliveries),
    }
  }
}

/** Messages that an address has accepted, by id, and how many of them it had accepted before. */
interface Taken {
  messages: Map<string, string>
  again: number
}

/** Runs one world through this number of kills, and then to its end; returns the number of messages that were sent twice. */
async function live(seed: number, kills: number, root: string): Promise<number> {
  const dice = new Dice(Math.imul(seed, 0x9e3779b1))
  const world = new Watched(await openDuckdb(root))
  const taken = new Map<Address, Taken>(ADDRESSES.map((address) => [address, { messages: new Map(), again: 0 }]))
  let troubled = true
  const watcherOf = (process: Process) =>
    new Watcher(process.seen(world.server), {
      webhooks: ADDRESSES,
      secret: null,
      publicUrl: null,
      warn: () => {},
      now: () => world.now,
      tell: (address, message) =>
        process.step(async () => {
          if (troubled && dice.chance(0.3)) throw new NotTaken('it answered 500')
          const own = taken.get(address)!
          const text = JSON.stringify(message)
          const before = own.messages.get(message.id)
          assert.equal(before ?? text, text, 'the same id with another message')
          if (before !== undefined) own.again++
          own.messages.set(message.id, text)
        }),
    })
  try {
    const watches = [
      await world.watch('aaaaaaaa', HOURLY),
      await world.watch('bbbbbbbb', { ...HOURLY, q: 'dir:out', window: '15m', least: 12 }),
    ]
    let killed = 0
    while (killed < kills) {
      const process = new Process({ step: 1 + dice.below(STEPS), after: dice.chance(0.5) })
      const watcher = watcherOf(process)
      while (!process.isDead) {
        for (let minute = 1; minute <= 20; minute++) if (dice.chance(0.2)) world.log(world.now + minute * MINUTE, 1 + dice.below(25))
        // Data of the hour before.
        if (dice.chance(0.1) && world.now > START + HOUR) world.log(world.now - HOUR, 30)
        world.now += 20 * MINUTE
        await watcher.round(never).catch(ignoreKill)
        await watcher.tell(never).catch(ignoreKill)
      }
      killed++
    }
    troubled = false
    const last = watcherOf(new Process({ step: 0, after: false }))
    world.now += 20 * MINUTE
    await last.round(never)
    for (let i = 0; i < 3; i++) {
      world.now += HOUR
      await last.tell(never)
    }
    const expected = watches.flatMap((watch) => world.expected(watch)).sort()
    assert.ok(expected.length > 0, 'nothing to find')
    assert.deepEqual((await world.alerts()).map(({ id }) => id).sort(), expected)
    let repeated = 0
    for (const { messages, again } of taken.values()) {
      assert.deepEqual([...messages.keys()].sort(), expected)
      // An address is sent one message at a time, so a kill can interrupt one of each.
      assert.ok(again <= killed, `${again} messages to one address twice after ${killed} kills`)
      repeated += again
    }
    return repeated
  } finally {
    await world.close()
  }
}

function ignoreKill(error: unknown): void {
  if (!(error instanceof Killed)) throw error
}

async function run({ count, seed, signal }: ProofRun) {
  return withFolder(async (root) => {
    let [done, again, real] = [0, 0, 0]
    for (let life = seed; done < count && !signal.aborted; life++) {
      const kills = Math.min(KILLS_A_LIFE, count - done)
      try {
        if (life % REAL === 0) {
          await killChild(`${root}/real-${life}`, new Dice(life))
          done++
          real++
        } else {
          again += await live(life, kills, `${root}/${life}`)
          done += kills
        }
      } catch (error) {
        throw failure(NAME, life, error, KILLS_A_LIFE)
      }
    }
    return { done, figures: { 'real processes': String(real), 'sent again with the same id': String(again) } }
  })
}

export const watches: Proof = {
  name: NAME,
  promise: 'What watches find is told, and told once',
  test: 'Watches over logs that grow, killed at every step that writes a file or sends a message, or as real processes at any time, while webhooks fail: in the end exactly the windows that a plain count finds are kept, and each address has taken each of them; what it took twice, one message a kill at most, was sent when the process was killed before it could note that, with the same id and text.',
  unit: 'kills',
  seed: 1,
  ordinary: 40,
  full: 2000,
  run,
}
