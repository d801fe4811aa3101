import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createClient } from '@clickhouse/client'
import { readConfig } from '@/lib/config'
import { Problem } from '@/lib/flow/problem'
import { Road } from '@/lib/ingest/road/road'
import { talkers } from '@/lib/query/talkers/talkers'
import { timeline } from '@/lib/query/timeline/timeline'
import { Scope } from '@/lib/query/where/scope'
import { FolderSource } from '@/lib/source/folder/folder'
import { openClickhouse } from '@/lib/store/clickhouse/clickhouse'
import { STORED } from '@/lib/store/clickhouse/tables'
import { openDuckdb } from '@/lib/store/duckdb/duckdb'
import { sql } from '@/lib/store/sql'
import type { Store } from '@/lib/store/store'
import { FEWEST } from './demo/blocks'
import { writeFolder } from './demo/write-folder'
import { startParseThread } from './process/parse-thread'
import { runMain } from './process/run-main'

/**
 * Checks what only a real cluster can show, on the one at CLICKHOUSE_URL and CLICKHOUSE_CLUSTER, in its own database that is dropped afterwards: the
 * tables exist on every server, rows of one NIC stay on one shard, two instances that read at once double nothing, answers equal those of the
 * embedded engine, and every replica has them. Ends with code 1 when a check fails.
 */
const NOW = Date.UTC(2024, 7, 12, 14)
const DATABASE = `flowlens_check_${process.pid}`

let failed = 0
function check(what: string, holds: boolean, found: unknown = ''): void {
  if (!holds) failed++
  console.log(`${holds ? 'ok    ' : 'FAILED'}  ${what}${holds ? '' : `: ${JSON.stringify(found)}`}`)
}

async function answers(store: Store) {
  const view = { from: NOW - 24 * 3_600_000, to: NOW, q: '', filter: null, logs: [], asof: null, once: false }
  return JSON.stringify([
    await timeline(store, view, { scope: Scope.everything }),
    await talkers(store, view, { scope: Scope.everything, limit: 100 }),
  ])
}

async function read(store: Store, folder: string): Promise<Road> {
  const road = new Road(store, [new FolderSource(folder)], { start: startParseThread })
  const never = new AbortController().signal
  await road.fetch(await road.survey({ from: NOW - 24 * 3_600_000, to: NOW }, never), never)
  return road
}

async function main(): Promise<void> {
  const { clickhouse } = readConfig(process.env)
  if (!clickhouse?.cluster) throw new Problem('config', 'CLICKHOUSE_URL and CLICKHOUSE_CLUSTER must name the cluster')
  const { cluster } = clickhouse
  const folder = await mkdtemp(path.join(tmpdir(), 'flowlens-cluster-'))
  const place = { ...clickhouse, database: DATABASE }
  const client = createClient({ url: place.url, username: place.user, password: place.password })
  const ask = async (query: string) => (await client.query({ query, format: 'JSONEachRow' })).json<Record<string, string>>()
  const roads: Road[] = []
  try {
    await writeFolder(path.join(folder, 'evidence'), { seed: 7, tuples: FEWEST, now: NOW })
    const open = (name: string) => openClickhouse({ ...place, spool: path.join(folder, name) })
    const stores = [await open('one'), await open('two')]
    roads.push(...(await Promise.all(stores.map((store) => read(store, path.join(folder, 'evidence'))))))
    const embedded = await openDuckdb(path.join(folder, 'data'))
    roads.push(await read(embedded, path.join(folder, 'evidence')))
    const [count] = await stores[0]!.query<{ n: number; places: number }>(
      sql`select count(*) as n, count(distinct (blob, pos)) as places from tuples`,
    )
    check('two instances that read at once double nothing', count!.n === count!.places, count)
    const expected = await answers(embedded)
    for (const store of stores) check('answers are those of the embedded engine', (await answers(store)) === expected)
    const tables = await ask(
      `select hostName() as host, count() as n from clusterAllReplicas('${cluster}', system.tables) where database = '${DATABASE}' group by host`,
    )
    check('every server has every table', new Set(tables.map(({ n }) => n)).size === 1, tables)
    const nics = await ask(
      `select max(shards) as shards from (select card, uniqExact(_shard_num) as shards from ${DATABASE}.${STORED.tuples} group by card)`,
    )
    check('rows of one NIC are on one shard', Number(nics[0]!.shards) === 1, nics)
    const shards = await ask(`select uniqExact(_shard_num) as n from ${DATABASE}.${STORED.tuples}`)
    const wanted = await ask(`select uniqExact(shard_num) as n from system.clusters where cluster = '${cluster}'`)
    check('every shard has rows', Number(shards[0]!.n) === Number(wanted[0]!.n), { shards, wanted })
    const replicas = await ask(
      `select getMacro('shard') as shard, count() as n from clusterAllReplicas('${cluster}', ${DATABASE}.${STORED.tuples}_shard) group by shard, hostName()`,
    )
    const counts = new Map<string, Set<string>>()
    for (const { shard, n } of replicas) counts.set(shard!, (counts.get(shard!) ?? new Set()).add(n!))
    check(
      'replicas of a shard hold the same number of rows',
      [...counts.values()].every(({ size }) => size === 1),
      replicas,
    )
  } finally {
    for (const road of roads) await road.close()
    await client.command({ query: `drop database if exists ${DATABASE} on cluster \`${cluster}\` sync` })
    await client.close()
    await rm(folder, { recursive: true, force: true })
  }
  if (failed > 0) throw new Problem('store', `${failed} of the cluster's checks failed`)
}

runMain(main)
