import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { setImmediate, setTimeout as sleep } from 'node:timers/promises'
import { type DuckDBConnection, DuckDBDataChunk, type DuckDBInstance } from '@duckdb/node-api'
import { hash53 } from '@/lib/flow/hash'
import { Problem } from '@/lib/flow/problem'
import { type BlobState, UNENDED } from '@/lib/flow/reading/blob'
import type { FlowGroup } from '@/lib/flow/tuple/tuple'
import { checkOf } from '@/lib/store/group-check'
import { KeptNewest } from '@/lib/store/kept'
import { NumberMap } from '@/lib/store/number-map'
import { BLOBS, GROUPS, READS, REJECTIONS, type Table } from '@/lib/store/schema'
import { settled } from '@/lib/store/settled'
import { checksumOf } from '@/lib/store/spool/checksum'
import { type Sql, sql } from '@/lib/store/sql'
import type { Batch, Intake, SpoolFile, Store } from '@/lib/store/store'
import { answer } from './answer'
import { giveBack } from './rest'
import { statementOf } from './statement'
import { createTuples, MINUTES_FROM_SPOOL, SETTLED, type SpoolPart, settle, toValues, typesOf } from './tables'
import { batchesOf, quote, rowsOf } from './values'

const CHUNK = 2048
/** Parts are settled after this long without appends and queries. Milliseconds. */
const QUIET = 1000
/** The same if the last append announced more. Milliseconds. */
const MORE = 15_000
/** Number of times that settling is postponed because queries are running. */
const PATIENCE = 20
/** Rows that one transaction settles, so that an append does not wait long. */
const STEP_ROWS = 1_000_000
/** Maximum number of unsettled rows and parts; beyond that, they are settled before the next append. */
const MOST_ROWS = 32_000_000
const MOST_PARTS = 256

/** Matches the engine's errors about a damaged block of its file, all its errors after that, and its errors about a missing or damaged spool file. */
const DAMAGED =
  /corrupt|checksum|invalidated|fatal error|no files found|no such file|^io error|magic bytes|too small to be a parquet|^invalid error|deserialize/i
/** Matches the errors of the engine and of the system when the disk is full. */
export const FULL = /no space left|quota exceeded|disk (?:is )?full|max_temp_directory_size/i
/** Matches the engine's error when a query needs more memory than it has and cannot use the disk. */
const EXHAUSTED = /^Out of Memory/i
/** Seconds after which a retry may succeed. */
const RELIEF = 5
/** Longest time that queries may continue after the store is closed. Milliseconds. */
const LAST_WORDS = 2000
/** The engine's file, and the folder for data that exceeds its memory during a query. */
export const DATA_FILE = 'tuples.duckdb'
export const TEMP = 'temp'
/** A file beside the engine's that marks it as damaged, so that it is set aside at the next start. */
export const MARK = 'tuples.duckdb.broken'

const SIZE = sql`select used_blocks * block_size as bytes from pragma_database_size()`

/** Tuples in DuckDB: in spool files from their append on, and moved into its own tables when idle. */
export class DuckdbStore implements Store {
  revision = 0
  readonly intake: Intake = { rows: 200_000, patience: 150, spooling: 'plain', appends: 1 }
  private states = new Map<number, BlobState>()
  /** Checksum of every stored group, by id: names would fill the memory if a hostile log had millions of rules. */
  private groups = new NumberMap()
  private readonly kept = new KeptNewest()
  private isDamaged = false
  private parts: SpoolPart[] = []
  private tail: Promise<unknown> = Promise.resolve()
  /** Running queries; each promise resolves when its query is over. */
  private readonly asked = new Set<Promise<void>>()
  /** The same for queries about the engine's size, which nobody waits for and which keep no memory in use. */
  private readonly probes = new Set<Promise<void>>()
  /** Files that no longer count, until the queries that may still read them are over. */
  private readonly leaving = new Set<Promise<void>>()
  private quiet: NodeJS.Timeout | null = null
  /** The engine locks its file for this process alone, so nobody else can have one. Ends on the monotonic clock, in milliseconds. */
  private readonly leases = new Map<string, { holder: string; until: number }>()
  private idle: NodeJS.Timeout | null = null
  /** Pending while memory is being released; queries wait for it. */
  private resting: Promise<void> = Promise.resolve()

