import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { Problem } from '@/lib/flow/problem'
import { DAY, HOUR, MINUTE } from '@/lib/flow/time/bucket'
import { scrape } from '@/lib/http/operations/scrape'
import { settle } from '@/lib/http/test/settle'
import { openDuckdb } from '@/lib/store/duckdb/duckdb'
import { type Address, NotTaken } from '@/lib/webhook/tell'
import { HOURLY, START, Watched } from './test/watched'
import { Watcher } from './watcher'

const TOKEN = 'metrics-token-0123456789'
const HOOKS: readonly Address[] = [
  { body: 'json', url: 'https://hooks.example/secret-path' },
  { body: 'slack', url: 'https://slack.example/secret-path' },
]
const never = new AbortController().signal

let dir: string
let world: Watched

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'flowlens-watch-metrics-'))
  world = new Watched(await openDuckdb(dir))
  settle({ FLOWLENS_METRICS_TOKEN: TOKEN })
})

afterEach(async () => {
  await world.close()
  rmSync(dir, { recursive: true, force: true })
  settle()
})

/** Reads the metrics of watches and webhooks as they are served. */
async function scraped(): Promise<Record<string, number>> {
  const request = new Request('http://localhost/api/metrics', { headers: { authorization: `Bearer ${TOKEN}` } })
  const text = await (await scrape(request, { params: Promise.resolve({}) })).text()
  const samples = text.matchAll(/^flowlens_((?:watch|webhook)_\w+) (\S+)$/gm)
  return Object.fromEntries([...samples].map(([, name, value]) => [name!, Number(value)]))
}

it('metrics count rounds, problems, alerts and what became of messages', async () => {
  const outcomes: (string | null)[] = []
  const watcher = new Watcher(world.server, {
    webhooks: HOOKS,
    secret: null,
    publicUrl: null,
    warn: () => {},
    now: () => world.now,
    tell: async () => {
      const outcome = outcomes.shift() ?? null
      if (outcome !== null) throw new NotTaken(outcome)
    },
  })
  const before = await scraped()
  /** Returns by how much counters changed, without those that did not; and what the gauges are. */
  const since = async () => {
    const { webhook_waiting: waiting, watch_asked_seconds: asked, ...counters } = await scraped()
    const changes = Object.entries(counters).map(([name, value]) => [name, value - before[name]!] as const)
    return { ...Object.fromEntries(changes.filter(([, change]) => change !== 0)), waiting, asked }
  }
  await world.watch('aaaaaaaa', HOURLY)
  await world.watch('bbbbbbbb', HOURLY, { paused: true })
  world.log(START + 5 * MINUTE, 39)
  world.now = START + 6 * MINUTE
  await watcher.round(never)
  await watcher.tell(never)
  expect(await since()).toEqual({ watch_rounds_total: 1, waiting: 0, asked: world.now / 1000 })

  world.log(START + 10 * MINUTE, 1)
  world.now = START + 11 * MINUTE
  outcomes.push('it answered 500')
  await watcher.round(never)
  await watcher.tell(never)
  const one = { watch_alerts_total: 1, webhook_sent_total: 1, webhook_refused_total: 1 }
  expect(await since()).toEqual({ watch_rounds_total: 2, ...one, waiting: 1, asked: world.now / 1000 })

  world.source.down = new Problem('source', 'memory:one does not answer')
  world.now = START + HOUR
  await watcher.round(never)
  const asked = world.now / 1000
  expect(await since()).toEqual({ watch_rounds_total: 3, watch_problems_total: 1, ...one, waiting: 1, asked })

  world.now += 4 * DAY
  outcomes.push('it answered 410')
  await watcher.tell(never)
  expect(await since()).toEqual({
    ...{ watch_rounds_total: 3, watch_problems_total: 1, watch_alerts_total: 1, webhook_sent_total: 1 },
    ...{ webhook_refused_total: 2, webhook_failed_total: 1, waiting: 0, asked },
  })
})
