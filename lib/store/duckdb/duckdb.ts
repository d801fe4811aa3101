import 'server-only'
import { accessSync, constants, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { Problem } from '@/lib/flow/problem'
import { BLOBS, GROUPS, READS, REJECTIONS, VERSION } from '@/lib/store/schema'
import type { Store } from '@/lib/store/store'
import { DATA_FILE, MARK, SPOOL, TEMP } from './data-files'
import { DuckdbStore } from './duckdb-store'
import { isFull, messageOf, RELIEF } from './engine/failure'
import { rowsOf } from './engine/rows'
import { quote } from './engine/values'
import { keepWholeText } from './engine/whole-text'
import { CHANGING, IDLE } from './idle-memory'
import { CREATE_MINUTES, CREATE_PARTS, createSettled, createTable, createTuples, SETTLED } from './tables/tables'

const MIB = 1024 ** 2
/** Matches damaged files that earlier versions kept. Their content is in the sources. */
const OLD = /^tuples\.duckdb\.damaged/
/** Maximum number of bytes that the engine may hold in memory. */
export const ENGINE_MEMORY = 512 * MIB

/** Bytes and threads that the engine may use. */
interface EngineShare {
  memory: number
  threads: number
  /** Maximum number of bytes on disk for data that exceeds the memory during a query; without a number, no limit. */
  disk?: number
  /** Idle time after which memory is released. Milliseconds. */
  idle?: number
}

function written(bytes: number): string {
  return `${Math.round(bytes / MIB)}MiB`
}

async function openInstance(dir: string, { memory, threads, disk }: EngineShare): Promise<DuckDBInstance> {
  keepWholeText()
  const instance = await DuckDBInstance.create(join(dir, DATA_FILE), {
    threads: String(threads),
    memory_limit: written(memory),
    temp_directory: join(dir, TEMP),
    ...(disk === undefined ? {} : { max_temp_directory_size: `${Math.max(1, Math.round(disk / MIB))}MiB` }),
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
  })
  const connection = await instance.connect()
  await connection.run(`set allowed_directories = [${quote(`${join(dir, SPOOL)}/`)}]`)
  await connection.run('set enable_external_access = false')
  await connection.run(`set allowed_configs = ['${CHANGING}']`)
  await connection.run('set lock_configuration = true')
  connection.closeSync()
  return instance
}

async function isCurrent(connection: DuckDBConnection): Promise<boolean> {
  const tables = await rowsOf<{ name: string }>(connection, "select table_name as name from duckdb_tables() where table_name = 'meta'")
  if (tables.length === 0) return false
  const [meta] = await rowsOf<{ schema: number }>(connection, 'select schema from meta')
  return meta?.schema === VERSION
}

async function prepare(connection: DuckDBConnection): Promise<void> {
  await connection.run('begin')
  const old = await rowsOf<{ kind: string; name: string }>(
    connection,
    "select 'view' as kind, view_name as name from duckdb_views() where not internal union all select 'table', table_name from duckdb_tables()",
  )
  for (const { kind, name } of old) await connection.run(`drop ${kind} if exists "${name}"`)
  for (const table of SETTLED) await connection.run(createSettled(table))
  for (const statement of [CREATE_MINUTES, CREATE_PARTS, createTuples([], () => '')]) await connection.run(statement)
  for (const table of [createTable(GROUPS), createTable(BLOBS), createTable(READS), createTable(REJECTIONS)]) await connection.run(table)
  await connection.run(`create table meta as select ${VERSION}::integer as schema`)
  await connection.run('commit')
}

async function openStore(dir: string, warn: (message: string) => void, share: EngineShare): Promise<Store> {
  const instance = await openInstance(dir, share)
  try {
    // No other process has this directory open, and this engine has not written there yet: these are files of a killed process.
    rmSync(join(dir, TEMP), { recursive: true, force: true })
    const writer = await instance.connect()
    if (!(await isCurrent(writer))) await prepare(writer)
    const [version] = await rowsOf<{ version: string }>(writer, 'select version() as version')
    const store = new DuckdbStore(instance, writer, dir, { name: 'duckdb', version: version?.version ?? '' }, warn, {
      after: share.idle ?? IDLE,
      memory: written(share.memory),
    })
    if (await store.remember()) return store
    warn(`Data directory ${dir} misses a spool file or holds a damaged one, everything is read again`)
    await prepare(writer)
    await store.remember()
    return store
  } catch (error) {
    instance.closeSync()
    throw error
  }
}

/** Returns a Problem that names no path; its cause does, which only the log shows. */
function refused(dir: string, why: string, cause: unknown): Problem {
  const what = isFull(cause) ? 'no space is left; free some, and ask again' : why
  return new Problem('busy', `Data directory cannot be used: ${what}`, { where: dir, cause, retryAfter: RELIEF })
}

/**
 * Opens the embedded engine in `dir`, which is created if it does not exist. It can neither load extensions nor access files outside its own spool folder. Its
 * content can always be read from the sources again: a file of another version is emptied, a damaged one is removed and reported to `warn`.
 * @throws Problem `busy` if the folder cannot be written, is full, or another process has it open
 */
export async function openDuckdb(
  dir: string,
  warn: (message: string) => void = () => {},
  share: EngineShare = { memory: ENGINE_MEMORY, threads: availableParallelism() },
): Promise<Store> {
  const file = join(dir, DATA_FILE)
  try {
    mkdirSync(join(dir, SPOOL), { recursive: true, mode: 0o700 })
    accessSync(dir, constants.W_OK)
    for (const name of readdirSync(dir)) if (OLD.test(name)) rmSync(join(dir, name), { recursive: true, force: true })
  } catch (error) {
    throw refused(dir, 'it cannot be written', error)
  }
  const mark = join(dir, MARK)
  try {
    if (!existsSync(mark)) return await openStore(dir, warn, share)
    warn(`Data file ${file} was found damaged, everything is read again`)
  } catch (error) {
    const message = messageOf(error)
    if (/\block\b/i.test(message)) throw refused(dir, 'another process has it open', error)
    warn(`Data file ${file} cannot be opened, everything is read again (${message})`)
  }
  try {
    for (const lost of [file, `${file}.wal`]) rmSync(lost, { force: true })
    rmSync(mark, { force: true })
    return await openStore(dir, warn, share)
  } catch (error) {
    throw refused(dir, 'no data file can be made in it; the log of the server has the details', error)
  }
}