  constructor(
    private readonly instance: DuckDBInstance,
    private readonly writer: DuckDBConnection,
    readonly spool: string,
    readonly engine: { name: string; version: string },
    private readonly warn: (message: string) => void,
    /** Idle time in milliseconds after which memory is released, and the memory limit in SQL's notation. */
    private readonly rest: { after: number; memory: string },
  ) {}

  /** Loads the state from the engine. False if a part is missing or damaged: then none of the data is valid. */
  async remember(): Promise<boolean> {
    const states = await rowsOf<BlobState>(this.writer, 'select * from blobs')
    this.states = new Map(states.map((state) => [state.id, state]))
    this.groups = new NumberMap()
    for await (const rows of batchesOf<Record<string, string>>(this.writer, 'select * from groups'))
      for (const group of rows) this.groups.set(Number(group.id), hash53(JSON.stringify(Object.values(group))))
    this.parts = await rowsOf<SpoolPart>(this.writer, 'select * from parts')
    const known = new Set(this.parts.map(({ file }) => file))
    for (const file of readdirSync(this.spool)) if (!known.has(file)) rmSync(join(this.spool, file), { force: true })
    const found = await Promise.allSettled(this.parts.map(({ file }) => checksumOf(join(this.spool, file))))
    const sound = found.every((one, i) => {
      const { bytes, crc } = this.parts[i]!
      return one.status === 'fulfilled' && one.value.bytes === bytes && one.value.crc === crc
    })
    if (!sound) return false
    // The stored view names files by the old path of the data directory, and columns of the version that created it.
    await this.writer.run(createTuples(this.parts, this.parquet))
    if (this.parts.length > 0) this.settleLater()
    return true
  }

  get isBroken(): boolean {
    return this.isDamaged || !existsSync(this.spool) || !existsSync(join(this.spool, '..', DATA_FILE))
  }

  /** Does nothing, because no other process can write. */
  async refresh(): Promise<void> {}

  async lease(name: string, holder: string, ms: number): Promise<boolean> {
    const now = performance.now()
    const held = this.leases.get(name)
    if (held !== undefined && held.holder !== holder && held.until > now) return false
    this.leases.set(name, { holder, until: now + ms })
    return ms > 0
  }

  blobs(): ReadonlyMap<number, BlobState> {
    return this.states
  }

  async query<Row>(question: Sql, signal?: AbortSignal): Promise<Row[]> {
    return gathered(this.stream<Row>(question, signal))
  }

  async *stream<Row>(question: Sql, signal?: AbortSignal): AsyncIterable<Row[]> {
    this.restLater()
    yield* this.told<Row>(question, signal)
  }

  private async *told<Row>(question: Sql, signal?: AbortSignal, among = this.asked): AsyncIterable<Row[]> {
    const whole = await settled(question, (of) => this.query(of, signal), this.kept.at(this.revision))
    await this.rested()
    let over!: () => void
    const asked = new Promise<void>((resolve) => {
      over = resolve
    })
    among.add(asked)
    try {
      yield* answer<Row>(this.instance, statementOf(whole), signal, () => {
        among.delete(asked)
        over()
      })
    } catch (error) {
      throw error instanceof Problem ? error : this.failed('DuckDB could not answer', error)
    }
  }

  /** Resolves when no memory is being released. */
  private async rested(): Promise<void> {
    for (let seen: Promise<void> | null = null; seen !== this.resting; ) {
      seen = this.resting
      await seen
    }
  }

  /** Restarts the idle time. `size()` does not, because probes call it all the time. */
  private restLater(): void {
    if (this.idle) clearTimeout(this.idle)
    this.idle = setTimeout(() => {
      this.idle = null
      const isBusy = () => this.asked.size > 0 || this.parts.length > 0
      if (isBusy()) return this.restLater()
      void this.inTurn(async () => {
        if (isBusy()) return this.restLater()
        this.kept.clear()
        this.resting = Promise.all(this.probes)
          .then(() => giveBack(this.writer, this.rest.memory))
          .catch((error: unknown) => this.warn(String(error)))
        await this.resting
      })
    }, this.rest.after)
    this.idle.unref()
  }

  append(batch: Batch): Promise<void> {
    this.restLater()
    return this.inTurn(() => this.write(batch))
  }

  async settle(): Promise<void> {
    while (this.parts.length > 0) await this.inTurn(() => this.settleSome())
    await Promise.all(this.leaving)
  }

