import 'server-only'
import { createHash } from 'node:crypto'
import type { KeptAlert, KeptDeliveries } from '@/lib/flow/answer/kept/alert'
import { DAY, HOUR } from '@/lib/flow/time/bucket'
import { inTurn } from '@/lib/http/folders/in-turn'
import type { Server } from '@/lib/http/server/server'
import { watchTally } from '@/lib/http/server/watch-tally'
import { type Address, NotTaken, tell } from '@/lib/webhook/tell'
import { hrefOf } from './href-of'

/** The wait after the first failed try, which doubles with each failure; its maximum; and the age of an alert at which trying ends. Milliseconds. */
const WAIT = 30_000
const LONGEST_WAIT = HOUR
const PATIENCE = 3 * DAY

export interface OutboxOptions {
  webhooks: readonly Address[]
  /** Signs the messages; null for no signature. */
  secret: string | null
  /** Origin of our pages; null if unknown. */
  publicUrl: string | null
  warn: (message: string) => void
  /** Replaces the network in tests. */
  tell?: typeof tell
  /** Epoch milliseconds. */
  now?: () => number
}

type Kept = Pick<Server, 'alerts' | 'deliveries' | 'watches'>
type Delivery = KeptDeliveries[number]

/** Returns the name of an address in stored data: a digest, which does not reveal the address. */
export function digestOf({ body, url }: Address): string {
  return createHash('sha256').update(`${body} ${url}`).digest('hex').slice(0, 16)
}

/** Sends alerts to addresses and records the result: a stored alert lists its addresses, and each alert has a file with the state of its deliveries. */
export class Outbox {
  readonly addressees: string[]
  private readonly addresses: ReadonlyMap<string, Address>
  /** Alerts with nothing left to send. */
  private readonly done = new Set<string>()
  /** Number of messages that wait. */
  count = 0

  constructor(
    private readonly kept: Kept,
    private readonly options: OutboxOptions,
  ) {
    this.addresses = new Map(options.webhooks.map((address) => [digestOf(address), address]))
    this.addressees = [...this.addresses.keys()]
  }

  private now(): number {
    return (this.options.now ?? Date.now)()
  }

  /** Returns the alerts with something to send now, by watch, oldest first. Deletes the alerts of a watch that was deleted during its round. */
  async waiting(): Promise<Map<string, KeptAlert[]>> {
    const { alerts, deliveries, watches } = this.kept
    const known = new Set(await watches.names())
    const names = (await alerts.names()).filter((id) => !this.done.has(id))
    const byWatch = new Map<string, KeptAlert[]>()
    this.count = 0
    for (const id of names) {
      const alert = await alerts.read(id).catch(() => null)
      if (alert === null) continue
      if (!known.has(alert.watch)) {
        await alerts.remove(id)
        await deliveries.remove(id)
        continue
      }
      const ledger = await this.ledgerOf(alert)
      const open = ledger.filter(({ state }) => state === 'waiting')
      this.count += open.length
      if (open.length === 0) this.done.add(id)
      else if (open.some(({ next }) => Date.parse(next) <= this.now()))
        byWatch.set(alert.watch, [...(byWatch.get(alert.watch) ?? []), alert])
    }
    for (const some of byWatch.values()) some.sort((a, b) => (a.found < b.found ? -1 : 1))
    return byWatch
  }

  private async ledgerOf({ id, webhooks, found }: KeptAlert): Promise<KeptDeliveries> {
    const kept = await this.kept.deliveries.read(id)
    const fresh = (webhook: string): Delivery => ({ webhook, state: 'waiting', tries: 0, at: null, problem: null, next: found })
    return webhooks.map((webhook) => kept?.find((one) => one.webhook === webhook) ?? fresh(webhook))
  }

  /** Sends to each address its waiting messages, in order; after a failure, an address gets nothing more until its retry is due. */
  async send(alerts: readonly KeptAlert[], signal: AbortSignal): Promise<void> {
    // Read again, because another instance may have sent some before it gave up the lease.
    const ledgers = new Map<string, KeptDeliveries>()
    for (const alert of alerts) ledgers.set(alert.id, await this.ledgerOf(alert))
    const webhooks = new Set(alerts.flatMap(({ webhooks: some }) => some))
    await Promise.all(
      [...webhooks].map(async (webhook) => {
        for (const alert of alerts) {
          const ledger = ledgers.get(alert.id)!
          const own = ledger.find((one) => one.webhook === webhook)
          if (own?.state !== 'waiting' || Date.parse(own.next) > this.now()) continue
          if (signal.aborted) return
          const was = await this.tell(alert, own)
          await inTurn(ledger, () => this.kept.deliveries.write(alert.id, ledger))
          if (was === 'refused') return
        }
      }),
    )
  }

  /** Tries once, and records the result in `delivery`. */
  private async tell(alert: KeptAlert, delivery: Delivery): Promise<'settled' | 'refused'> {
    const tally = watchTally()
    const address = this.addresses.get(delivery.webhook)
    const at = new Date(this.now()).toISOString()
    if (address === undefined) {
      Object.assign(delivery, { state: 'failed', at, problem: 'it is not configured any more' } satisfies Partial<Delivery>)
      tally.failed++
      this.count--
      return 'settled'
    }
    const { id, watch, title, sentence, level, first, last, tuples, bytes, q, from, to, found } = alert
    const message = { id, watch: { id: watch, title }, sentence, level, first, last, tuples, bytes, q, from, to, found }
    const tries = delivery.tries + 1
    try {
      await (this.options.tell ?? tell)(address, { ...message, link: hrefOf(alert, this.options.publicUrl) }, this.options.secret)
      Object.assign(delivery, { state: 'sent', tries, at, problem: null } satisfies Partial<Delivery>)
      tally.sent++
      this.count--
      return 'settled'
    } catch (error) {
      if (!(error instanceof NotTaken)) throw error
      const isOver = this.now() - Date.parse(found) >= PATIENCE
      const next = new Date(this.now() + Math.min(LONGEST_WAIT, WAIT * 2 ** (tries - 1))).toISOString()
      Object.assign(delivery, { state: isOver ? 'failed' : 'waiting', tries, at, problem: error.message, next } satisfies Partial<Delivery>)
      tally.refused++
      if (isOver) {
        tally.failed++
        this.count--
      }
      this.options.warn(`webhook ${delivery.webhook}: ${error.message}`)
      return 'refused'
    }
  }
}
