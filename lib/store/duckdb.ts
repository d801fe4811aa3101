import 'server-only'
import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { availableParallelism, totalmem } from 'node:os'
import { join } from 'node:path'
import {
  BIGINT,
  DOUBLE,
  type DuckDBConnection,
  DuckDBDataChunk,
  DuckDBInstance,
  type DuckDBType,
  type DuckDBValue,
  UHUGEINT,
  VARCHAR,
} from '@duckdb/node-api'
import type { BlobState } from '@/lib/flow/blob'
import { Problem } from '@/lib/flow/problem'
import type { FlowGroup } from '@/lib/flow/tuple'
import type { Sql, SqlValue } from './sql'
import type { Batch, Store } from './store'
import { BLOBS, CREATE_TUPLES, createTable, FROM_SPOOL, GROUPS, REJECTIONS, type Table, toValues } from './tables'

/** Grows with every change of the tables or of what the parser reads: a data directory of another version is read anew. */
const SCHEMA = 2
const CHUNK = 2048
const GIB = 1024 ** 3

function bind(values: readonly SqlValue[]): { values: DuckDBValue[]; types: DuckDBType[] } {
  return {
    values: values.map((value) => (typeof value === 'number' && Number.isInteger(value) ? BigInt(value) : value)),
    types: values.map((value) => {
      if (typeof value === 'string') return VARCHAR
      if (typeof value === 'bigint') return UHUGEINT
      return Number.isInteger(value) ? BIGINT : DOUBLE
    }),
  }
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

function toJs(value: DuckDBValue, type: DuckDBType): unknown {
  if (typeof value !== 'bigint' || type.typeId === UHUGEINT.typeId) return value
  const number = Number(value)
  if (!Number.isSafeInteger(number)) throw new Problem('store', `Integer ${value} does not fit: cast or narrow it in the question`)
  return number
}

class DuckdbStore implements Store {
  revision = 0
  private states = new Map<number, BlobState>()
  private groups = new Map<number, string>()
  private tail: Promise<unknown> = Promise.resolve()

  constructor(
    private readonly instance: DuckDBInstance,
    private readonly writer: DuckDBConnection,
    readonly spool: string,
    readonly engine: { name: string; version: string },
  ) {}

  async remember(): Promise<void> {
    const states = await rowsOf<BlobState>(this.writer, 'select * from blobs')
    this.states = new Map(states.map((state) => [state.id, state]))
    const groups = await rowsOf<Record<string, string>>(this.writer, 'select * from groups')
    this.groups = new Map(groups.map((group) => [Number(group.id), JSON.stringify(Object.values(group))]))
  }

  blobs(): ReadonlyMap<number, BlobState> {
    return this.states
  }

  async query<Row>(question: Sql, signal?: AbortSignal): Promise<Row[]> {
    const rows: Row[] = []
    for await (const some of this.stream<Row>(question, signal)) for (const row of some) rows.push(row)
    return rows
  }

  async *stream<Row>(question: Sql, signal?: AbortSignal): AsyncIterable<Row[]> {
    if (signal?.aborted) throw new Problem('cancelled', 'Question was cancelled')
    const connection = await this.instance.connect()
    const interrupt = () => connection.interrupt()
    signal?.addEventListener('abort', interrupt)
    try {
      const { values, types } = bind(question.values)
      const text = question.text((index) => `$${index + 1}`)
      const result = await connection.stream(text, values, types)
      const columnTypes = result.columnTypes()
      const names = result.columnNames()
      for (let chunk = await result.fetchChunk(); chunk !== null && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
        if (signal?.aborted) throw new Problem('cancelled', 'Question was cancelled')
        yield chunk.getRows().map((row) => Object.fromEntries(row.map((value, i) => [names[i], toJs(value, columnTypes[i]!)])) as Row)
      }
    } catch (error) {
      if (error instanceof Problem) throw error
      if (signal?.aborted) throw new Problem('cancelled', 'Question was cancelled', { cause: error })
      throw new Problem('store', `DuckDB could not answer: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
    } finally {
      signal?.removeEventListener('abort', interrupt)
      connection.closeSync()
    }
  }

  append(batch: Batch): Promise<void> {
    const done = this.tail.then(() => this.write(batch))
    this.tail = done.catch(() => {})
    return done
  }

  private async write(batch: Batch): Promise<void> {
    const groups = this.fresh(batch.groups)
    const gone = batch.forget.filter((id) => this.states.has(id))
    const written = batch.blobs.map((state) => state.id)
    try {
      await this.writer.run('begin')
      if (gone.length > 0) await this.writer.run(`delete from tuples where blob in (${gone.join(', ')})`)
      if (gone.length > 0) await this.writer.run(`delete from rejections where blob in (${gone.join(', ')})`)
      const replaced = [...new Set([...gone, ...written])].filter((id) => this.states.has(id))
      if (replaced.length > 0) await this.writer.run(`delete from blobs where id in (${replaced.join(', ')})`)
      if (replaced.length > 0)
        await this.writer.run(`delete from rejections where reason = 'truncated' and blob in (${replaced.join(', ')})`)
      if (batch.files.length > 0)
        await this.writer.run(`insert into tuples ${FROM_SPOOL} from read_parquet([${batch.files.map(quote).join(', ')}])`)
      await this.insert(GROUPS, groups)
      await this.insert(BLOBS, batch.blobs)
      await this.insert(REJECTIONS, batch.rejections)
      await this.writer.run('commit')
    } catch (error) {
      await this.writer.run('rollback').catch(() => {})
      throw new Problem('store', `DuckDB could not store what was read: ${error instanceof Error ? error.message : String(error)}`, {
        cause: error,
      })
    } finally {
      for (const file of batch.files) rmSync(file, { force: true })
    }
    this.revision++
    for (const id of gone) this.states.delete(id)
    for (const state of batch.blobs) this.states.set(state.id, state)
    for (const group of groups) this.groups.set(group.id, keyOf(group))
  }

  /** Groups not stored yet, each once. */
  private fresh(groups: readonly FlowGroup[]): FlowGroup[] {
    const fresh = new Map<number, FlowGroup>()
    for (const group of groups) {
      const other = fresh.get(group.id)
      const known = this.groups.get(group.id) ?? (other && keyOf(other))
      if (known === undefined) fresh.set(group.id, group)
      else if (known !== keyOf(group)) throw new Problem('store', `Groups collide on the hash ${group.id}: ${known} and ${keyOf(group)}`)
    }
    return [...fresh.values()]
  }

  private async insert<Row>(table: Table<Row>, rows: readonly Row[]): Promise<void> {
    if (rows.length === 0) return
    const appender = await this.writer.createAppender(table.name)
    const types = table.columns.map(({ type }) => type)
    for (let from = 0; from < rows.length; from += CHUNK) {
      const chunk = DuckDBDataChunk.create(types)
      chunk.setRows(toValues(table, rows.slice(from, from + CHUNK)))
      appender.appendDataChunk(chunk)
    }
    appender.closeSync()
  }

  async close(): Promise<void> {
    await this.tail
    this.writer.closeSync()
    this.instance.closeSync()
  }
}

function keyOf(group: FlowGroup): string {
  return JSON.stringify(GROUPS.columns.map(({ of }) => of(group)))
}

async function rowsOf<Row>(connection: DuckDBConnection, text: string): Promise<Row[]> {
  const result = await connection.run(text)
  const types = result.columnTypes()
  const names = result.columnNames()
  return (await result.getRows()).map((row) => Object.fromEntries(row.map((value, i) => [names[i], toJs(value, types[i]!)])) as Row)
}

async function openInstance(file: string, temp: string, spool: string): Promise<DuckDBInstance> {
  const instance = await DuckDBInstance.create(file, {
    threads: String(availableParallelism()),
    memory_limit: `${Math.round(Math.min(GIB, totalmem() * 0.3) / 1024 ** 2)}MiB`,
    temp_directory: temp,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
  })
  const connection = await instance.connect()
  await connection.run(`set allowed_directories = [${quote(`${spool}/`)}]`)
  await connection.run('set enable_external_access = false')
  await connection.run('set lock_configuration = true')
  connection.closeSync()
  return instance
}

async function isCurrent(connection: DuckDBConnection): Promise<boolean> {
  const tables = await rowsOf<{ name: string }>(connection, "select table_name as name from duckdb_tables() where table_name = 'meta'")
  if (tables.length === 0) return false
  const [meta] = await rowsOf<{ schema: number }>(connection, 'select schema from meta')
  return meta?.schema === SCHEMA
}

async function prepare(connection: DuckDBConnection): Promise<void> {
  await connection.run('begin')
  for (const name of ['meta', 'tuples', GROUPS.name, BLOBS.name, REJECTIONS.name]) await connection.run(`drop table if exists ${name}`)
  await connection.run(CREATE_TUPLES)
  for (const statement of [createTable(GROUPS), createTable(BLOBS), createTable(REJECTIONS)]) await connection.run(statement)
  await connection.run(`create table meta as select ${SCHEMA}::integer as schema`)
  await connection.run('commit')
}

/**
 * The embedded engine in `dir`, made when absent. It can neither load extensions nor read or write outside its own spool folder. What it holds can
 * always be read from the sources again: a file of another version is emptied, a damaged one is set aside and `warn` is told.
 * @throws Problem `store` when the folder cannot be written or another process has it open.
 */
export async function openDuckdb(dir: string, warn: (message: string) => void = () => {}): Promise<Store> {
  const file = join(dir, 'tuples.duckdb')
  const spool = join(dir, 'spool')
  try {
    mkdirSync(spool, { recursive: true, mode: 0o700 })
    for (const left of readdirSync(spool)) rmSync(join(spool, left), { force: true })
  } catch (error) {
    throw new Problem('store', `Data directory ${dir} cannot be written`, { where: dir, cause: error })
  }
  const open = () => openInstance(file, join(dir, 'temp'), spool)
  const instance = await open().catch((error: unknown) => {
    const message = error instanceof Error ? error.message : String(error)
    if (/lock/i.test(message))
      throw new Problem('store', `Data directory ${dir} is in use by another process`, { where: dir, cause: error })
    warn(`Data file ${file} is damaged, everything is read again (${message})`)
    renameSync(file, `${file}.damaged`)
    rmSync(`${file}.wal`, { force: true })
    return open()
  })
  const writer = await instance.connect()
  if (!(await isCurrent(writer))) await prepare(writer)
  const [version] = await rowsOf<{ version: string }>(writer, 'select version() as version')
  const store = new DuckdbStore(instance, writer, spool, { name: 'duckdb', version: version?.version ?? '' })
  await store.remember()
  return store
}