  async size(): Promise<number> {
    if (this.isBroken) throw new Problem('busy', 'The data file is damaged, and is read anew', { retryAfter: RELIEF })
    const [used] = await gathered(this.told<{ bytes: number }>(SIZE, undefined, this.probes))
    return this.parts.reduce((sum, { bytes }) => sum + bytes, (used?.bytes ?? 0) + (await bytesIn(join(this.spool, '..', TEMP))))
  }

  private inTurn<Result>(act: () => Promise<Result>): Promise<Result> {
    const done = this.tail.then(act)
    this.tail = done.catch(() => {})
    return done
  }

  private readonly parquet = (parts: readonly SpoolPart[]): string =>
    `read_parquet([${parts.map(({ file }) => quote(join(this.spool, file))).join(', ')}])`

  private async transact(act: () => Promise<void>): Promise<void> {
    try {
      await this.writer.run('begin')
      await act()
      await this.writer.run('commit')
    } catch (error) {
      await this.writer.run('rollback').catch(() => {})
      throw this.failed('DuckDB could not store what was read', error)
    }
  }

  /** Converts the engine's error to a Problem. Damage is also recorded on disk, because only a restart can replace the file. */
  private failed(what: string, error: unknown): Problem {
    const message = error instanceof Error ? error.message : String(error)
    if (EXHAUSTED.test(message))
      return new Problem('limit', `${what}: it needs more memory than FLOWLENS_MEMORY leaves the engine; ask for less, or again`, {
        cause: error,
        retryAfter: RELIEF,
      })
    if (FULL.test(message)) {
      const advice = `${what}: no space is left in the data directory; free some, and ask again`
      return new Problem('busy', advice, { cause: error, retryAfter: RELIEF })
    }
    if (!DAMAGED.test(message)) return new Problem('store', `${what}; the log of the server has the details`, { cause: error })
    this.isDamaged = true
    try {
      writeFileSync(join(this.spool, '..', MARK), message)
    } catch (unwritable) {
      this.warn(`Data directory ${join(this.spool, '..')} is damaged and cannot be written: ${unwritable}`)
    }
    return new Problem('busy', `${what}: the data file is damaged, and is read anew; ask again`, { cause: error, retryAfter: RELIEF })
  }

  private async write(batch: Batch): Promise<void> {
    const fresh = await this.fresh(batch.groups)
    const gone = batch.forget.filter((id) => this.states.has(id))
    const written = batch.blobs.map((state) => state.id)
    while (this.isFull() || (gone.length > 0 && this.parts.length > 0)) await this.settleSome()
    const minutes = batch.parts.flatMap((part) => part.minutes ?? [])
    let parts: SpoolPart[] = []
    try {
      await this.transact(async () => {
        parts = batch.parts.map(partOf)
        if (gone.length > 0) {
          for (const { name } of [...SETTLED, { name: 'minutes' }, READS, REJECTIONS])
            await this.writer.run(`delete from ${name} where blob in (${gone.join(', ')})`)
        }
        const replaced = [...new Set([...gone, ...written])].filter((id) => this.states.has(id))
        if (replaced.length > 0) await this.writer.run(`delete from blobs where id in (${replaced.join(', ')})`)
        if (replaced.length > 0)
          await this.writer.run(
            `delete from rejections where reason in (${UNENDED.map(quote).join(', ')}) and blob in (${replaced.join(', ')})`,
          )
        const grown = batch.pieces.filter(({ blob }) => this.states.has(blob)).map(({ blob, from }) => `(${blob}, ${from})`)
        if (grown.length > 0) await this.writer.run(`delete from reads where (blob, from_byte) in (${grown.join(', ')})`)
        if (parts.length > 0) {
          const values = parts.map(({ file, rolled, rows, bytes, crc }) => `(${quote(file)}, ${rolled}, ${rows}, ${bytes}, ${crc})`)
          await this.writer.run(`insert into parts values ${values.join(', ')}`)
          await this.writer.run(createTuples([...this.parts, ...parts], this.parquet))
        }
        if (minutes.length > 0)
          await this.writer.run(`insert into minutes ${MINUTES_FROM_SPOOL} from read_parquet([${minutes.map(quote).join(', ')}])`)
        await this.insert(
          GROUPS,
          fresh.map(({ group }) => group),
        )
        await this.insert(BLOBS, batch.blobs)
        await this.insert(READS, batch.pieces)
        await this.insert(REJECTIONS, batch.rejections)
      })
    } catch (error) {
      for (const { file } of batch.parts) rmSync(file, { force: true })
      throw error
    } finally {
      for (const file of minutes) rmSync(file, { force: true })
    }
    this.parts.push(...parts)
    this.settleLater(batch.more ? MORE : QUIET)
    this.revision++
    for (const id of gone) this.states.delete(id)
    for (const state of batch.blobs) this.states.set(state.id, state)
    for (const { group, check } of fresh) this.groups.set(group.id, check)
  }

