import 'server-only'
import { randomBytes, randomInt, randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { ClickHouseClient } from '@clickhouse/client'
import { Problem } from '@/lib/flow/problem'
import type { BlobState } from '@/lib/flow/reading/blob'
import type { Piece } from '@/lib/flow/reading/piece'
import { HOUR } from '@/lib/flow/time/bucket'
import { FLUSH_LAG } from '@/lib/flow/view/view'
import { KeptNewest } from '@/lib/store/kept'
import { cellsOf, READS, REJECTIONS, rowFrom, type Table } from '@/lib/store/schema'
import { settled } from '@/lib/store/settled'
import { BoundRows, Sql, sql } from '@/lib/store/sql'
import type { Batch, Intake, Store } from '@/lib/store/store'
import { Arrivals } from './arrivals'
import { type Base, type Chain, extend, fresh, NAMED_WITHIN, placeOf, rankOf } from './chain'
import { bind, type ClickhousePlace, clickhouseProblem, decoderOf, openClient, serverTime } from './client'
import { type BlobRow, insertBlobs } from './insert'
import { takeLease } from './leases'
import { LostRows } from './lost'
import { narrowed } from './narrow'
import { STORED, schema, type TableLayout, withoutBlob } from './tables'

const DAY = 86_400
/** Spool files younger than this may still be in use by another instance. Milliseconds. */
const SPOOL_AGE = 3_600_000
/** Interval between two looks at what other instances stored. Milliseconds. */
const NEWS_AGE = 1000
/** Rows of another server may arrive this much later than their time. Milliseconds. */
const LATE = 30_000
/** Blobs whose chains are remembered whole, because something may be added to them soon. */
const MOST_OWN = 100_000
/** Lease of the instance that removes rows which do not count, and the interval between two rounds of all instances. Milliseconds. */
const REMOVAL = 'removal of rows that do not count'
const ROUND = 10 * 60_000

export interface ClickhouseOptions extends ClickhousePlace, TableLayout {
  /** Folder for spool files, created if it does not exist. */
  spool: string
  /** Told what was removed, and what failed in the background. */
  tell?: (message: string) => void
  /** Interval between two rounds that remove rows which do not count, milliseconds. */
  round?: number
}

/** What is remembered of the chain of a blob that counts. Its marks, pieces and rejections are looked up when something is added to it. */
interface Known extends Pick<Chain, 'state' | 'loaded'> {
  /** Hour of its rows in the table of blobs, which stays the same: a rank decides only among the rows of one key. */
  hour: number
  rank: bigint
}

/** The chain that this instance stored last for a blob. */
interface Own extends Base {
  rank: bigint
}

type StoredBlob = Omit<BlobRow, 'forgotten'> & { forgotten: boolean }
type StoredState = Pick<StoredBlob, 'hour' | 'id' | 'rank' | 'forgotten' | 'state' | 'loaded'> & { stored: number }

class ClickhouseStore implements Store {
  revision = 0
  /** Each insert makes a part, and each part is merged later: the fewer inserts, the less is written twice. */
  readonly intake: Intake = { rows: 1_000_000, patience: 1000, spooling: 'packed', appends: 2 }
  private readonly states = new Map<number, BlobState>()
  /** What counts of each blob, as far as this instance knows. */
  private readonly known = new Map<number, Known>()
  /** The chains that this instance stored last, by blob, even if others count; of MOST_OWN blobs, the last one added to last. */
  private readonly own = new Map<number, Own>()
  private readonly texts = new Map<string, string>()
  private readonly kept = new KeptNewest()
  private readonly arrivals: Arrivals
  /** The last append, until it has failed. */
  private appended: Promise<void> = Promise.resolve()
  private tail: Promise<unknown> = Promise.resolve()
  private news: { at: number; done: Promise<void> } | null = null
  /** Newest `stored` time seen, epoch milliseconds of the server's clock. */
  private seen = 0
  /** A moment before `known` was read last, epoch milliseconds of the server's clock. */
  private learned = 0
  private readonly keepDays: number | null
  readonly spool: string
  private readonly holder = randomUUID()
  private readonly closing = new AbortController()
  private readonly rounds: NodeJS.Timeout
  private removing: Promise<void> = Promise.resolve()
  /** The last failure of a round, which is told once. */
  private told = ''

  constructor(
    private readonly client: ClickHouseClient,
    readonly engine: { name: string; version: string },
    private readonly options: ClickhouseOptions,
  ) {
    this.spool = options.spool
    this.keepDays = options.keepDays
    this.arrivals = new Arrivals(client)
    this.rounds = setInterval(() => {
      this.removing = this.removing.then(() => this.removeLost())
    }, options.round ?? ROUND)
    this.rounds.unref()
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
    try {
      const whole = await settled(question, (of) => this.query(of, signal), this.kept.at(this.revision), signal)
      const format = 'JSONCompactEachRowWithNamesAndTypes'
      const { query, query_params } = bind(whole)
      const narrow = narrowed(query, query_params, this.keepDays)
      const result = await this.client.query({ query: narrow, query_params, format, ...(signal && { abort_signal: signal }) })
      let names: string[] | null = null
      let decoders: ReturnType<typeof decoderOf>[] | null = null
      for await (const lines of result.stream<unknown[]>()) {
        const rows: Row[] = []
        for (const line of lines) {
          const cells = line.json()
          if (names === null) names = cells as string[]
          else if (decoders === null) decoders = (cells as string[]).map(decoderOf)
          else rows.push(Object.fromEntries(cells.map((cell, i) => [names![i], decoders![i]!(cell)])) as Row)
        }
        if (signal?.aborted) throw new Problem('cancelled', 'Question was cancelled')
        if (rows.length > 0) yield rows
      }
      if (signal?.aborted) throw new Problem('cancelled', 'Question was cancelled')
    } catch (error) {
      if (error instanceof Problem) throw error
      if (signal?.aborted) throw new Problem('cancelled', 'Question was cancelled', { cause: error })
      throw clickhouseProblem('could not answer', error)
    }
  }

  async lease(name: string, holder: string, ms: number): Promise<boolean> {
    try {
      return await takeLease(this.client, { name, holder, ms })
    } catch (error) {
      throw clickhouseProblem('could not tell who holds a lease', error)
    }
  }

  append(batch: Batch): Promise<void> {
    const before = this.appended
    const loads = batch.parts.map(() => randomBytes(8).readBigUInt64BE())
    const brought = this.arrivals.bring(batch, loads)
    brought.catch(() => {})
    const done = this.inTurn(async () => {
      try {
        const sure = await brought
        // Rows that follow rows which were not stored must not count.
        await before
        await this.count(batch, loads, sure)
      } catch (error) {
        throw clickhouseProblem('could not store what was read', error)
      }
    })
    this.appended = done
    done.catch(() => {
      if (this.appended === done) this.appended = Promise.resolve()
    })
    return done
  }

  /** Does nothing: rows are in their fastest form from their append on. */
  async settle(): Promise<void> {}

  async size(): Promise<number> {
    const question = sql`select sum(bytes_on_disk) as bytes from system.parts where database = currentDatabase() and active = 1`
    return (await this.query<{ bytes: number | null }>(question))[0]?.bytes ?? 0
  }

  async close(): Promise<void> {
    clearInterval(this.rounds)
    this.closing.abort()
    await this.removing
    await this.tail
    await this.client.close()
  }

  get isBroken(): boolean {
    return !existsSync(this.spool)
  }

  async refresh(): Promise<void> {
    const now = Date.now()
    if (this.news === null || now - this.news.at > NEWS_AGE) this.news = { at: now, done: this.inTurn(() => this.learn()) }
    await this.news.done
  }

  /** Removes some of the rows that do not count, if no other instance has done so within the last interval. */
  private async removeLost(): Promise<void> {
    const { round = ROUND, tell } = this.options
    const isMine = () => this.lease(REMOVAL, this.holder, round)
    try {
      if (this.closing.signal.aborted || !(await isMine())) return
      const turn = Math.floor((await serverTime(this.client)) / round)
      const { rows, marks } = await new LostRows(this.client, this.options, this.closing.signal, isMine).remove(turn)
      if (marks > 0) tell?.(`Removed ${rows} rows of ${marks} readings from ClickHouse that did not count`)
    } catch (error) {
      const { message } = clickhouseProblem('could not remove rows that do not count', error)
      if (!this.closing.signal.aborted && message !== this.told) tell?.(message)
      this.told = message
    }
  }

  private inTurn<Result>(act: () => Promise<Result>): Promise<Result> {
    const done = this.tail.then(act)
    this.tail = done.catch(() => {})
    return done
  }

  /** Makes the rows count that were stored under these marks after the moment `sure`. */
  private async count(batch: Batch, loads: readonly bigint[], sure: number): Promise<void> {
    if (sure - this.learned > NAMED_WITHIN / 2) await this.learn()
    const chains = this.chainsOf(batch, loads, sure, await this.basesOf(batch, sure))
    const until = [...chains.values()].reduce((earliest, base) => Math.min(earliest, base.sure), Number.POSITIVE_INFINITY) + NAMED_WITHIN
    const ranked = [...chains].map(([id, base]) => ({
      id,
      base,
      rank: rankOf(base.chain, randomInt(2 ** 24)),
      hour: this.hourOf(id, base),
    }))
    const rows = ranked.map(({ id, base, rank, hour }) => rowOf(id, hour, rank, base.chain))
    if (rows.length > 0) await insertBlobs(this.client, rows, randomBytes(8).toString('hex'), until)
    this.revision++
    for (const { id, base, rank, hour } of ranked) {
      this.own.delete(id)
      this.own.set(id, { ...base, rank })
      const { state, loaded } = base.chain
      this.take(id, { hour, rank, state, loaded })
    }
    for (const id of this.own.keys()) {
      if (this.own.size <= MOST_OWN) break
      this.own.delete(id)
    }
    await this.learn()
  }

  private hourOf(id: number, { chain }: Base): number {
    return this.known.get(id)?.hour ?? chain.state?.hour ?? -1
  }

  /** Returns the chain that the batch makes of each blob, without blobs that another instance has read further in the meantime. */
  private chainsOf(batch: Batch, loads: readonly bigint[], sure: number, bases: ReadonlyMap<number, readonly Base[]>): Map<number, Base> {
    const now = Math.floor(Date.now() / 1000)
    const pieces = new Map(batch.pieces.map((piece) => [piece.blob, piece]))
    const chains = new Map<number, Base>()
    for (const id of batch.forget) {
      const last = this.known.get(id)
      this.own.delete(id)
      if (last?.state) chains.set(id, fresh(placeOf(last.rank), now))
    }
    for (const state of batch.blobs) {
      const begun = chains.get(state.id)
      const followed = begun ? [begun] : (bases.get(state.id) ?? [])
      const base = extend(followed.length === 0 ? [fresh(null, now)] : followed, {
        state,
        from: batch.from?.get(state.id) ?? null,
        piece: pieces.get(state.id) ?? null,
        rejections: batch.rejections.filter(({ blob }) => blob === state.id),
        marks: loads.map((load) => load ^ BigInt(state.id)),
        sure,
        now,
      })
      if (base) chains.set(state.id, base)
    }
    return chains
  }

  /**
   * Returns the chains that the additions to each blob may follow at the moment `now`: this instance's own, unless its rows may be removed by then, and the one
   * that counts, which is looked up if another instance stored it.
   */
  private async basesOf({ blobs, forget }: Batch, now: number): Promise<Map<number, Base[]>> {
    const gone = new Set(forget)
    const bases = new Map<number, Base[]>()
    const others: number[] = []
    for (const { id } of blobs) {
      const known = this.known.get(id)
      if (known === undefined || (gone.has(id) && known.state)) continue
      const own = gone.has(id) ? undefined : this.own.get(id)
      const isCounted = own?.rank === known.rank
      if (!isCounted) others.push(id)
      const base = own && { chain: own.chain, sure: isCounted ? this.learned : own.sure }
      bases.set(id, base && (isCounted || now < base.sure + NAMED_WITHIN) ? [base] : [])
    }
    for (const [id, chain] of await this.chains(others)) bases.get(id)!.push({ chain, sure: this.learned })
    return bases
  }

  /** Looks up the chains of known blobs that count now. What is no longer stored is forgotten. */
  private async chains(ids: readonly number[]): Promise<Map<number, Chain>> {
    const found = new Map<number, Chain>()
    if (ids.length === 0) return found
    const hours = ids.map((id) => this.known.get(id)!.hour)
    const rows = await this.query<StoredBlob>(
      sql`select hour, id, toString(rank) as rank, forgotten, arrayMap(mark -> toString(mark), marks) as marks, state, pieces, rejections,
          toUnixTimestamp(loaded) as loaded
        from ${BLOBS} final where (hour, id) in ${new BoundRows({ hour: hours, id: [...ids] })}`,
    )
    for (const row of rows) {
      const chain = chainOf(row)
      found.set(Number(row.id), chain)
      this.take(Number(row.id), { hour: row.hour, rank: BigInt(row.rank), state: chain.state, loaded: row.loaded })
    }
    for (const id of ids) if (!found.has(id)) this.drop(id)
    return found
  }

  /** Reads what counts now, of all instances. */
  async learn(): Promise<void> {
    const now = await serverTime(this.client)
    const since = this.seen - LATE
    // Selects by the key, so that only new rows are merged.
    const newer = sql`(hour, id) in (select hour, id from ${BLOBS} where stored >= fromUnixTimestamp64Milli(${since}))`
    const news = this.stream<StoredState>(
      sql`select hour, id, toString(rank) as rank, forgotten, state, toUnixTimestamp(loaded) as loaded, toUnixTimestamp64Milli(stored) as stored
        from ${BLOBS} final where ${this.seen === 0 ? sql`1 = 1` : newer}`,
    )
    let [isNew, newest] = [false, this.seen]
    try {
      for await (const rows of news)
        for (const { hour, id, rank, forgotten, state, loaded, stored } of rows) {
          newest = Math.max(newest, stored)
          if (BigInt(rank) <= this.rankOf(id)) continue
          this.take(id, { hour, rank: BigInt(rank), state: forgotten ? null : this.stateOf(state), loaded })
          isNew = true
        }
      this.seen = newest
      this.learned = now
      if (this.expire()) isNew = true
    } finally {
      // Only now, because whoever sees the number may remember what it saw.
      if (isNew) this.revision++
    }
  }

  /** Drops what has been kept for long enough. True if it had states. */
  private expire(): boolean {
    if (this.keepDays === null) return false
    const oldest = Math.floor(Date.now() / 1000) - this.keepDays * DAY
    const states = this.states.size
    for (const [id, { loaded }] of this.known) if (loaded <= oldest) this.drop(id)
    return this.states.size < states
  }

  /** Reads a state. Texts that blobs share are kept once. */
  private stateOf(json: string): BlobState {
    const state = JSON.parse(json) as BlobState
    for (const name of SHARED) if (state[name] !== null) state[name] = this.shared(state[name])
    return state
  }

  private shared(text: string): string {
    const known = this.texts.get(text)
    if (known === undefined) this.texts.set(text, text)
    return known ?? text
  }

  private rankOf(id: number): bigint {
    return this.known.get(id)?.rank ?? -1n
  }

  private drop(id: number): void {
    for (const map of [this.known, this.own, this.states]) map.delete(id)
  }

  /** Remembers what counts if it ranks higher than what is known. */
  private take(id: number, known: Known): void {
    if (this.rankOf(id) >= known.rank) return
    this.known.set(id, known)
    if (known.state) this.states.set(id, known.state)
    else this.states.delete(id)
  }
}

const BLOBS = Sql.of([STORED.blobs], [])
const SHARED = ['source', 'container', 'scope', 'mac', 'log'] as const
const PIECES = withoutBlob(READS) as Table<Piece>
const REFUSED = withoutBlob(REJECTIONS) as Table<Chain['rejections'][number]>

/** The times of a blob's rows, and whether they may be other than those of its hour. */
function timesOf(state: BlobState | null, hour: number): Pick<BlobRow, 'first' | 'last' | 'strayed'> {
  if (state === null || (state.first === null && state.tuples === 0)) return { first: 0, last: -1, strayed: false }
  const { first, last } = state
  if (first === null || last === null) return { first: Number.MIN_SAFE_INTEGER, last: Number.MAX_SAFE_INTEGER, strayed: true }
  return { first, last, strayed: hour < 0 || first < hour - FLUSH_LAG || last >= hour + HOUR }
}

function rowOf(id: number, hour: number, rank: bigint, chain: Chain): BlobRow {
  return {
    hour,
    id,
    rank: String(rank),
    forgotten: chain.state === null,
    marks: chain.marks.map(String),
    state: chain.state === null ? '' : JSON.stringify(chain.state),
    pieces: chain.pieces.map((piece) => cellsOf(PIECES, piece)),
    rejections: chain.rejections.map((rejection) => cellsOf(REFUSED, rejection)),
    loaded: chain.loaded,
    ...timesOf(chain.state, hour),
  }
}

function chainOf(row: StoredBlob): Chain {
  return {
    ...placeOf(BigInt(row.rank)),
    state: row.forgotten ? null : (JSON.parse(row.state) as BlobState),
    marks: row.marks.map(BigInt),
    pieces: row.pieces.map((cells) => rowFrom(PIECES, cells)),
    rejections: row.rejections.map((cells) => rowFrom(REFUSED, cells)),
    loaded: row.loaded,
  }
}

/** Removes files that an instance left behind when it was killed. */
function clearSpool(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  for (const name of readdirSync(folder)) {
    const file = join(folder, name)
    if (Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0) > SPOOL_AGE) rmSync(file, { force: true })
  }
}

/** Creates missing tables. Without that permission, all tables must exist. */
async function prepare(options: ClickhouseOptions): Promise<void> {
  const client = openClient({ ...options, database: 'default' })
  try {
    for (const query of schema(options)) await client.command({ query })
  } finally {
    await client.close()
  }
}

/**
 * Opens ClickHouse as the store, which any number of instances may share. Creates missing tables.
 * @throws Problem `store` if it cannot be reached, or if tables are missing and may not be created
 */
export async function openClickhouse(options: ClickhouseOptions): Promise<Store> {
  clearSpool(options.spool)
  const client = openClient(options)
  try {
    await prepare(options)
    const result = await client.query({ query: 'select version() as version', format: 'JSONEachRow' })
    const [row] = await result.json<{ version: string }>()
    const store = new ClickhouseStore(client, { name: 'clickhouse', version: row?.version ?? '' }, options)
    await store.learn()
    return store
  } catch (error) {
    await client.close()
    throw clickhouseProblem('cannot be used', error)
  }
}
