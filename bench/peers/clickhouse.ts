import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import path from 'node:path'
import { start, stop } from '../../scripts/process/child'
import type { Fact, FourAnswers } from '../answers'
import type { Dataset } from '../logs/data'
import type { Workshop } from '../logs/workshop'
import type { Lap } from '../run'
import { coreSeconds } from '../served/server'
import { askFour, FLOWS } from './sql'

const HOME = path.resolve('scripts/clickhouse')

export const CREATE = `create table flows(
  time Int64, record_time Int64, src String, dst String, sport UInt16, dport UInt16, proto UInt8, dir LowCardinality(String),
  action LowCardinality(String), state LowCardinality(String), packets_sent Nullable(Int64), bytes_sent Nullable(Int64),
  packets_received Nullable(Int64), bytes_received Nullable(Int64), rule LowCardinality(String), acl LowCardinality(String), mac LowCardinality(String)
) engine = MergeTree order by tuple()`

const RECORDS = `records Array(Tuple(time String, macAddress String, resourceId String,
  properties Tuple(flows Array(Tuple(rule String, flows Array(Tuple(flowTuples Array(String))))))))`

/** The path of an hour blob has two keys named m, so it is not a hive partitioning. */
const SETTINGS = `use_hive_partitioning = 0, max_insert_threads = ${availableParallelism()}, input_format_skip_unknown_fields = 1`

export function loadSql(folder: string): string {
  return `insert into flows(${FLOWS.join(', ')})
    select toInt64(p[1]) * 1000, record_time, p[2], p[3], toUInt16(p[4]), toUInt16(p[5]), if(p[6] = 'T', 6, 17), p[7], p[8], p[9],
      toInt64OrNull(p[10]), toInt64OrNull(p[11]), toInt64OrNull(p[12]), toInt64OrNull(p[13]), rule, acl, mac
    from (
      select record_time, mac, acl, rule, splitByChar(',', arrayJoin(g.flowTuples)) as p from (
        select record_time, mac, acl, f.rule as rule, arrayJoin(f.flows) as g from (
          select toUnixTimestamp64Milli(parseDateTime64BestEffort(r.time, 3, 'UTC')) as record_time, r.macAddress as mac, r.resourceId as acl,
            arrayJoin(r.properties.flows) as f
          from (select arrayJoin(records) as r from file('${folder}/**/PT1H.json', 'JSONEachRow', '${RECORDS}'))
        )
      )
    ) settings ${SETTINGS}`
}

interface Reply {
  id: number
  rows?: Fact[] | null
  error?: string
}

class Clickhouse {
  private next = 1

  private constructor(private readonly child: ChildProcess) {}

  static async open(folder: string): Promise<Clickhouse> {
    const child = start(process.execPath, [path.join(HOME, 'session.mjs'), folder], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
    const ended = once(child, 'exit').then(([code]) => Promise.reject(new Error(`ClickHouse ended with code ${code}`)))
    await Promise.race([once(child, 'message'), ended])
    ended.catch(() => {})
    return new Clickhouse(child)
  }

  get pid(): number {
    return this.child.pid!
  }

  async send(sql: string, asks: boolean): Promise<Fact[]> {
    const id = this.next++
    const reply = new Promise<Reply>((resolve, reject) => {
      const take = (message: Reply) => {
        if (message.id !== id) return
        this.child.off('message', take)
        this.child.off('exit', gone)
        resolve(message)
      }
      const gone = () => reject(new Error('ClickHouse ended during a query'))
      this.child.on('message', take)
      this.child.once('exit', gone)
    })
    this.child.send({ id, sql, asks })
    const { rows, error } = await reply
    if (error !== undefined) throw new Error(`ClickHouse: ${error}`)
    return rows ?? []
  }

  close(): Promise<void> {
    return stop(this.child)
  }
}

/** Runs one lap from the files to the four answers. */
export async function clickhouseLap(data: Dataset, workshop: Workshop): Promise<Lap<FourAnswers>> {
  const folder = workshop.fresh('clickhouse')
  const clickhouse = await Clickhouse.open(folder)
  try {
    const begun = performance.now()
    const spent = coreSeconds(clickhouse.pid)
    await clickhouse.send(CREATE, false)
    await clickhouse.send(loadSql(data.folder), false)
    const loaded = performance.now()
    const answers = await askFour((sql) => clickhouse.send(sql, true), data)
    const ended = performance.now()
    const cores = spent === null ? {} : { cores: coreSeconds(clickhouse.pid)! - spent }
    return { ms: ended - begun, ...cores, answers, steps: { load: loaded - begun, ask: ended - loaded } }
  } finally {
    await clickhouse.close()
    workshop.remove(folder)
  }
}