  private isFull(): boolean {
    return this.parts.length >= MOST_PARTS || this.parts.reduce((sum, { rows }) => sum + rows, 0) >= MOST_ROWS
  }

  /** Moves some parts into the tables, oldest first. */
  private async settleSome(): Promise<void> {
    const [first] = this.parts
    if (!first) return
    const some = [first]
    let rows = first.rows
    for (const part of this.parts.slice(1)) {
      rows += part.rows
      if (part.rolled !== first.rolled || rows > STEP_ROWS) break
      some.push(part)
    }
    const rest = this.parts.slice(some.length)
    await this.transact(async () => {
      for (const statement of settle(some, this.parquet)) await this.writer.run(statement)
      await this.writer.run(`delete from parts where file in (${some.map(({ file }) => quote(file)).join(', ')})`)
      await this.writer.run(createTuples(rest, this.parquet))
    })
    this.parts = rest
    this.remove(some)
  }

  private remove(parts: readonly SpoolPart[]): void {
    const left = Promise.all(this.asked).then(() => {
      for (const { file } of parts) rmSync(join(this.spool, file), { force: true })
      this.leaving.delete(left)
    })
    this.leaving.add(left)
  }

  private settleLater(delay = QUIET, tries = 0): void {
    if (this.quiet) clearTimeout(this.quiet)
    this.quiet = setTimeout(() => {
      this.quiet = null
      if (this.parts.length === 0) return
      if (this.asked.size > 0 && tries < PATIENCE) return this.settleLater(QUIET / 4, tries + 1)
      this.inTurn(() => this.settleSome()).then(
        () => this.quiet ?? this.settleLater(0),
        (error: unknown) => this.warn(error instanceof Error ? error.message : String(error)),
      )
    }, delay)
    this.quiet.unref()
  }

  /** Returns the groups that are not stored yet, each once with its checksum. */
  private async fresh(groups: readonly FlowGroup[]): Promise<{ group: FlowGroup; check: number }[]> {
    const fresh = new Map<number, { group: FlowGroup; check: number }>()
    for (const [i, group] of groups.entries()) {
      if (i % CHUNK === CHUNK - 1) await setImmediate()
      const check = checkOf(group)
      const known = this.groups.get(group.id) ?? fresh.get(group.id)?.check
      if (known === undefined) fresh.set(group.id, { group, check })
      else if (known !== check) throw new Problem('store', `Groups collide on the hash ${group.id}: ${JSON.stringify(group)} and another`)
    }
    return [...fresh.values()]
  }

  private async insert<Row>(table: Table<Row>, rows: readonly Row[]): Promise<void> {
    if (rows.length === 0) return
    const appender = await this.writer.createAppender(table.name)
    const types = typesOf(table)
    for (let from = 0; from < rows.length; from += CHUNK) {
      const chunk = DuckDBDataChunk.create(types)
      chunk.setRows(toValues(table, rows.slice(from, from + CHUNK)))
      appender.appendDataChunk(chunk)
      // Yields, so that a log with a hundred thousand rules does not delay other requests.
      await setImmediate()
    }
    appender.closeSync()
  }

  async close(): Promise<void> {
    for (const timer of [this.quiet, this.idle]) if (timer) clearTimeout(timer)
    await this.tail
    await Promise.race([Promise.all([...this.asked, ...this.probes]), sleep(LAST_WORDS, undefined, { ref: false })])
    this.writer.closeSync()
    this.instance.closeSync()
  }
}

async function gathered<Row>(batches: AsyncIterable<Row[]>): Promise<Row[]> {
  const rows: Row[] = []
  for await (const some of batches) for (const row of some) rows.push(row)
  return rows
}

/** Returns the bytes of a folder's files; 0 if the folder does not exist. A file that disappears in the meantime counts 0. */
async function bytesIn(folder: string): Promise<number> {
  const names = await readdir(folder).catch(() => [])
  const sizes = await Promise.all(
    names.map((name) =>
      stat(join(folder, name)).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}

function partOf({ file, minutes, ...rest }: SpoolFile): SpoolPart {
  return { file: basename(file), rolled: minutes !== null, ...rest }
}
