import 'server-only'
import { randomUUID } from 'node:crypto'
import type { KeptAlert } from '@/lib/flow/answer/kept/alert'
import type { KeptWatch, Round } from '@/lib/flow/answer/kept/watch'
import { Problem } from '@/lib/flow/problem'
import { masked } from '@/lib/http/report/secrets'
import type { Server } from '@/lib/http/server/server'
import { watchTally } from '@/lib/http/server/watch-tally'
import { forgetOld } from './forget'
import { held } from './held'
import { look } from './look'
import { Outbox, type OutboxOptions } from './outbox'
import { watchedRoad } from './whose'

/** Maximum number of alerts that one round of a watch makes: the best ones; the next round makes the rest. */
const AT_ONCE = 50

export type Keeping = Pick<
  Server,
  'road' | 'personal' | 'memo' | 'pace' | 'contextFiles' | 'askAbove' | 'watches' | 'rounds' | 'alerts' | 'deliveries' | 'mutes'
>

export interface WatcherOptions extends OutboxOptions {
  /** Epoch milliseconds. */
  now?: () => number
}

/**
 * Evaluates watches, stores their alerts, and sends them. Several instances may share the folders and the store: each watch is handled by one instance at a
 * time. An alert is stored before it is sent, under an id derived from its content, so that repeating a round after a crash makes no second alert.
 */
export class Watcher {
  private readonly holder = randomUUID()
  private readonly outbox: Outbox

  constructor(
    private readonly server: Keeping,
    private readonly options: WatcherOptions,
  ) {
    this.outbox = new Outbox(server, options)
  }

  private now(): number {
    return (this.options.now ?? Date.now)()
  }

  /** Evaluates every watch that is not paused; a failure is stored as the problem of the round. */
  async round(signal: AbortSignal): Promise<void> {
    const { watches } = this.server
    for (const id of await watches.names()) {
      if (signal.aborted) return
      const watch = await watches.read(id).catch(() => null)
      if (watch === null || watch.paused) continue
      await this.inMyHands(id, signal, (mine) => this.ask(watch, mine))
    }
    await forgetOld(this.server, this.now())
  }

  /** Sends the messages that are due. */
  async tell(signal: AbortSignal): Promise<void> {
    const waiting = await this.outbox.waiting()
    for (const [id, alerts] of waiting) {
      if (signal.aborted) return
      await this.inMyHands(id, signal, (mine) => this.outbox.send(alerts, mine))
    }
    watchTally().waiting = this.outbox.count
  }

  private inMyHands<Result>(id: string, signal: AbortSignal, work: (mine: AbortSignal) => Promise<Result>): Promise<Result | null> {
    return held(this.server.road.store, `watch ${id}`, { holder: this.holder, signal }, work)
  }

  private async ask(watch: KeptWatch, signal: AbortSignal): Promise<void> {
    const { rounds } = this.server
    const tally = watchTally()
    const now = this.now()
    const before = await rounds.read(watch.id).catch(() => null)
    const asked = new Date(now).toISOString()
    let next: Round
    try {
      const { sightings, isWhole, problem } = await look({ ...this.server, road: watchedRoad(this.server), signal, now }, watch, before)
      const all = await this.keep(watch, sightings, now, signal)
      const left = all ? problem : `found more than ${AT_ONCE}: the best are told first`
      next = { asked, through: isWhole && all ? asked : (before?.through ?? null), problem: left }
    } catch (error) {
      if (signal.aborted) return
      const why = error instanceof Problem ? error.message : 'it failed for a reason that the log of the server tells'
      next = { asked, through: before?.through ?? null, problem: masked(why) }
      this.options.warn(`watch ${watch.id}: ${masked(error instanceof Error ? error.message : String(error))}`)
    }
    if (signal.aborted) return
    tally.rounds++
    tally.asked = now
    if (next.problem !== null) tally.problems++
    // A watch that was deleted meanwhile gets no stored round.
    if ((await this.server.watches.read(watch.id)) !== null) await rounds.write(watch.id, next)
  }

  /** Stores new sightings as alerts; returns false if there were more than one round may make. */
  private async keep(
    watch: KeptWatch,
    sightings: Awaited<ReturnType<typeof look>>['sightings'],
    now: number,
    signal: AbortSignal,
  ): Promise<boolean> {
    const { alerts } = this.server
    const known = new Set(await alerts.names())
    const fresh = sightings.filter(({ id }) => !known.has(id))
    for (const sighting of fresh.slice(0, AT_ONCE)) {
      if (signal.aborted) throw new Problem('cancelled', 'Another instance asks this watch now')
      const alert: KeptAlert = {
        ...sighting,
        watch: watch.id,
        title: watch.title,
        found: new Date(now).toISOString(),
        webhooks: this.outbox.addressees,
        acknowledged: null,
      }
      await alerts.write(alert.id, alert)
      watchTally().alerts++
    }
    return fresh.length <= AT_ONCE
  }
}
