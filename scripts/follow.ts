import { createServer } from 'node:http'
import { parseArgs } from 'node:util'
import { Counter, Gauge, Registry } from 'prom-client'
import { type Config, readConfig } from '@/lib/config'
import { ContextFiles } from '@/lib/context/files'
import { Problem } from '@/lib/flow/problem'
import { ReadingPace } from '@/lib/http/server/limits/pace'
import { AnswerMemo } from '@/lib/http/server/memo'
import { openFolders } from '@/lib/http/server/server'
import { watchTally } from '@/lib/http/server/watch-tally'
import { Watcher } from '@/lib/http/watch/watcher'
import { follow, type Poll } from '@/lib/ingest/road/follow'
import { openPersonalRoads, openRoad } from '@/lib/ingest/road/open'
import type { Road } from '@/lib/ingest/road/road'
import { startContextThread } from './process/context-thread'
import { startParseThread } from './process/parse-thread'
import { runMain } from './process/run-main'

const USAGE = `npm run follow -- [options]: reads new data into ClickHouse until it is stopped

  --since 7d      how far back to read (h, d; default 24h)
  --every 60      seconds between two polls of the sources
  --metrics 9464  loopback port for Prometheus

Sources and ClickHouse are configured as for the dashboard. With FLOWLENS_WATCH it asks the watches of its data directory too. It can be stopped and started at any time, and run on several machines.`

const UNITS: Readonly<Record<string, number>> = { h: 3_600_000, d: 86_400_000 }
/** Number of polls after which one polls everything again. */
const WHOLE_EACH = 60

function options(args: string[]) {
  const { values } = parseArgs({
    args,
    options: {
      since: { type: 'string', default: '24h' },
      every: { type: 'string', default: '60' },
      metrics: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return null
  const since = /^(\d{1,5})([hd])$/.exec(values.since)
  if (!since) throw new Problem('ask', `--since is ${values.since}, which is not a number of hours (h) or days (d)`)
  const every = Number(values.every)
  if (!(every >= 1)) throw new Problem('ask', `--every is ${values.every}, which is not a number of seconds`)
  const metrics = values.metrics === undefined ? null : Number(values.metrics)
  if (metrics !== null && !(metrics >= 0 && metrics <= 65_535))
    throw new Problem('ask', `--metrics is ${values.metrics}, which is not a port`)
  return { since: Number(since[1]) * UNITS[since[2]!]!, every: every * 1000, metrics }
}

function sayLook({ at, took, from, blobs, missing, failed, bytes, tuples, newest, lag }: Poll): string {
  const read = `${tuples.toLocaleString('en')} tuples, ${(bytes / 1e6).toFixed(1)} MB in ${(took / 1000).toFixed(1)} s`
  const behind = newest === null ? 'no record yet' : `newest record ${new Date(newest).toISOString()}, ${Math.round(lag! / 1000)} s behind`
  const open = missing + failed === 0 ? 'nothing missing' : `${missing} blobs missing, ${failed} sources failed`
  return `${new Date(at).toISOString()}  ${read}; ${behind}; ${blobs} blobs since ${new Date(from).toISOString()}, ${open}`
}

/** Metrics for Prometheus. */
function figures() {
  const registers = [new Registry()]
  const gauge = (name: string, help: string) => new Gauge({ name: `flowlens_follow_${name}`, help, registers })
  const counter = (name: string, help: string) => new Counter({ name: `flowlens_follow_${name}`, help, registers })
  const all = {
    lag: gauge('lag_seconds', 'Age of the newest record that is stored'),
    missing: gauge('missing_blobs', 'Blobs that could not be read'),
    failed: gauge('failed_sources', 'Sources that did not answer'),
    looked: gauge('looked_at_seconds', 'When the sources were last looked at, Unix time'),
    bytes: counter('read_bytes_total', 'Bytes read from the sources'),
    tuples: counter('read_tuples_total', 'Tuples stored'),
    problems: counter('problems_total', 'Looks that failed'),
    alerts: counter('watch_alerts_total', 'Alerts that watches have made'),
    sent: counter('webhook_sent_total', 'Messages that webhooks have taken'),
    waiting: gauge('webhook_waiting', 'Messages that wait to be sent'),
  }
  return {
    registry: registers[0]!,
    problem: () => all.problems.inc(),
    watched: () => {
      const { alerts, sent, waiting } = watchTally()
      for (const [one, now] of [[all.alerts, alerts] as const, [all.sent, sent] as const]) {
        one.reset()
        one.inc(now)
      }
      all.waiting.set(waiting)
    },
    look: (look: Poll) => {
      if (look.lag !== null) all.lag.set(look.lag / 1000)
      all.missing.set(look.missing)
      all.failed.set(look.failed)
      all.looked.set(look.at / 1000)
      all.bytes.inc(look.bytes)
      all.tuples.inc(look.tuples)
    },
  }
}

/** Returns a task that evaluates the watches of the data directory after each poll, or null if FLOWLENS_WATCH is not set. */
function watching(config: Config, road: Road, warn: (message: string) => void) {
  const { every } = config.watch
  if (every === null) return null
  const contextFiles = new ContextFiles(config.context, startContextThread, warn)
  const server = {
    ...{ road, personal: openPersonalRoads(config, road), memo: new AnswerMemo(), pace: new ReadingPace(), askAbove: config.askAbove },
    ...{ contextFiles, ...openFolders(config.dataDir) },
  }
  const watcher = new Watcher(server, { ...config.watch, publicUrl: config.publicUrl, warn })
  let next = 0
  return {
    async turn(signal: AbortSignal) {
      if (Date.now() >= next) {
        next = Date.now() + every
        await watcher.round(signal)
      }
      await watcher.tell(signal)
    },
    close: () => contextFiles.close(),
  }
}

async function main(): Promise<void> {
  const asked = options(process.argv.slice(2))
  if (!asked) return console.log(USAGE)
  const config = readConfig(process.env)
  if (!config.clickhouse) throw new Problem('config', 'CLICKHOUSE_URL is not set: the embedded engine reads on demand only')
  const stop = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort())
  const warn = (message: string) => console.error(message)
  const road = await openRoad(config, warn, startParseThread)
  const { registry, look, problem, watched } = figures()
  const watches = watching(config, road, warn)
  const server = createServer((_, response) => {
    registry.metrics().then(
      (text) => response.setHeader('content-type', registry.contentType).end(text),
      (error: unknown) => response.writeHead(500).end(String(error)),
    )
  })
  if (asked.metrics !== null) server.listen(asked.metrics, '127.0.0.1')
  for await (const done of follow(road, { since: Date.now() - asked.since, every: asked.every, wholeEach: WHOLE_EACH }, stop.signal)) {
    if ('problem' in done) {
      problem()
      console.error(`${new Date(done.at).toISOString()}  ${done.problem.message}`)
    } else {
      look(done)
      console.log(sayLook(done))
    }
    await watches?.turn(stop.signal).catch((error: unknown) => warn(error instanceof Error ? error.message : String(error)))
    watched()
  }
  watches?.close()
  server.close()
  await road.close()
}

runMain(main)
