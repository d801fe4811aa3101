import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { setImmediate, setTimeout as sleep } from 'node:timers/promises'
import { type DuckDBConnection, DuckDBDataChunk, type DuckDBInstance } from '@duckdb/node-api'
import { hash53 } from '@/lib/flow/hash'
import { Problem } from '@/lib/flow/problem'
import { type BlobState, UNENDED } from '@/lib/flow/reading/blob'
import type { FlowGroup } from '@/lib/flow/tuple'
import { BLOBS, cellsOf, GROUPS, READS, REJECTIONS, type Table } from '@/lib/store/schema'
import { settled } from '@/lib/store/settled'
import { checksumOf } from '@/lib/store/spool/checksum'
import { Kept, type Sql, sql } from '@/lib/store/sql'
import type { Batch, Intake, SpoolFile, Store } from '@/lib/store/store'
import { answer } from './answer'
import { NumberMap } from './number-map'
import { statementOf } from './statement'
import { createTuples, MINUTES_FROM_SPOOL, type Part, SETTLED, settle, toValues, typesOf } from './tables'
import { batchesOf, quote, rowsOf } from './values'

const CHUNK = 2048
/** Parts are settled when nothing was stored and nothing asked for this long. Milliseconds. */
const QUIET = 1000
/** The same while more was to follow. */
const MORE = 15_000
/** So often they are put off because questions are under way. */
const PATIENCE = 20
/** Rows that one transaction settles, so that what is to be stored meanwhile need not wait long. */
const STEP_ROWS = 1_000_000
/** Rows and parts that may wait; more are settled before anything else is stored. */
const MOST_ROWS = 32_000_000
const MOST_PARTS = 256

/** What the engine says when a block of its file is not what was written, or after that, and when a spool file has vanished or is not what was written. */
const DAMAGED =
  /corrupt|checksum|invalidated|fatal error|no files found|no such file|^io error|magic bytes|too small to be a parquet|^invalid error|deserialize/i
/** What the engine says when the disk is full. */
const FULL = /no space left|disk (?:is )?full|max_temp_directory_size/i
/** What the engine says when a question needs more memory than it has, and cannot put it on disk. */
const EXHAUSTED = /^Out of Memory/i
/** Seconds after which there may be more. */
const RELIEF = 5
/** Questions of a store that is closed may go on for so long. Milliseconds. */
const LAST_WORDS = 2000
/** The engine's file, and the folder of what does not fit into its memory while it answers. */
export const DATA_FILE = 'tuples.duckdb'
export const TEMP = 'temp'
/** A file beside the engine's that says that it is damaged, so that it is set aside when it is opened next. */
export const MARK = 'tuples.duckdb.broken'

/** Tuples in DuckDB: those of spool files at once, and settled into its own tables when nobody asks. */
export class DuckdbStore implements Store {
  revision = 0
  readonly intake: Intake = { rows: 200_000, patience: 150, spooling: 'plain', appends: 1 }
  private states = new Map<number, BlobState>()
  /** Check sum of every group that is stored, by id: names would fill the memory where a hostile log has millions of rules. */
  private groups = new NumberMap()
  private readonly kept = new Kept()
  private isDamaged = false
  private parts: Part[] = []
  private tail: Promise<unknown> = Promise.resolve()
  /** Questions under way, each over when its promise resolves. */
  private readonly asked = new Set<Promise<void>>()
  /** Files that count no more, until those who may still read them are done. */
  private readonly leaving = new Set<Promise<void>>()
  private quiet: NodeJS.Timeout | null = null

  constructor(
    private readonly instance: DuckDBInstance,
    private readonly writer: DuckDBConnection,
    readonly spool: string,
    readonly engine: { name: string; version: string },
    private readonly warn: (message: string) => void,
  ) {}

