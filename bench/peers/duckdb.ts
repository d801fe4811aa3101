import { availableParallelism } from 'node:os'
import path from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import type { Fact, FourAnswers } from '../answers'
import type { Dataset } from '../logs/data'
import type { Workshop } from '../logs/workshop'
import type { Lap } from '../run'
import { type Ask, askFour, FLOWS } from './sql'

const CREATE = `create table flows(
  time bigint, record_time bigint, src varchar, dst varchar, sport usmallint, dport usmallint, proto utinyint, dir varchar, action varchar,
  state varchar, packets_sent bigint, bytes_sent bigint, packets_received bigint, bytes_received bigint, rule varchar, acl varchar, mac varchar)`

const RECORD = `struct("time" varchar, "macAddress" varchar, "resourceId" varchar,
  properties struct(flows struct(rule varchar, flows struct("flowTuples" varchar[])[])[]))`

function loadSql(files: readonly string[]): string {
  const list = files.map((file) => `'${file.replaceAll("'", "''")}'`).join(', ')
  return `insert into flows(${FLOWS.join(', ')})
    with records as (
      select unnest(records) as r from read_json([${list}], columns = {records: '${RECORD}[]'}, format = 'unstructured', hive_partitioning = false)
    ), by_rule as (
      select epoch_ms(r.time::timestamp) as record_time, r."macAddress" as mac, r."resourceId" as acl, unnest(r.properties.flows) as f from records
    ), by_card as (
      select record_time, mac, acl, f.rule as rule, unnest(f.flows) as g from by_rule
    ), lines as (
      select record_time, mac, acl, rule, string_split(unnest(g."flowTuples"), ',') as p from by_card
    )
    select p[1]::bigint * 1000, record_time, p[2], p[3], p[4]::usmallint, p[5]::usmallint, if(p[6] = 'T', 6, 17), p[7], p[8], p[9],
      nullif(p[10], '')::bigint, nullif(p[11], '')::bigint, nullif(p[12], '')::bigint, nullif(p[13], '')::bigint, rule, acl, mac
    from lines`
}

/** DuckDB as somebody would use it by hand: a typed table in a file, filled from the JSON, with one thread for each core. */
export class Duckdb {
  private constructor(private readonly instance: DuckDBInstance) {}

  static async open(folder: string): Promise<Duckdb> {
    const instance = await DuckDBInstance.create(path.join(folder, 'peer.duckdb'), {
      threads: String(availableParallelism()),
      preserve_insertion_order: 'false',
      autoinstall_known_extensions: 'false',
    })
    return new Duckdb(instance)
  }

  async load(files: readonly string[]): Promise<void> {
    await this.ask(CREATE)
    await this.ask(loadSql(files))
  }

  readonly ask: Ask = async (sql) => {
    const connection = await this.instance.connect()
    try {
      return (await (await connection.runAndReadAll(sql)).getRowObjects()) as unknown as Fact[]
    } finally {
      connection.closeSync()
    }
  }

  close(): void {
    this.instance.closeSync()
  }
}

/** Runs one lap from the files to the four answers. */
export async function duckdbLap(data: Dataset, workshop: Workshop): Promise<Lap<FourAnswers>> {
  const folder = workshop.fresh('duckdb')
  const begun = performance.now()
  const cpu = process.cpuUsage()
  const duckdb = await Duckdb.open(folder)
  try {
    await duckdb.load(data.files)
    const loaded = performance.now()
    const answers = await askFour(duckdb.ask, data)
    const ended = performance.now()
    const { user, system } = process.cpuUsage(cpu)
    return { ms: ended - begun, cores: (user + system) / 1e6, answers, steps: { load: loaded - begun, ask: ended - loaded } }
  } finally {
    duckdb.close()
    workshop.remove(folder)
  }
}

export async function answersOfDuckdb(data: Dataset, workshop: Workshop): Promise<FourAnswers> {
  return (await duckdbLap(data, workshop)).answers
}
