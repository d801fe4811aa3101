import 'server-only'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { refusedOfCrowd } from '@/lib/http/server/limits/crowd'
import { countUnderway } from '@/lib/http/server/limits/underway'
import { parsed, storageTotal } from '@/lib/ingest/threads/pool/tally'
import { opened } from './server'
import { settings } from './settings'
import { watchTally } from './watch-tally'

interface Answered {
  route: string
  method: string
  status: number
  /** From arrival to the last byte. */
  ms: number
}

interface Metrics {
  registry: Registry
  answered(request: Answered): void
}

const HELD = Symbol.for('flowlens.metrics')
const holder = globalThis as { [HELD]?: Metrics | null }

/** Upper bounds of the histogram. Seconds. */
const BUCKETS = [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300]

/** Counters that exist elsewhere and are read at each scrape. */
const COUNTED: readonly [string, string, () => number | undefined | Promise<number | undefined>][] = [
  ['storage_calls', 'Requests to storage', () => storageTotal().calls],
  ['storage_retries', 'Requests to storage that were tried again', () => storageTotal().retries],
  ['storage_bytes', 'Bytes of blobs that storage sent', () => storageTotal().bytes],
  ['rows_stored', 'Tuples parsed and stored', () => parsed().rows],
  ['rows_rejected', 'Records and tuples rejected by the parser', () => parsed().rejected],
  ['requests_refused', 'Requests refused unseen because too many were in hand', refusedOfCrowd],
  ['cache_hits', 'Answers that were remembered', async () => (await opened())?.memo.hits],
  ['cache_misses', 'Answers that had to be made', async () => (await opened())?.memo.misses],
  ['watch_rounds', 'Times that a watch was asked', () => watchTally().rounds],
  ['watch_problems', 'Times that this failed or was not whole', () => watchTally().problems],
  ['watch_alerts', 'Alerts that watches have made', () => watchTally().alerts],
  ['webhook_sent', 'Messages that webhooks have taken', () => watchTally().sent],
  ['webhook_refused', 'Tries that webhooks have not taken', () => watchTally().refused],
  ['webhook_failed', 'Messages that are not tried any more', () => watchTally().failed],
]

function open(): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  for (const [name, help, read] of COUNTED) {
    new Counter({
      name: `flowlens_${name}_total`,
      help,
      registers,
      async collect() {
        const now = (await read()) ?? 0
        this.reset()
        this.inc(now)
      },
    })
  }
  new Gauge({
    name: 'flowlens_asks_in_flight',
    help: 'Requests being answered',
    registers,
    collect() {
      this.set(countUnderway())
    },
  })
  new Gauge({
    name: 'flowlens_store_bytes',
    help: 'Bytes that the store takes on disk',
    registers,
    async collect() {
      this.set((await (await opened())?.road.store.size()) ?? 0)
    },
  })
  new Gauge({
    name: 'flowlens_webhook_waiting',
    help: 'Messages that wait to be sent',
    registers,
    collect() {
      this.set(watchTally().waiting)
    },
  })
  new Gauge({
    name: 'flowlens_watch_asked_seconds',
    help: 'When a watch was asked last, Unix time',
    registers,
    collect() {
      this.set(watchTally().asked / 1000)
    },
  })
  const requests = new Counter({
    name: 'flowlens_requests_total',
    help: 'Requests answered',
    labelNames: ['route', 'method', 'status'],
    registers,
  })
  const seconds = new Histogram({
    name: 'flowlens_request_seconds',
    help: 'Time from coming in to the last byte',
    labelNames: ['route'],
    buckets: BUCKETS,
    registers,
  })
  return {
    registry,
    answered({ route, method, status, ms }) {
      requests.inc({ route, method, status })
      seconds.observe({ route }, ms / 1000)
    },
  }
}

/** The metrics of this process; null when FLOWLENS_METRICS_TOKEN is not set, and then nothing is counted. */
export function metrics(): Metrics | null {
  if (holder[HELD] === undefined) holder[HELD] = settings().metricsToken === null ? null : open()
  return holder[HELD]
}