  /** False when a part is missing or not as it was written: then nothing stands. */
  async remember(): Promise<boolean> {
    const states = await rowsOf<BlobState>(this.writer, 'select * from blobs')
    this.states = new Map(states.map((state) => [state.id, state]))
    this.groups = new NumberMap()
    for await (const rows of batchesOf<Record<string, string>>(this.writer, 'select * from groups'))
      for (const group of rows) this.groups.set(Number(group.id), hash53(JSON.stringify(Object.values(group))))
    this.parts = await rowsOf<Part>(this.writer, 'select * from parts')
    const known = new Set(this.parts.map(({ file }) => file))
    for (const file of readdirSync(this.spool)) if (!known.has(file)) rmSync(join(this.spool, file), { force: true })
    const found = await Promise.allSettled(this.parts.map(({ file }) => checksumOf(join(this.spool, file))))
    const sound = found.every((one, i) => {
      const { bytes, crc } = this.parts[i]!
      return one.status === 'fulfilled' && one.value.bytes === bytes && one.value.crc === crc
    })
    if (!sound) return false
    // The view names files by where the data directory was then, and columns of the version that made it.
    await this.writer.run(createTuples(this.parts, this.parquet))
    if (this.parts.length > 0) this.settleLater()
    return true
  }

  get isBroken(): boolean {
    return this.isDamaged || !existsSync(this.spool) || !existsSync(join(this.spool, '..', DATA_FILE))
  }

  /** Nobody else can write. */
  async refresh(): Promise<void> {}

  blobs(): ReadonlyMap<number, BlobState> {
    return this.states
  }

  async query<Row>(question: Sql, signal?: AbortSignal): Promise<Row[]> {
    const rows: Row[] = []
    for await (const some of this.stream<Row>(question, signal)) for (const row of some) rows.push(row)
    return rows
  }

  async *stream<Row>(question: Sql, signal?: AbortSignal): AsyncIterable<Row[]> {
    const whole = await settled(question, (of) => this.query(of, signal), this.kept.at(this.revision))
    let over!: () => void
    const asked = new Promise<void>((resolve) => {
      over = resolve
    })
    this.asked.add(asked)
    try {
      yield* answer<Row>(this.instance, statementOf(whole), signal, () => {
        this.asked.delete(asked)
        over()
      })
    } catch (error) {
      throw error instanceof Problem ? error : this.failed('DuckDB could not answer', error)
    }
  }

  append(batch: Batch): Promise<void> {
    return this.inTurn(() => this.write(batch))
  }

  async settle(): Promise<void> {
    while (this.parts.length > 0) await this.inTurn(() => this.settleSome())
    await Promise.all(this.leaving)
  }

  async size(): Promise<number> {
    if (this.isBroken) throw new Problem('busy', 'The data file is damaged, and is read anew', { retryAfter: RELIEF })
    const [used] = await this.query<{ bytes: number }>(sql`select used_blocks * block_size as bytes from pragma_database_size()`)
    return this.parts.reduce((sum, { bytes }) => sum + bytes, (used?.bytes ?? 0) + (await bytesIn(join(this.spool, '..', TEMP))))
  }

  private inTurn<Result>(act: () => Promise<Result>): Promise<Result> {
    const done = this.tail.then(act)
    this.tail = done.catch(() => {})
    return done
  }

  private readonly parquet = (parts: readonly Part[]): string =>
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

  /** The engine's error as a Problem; a damaged file is remembered beyond this process, since only one that is opened anew can replace it. */
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
    let parts: Part[] = []
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

  /** Moves some parts, oldest first, into the tables. */
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

  private remove(parts: readonly Part[]): void {
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

  /** Groups not stored yet, each once with its check sum. */
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
      // A log with a hundred thousand rules must not keep others from their answers.
      await setImmediate()
    }
    appender.closeSync()
  }

  async close(): Promise<void> {
    if (this.quiet) clearTimeout(this.quiet)
    await this.tail
    await Promise.race([Promise.all(this.asked), sleep(LAST_WORDS, undefined, { ref: false })])
    this.writer.closeSync()
    this.instance.closeSync()
  }
}

/** Bytes of a folder's files; none where it is not there, or one of them goes meanwhile. */
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

function checkOf(group: FlowGroup): number {
  return hash53(JSON.stringify(cellsOf(GROUPS, group)))
}

function partOf({ file, minutes, ...rest }: SpoolFile): Part {
  return { file: basename(file), rolled: minutes !== null, ...rest }
}
