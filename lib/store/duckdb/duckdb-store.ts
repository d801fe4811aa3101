import { setTimeout as sleep } from 'node:timers/promises'
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { Problem } from '@/lib/flow/problem'
import type { BlobState } from '@/lib/flow/reading/blob'
import { KeptNewest } from '@/lib/store/kept'
import type { TableCell } from '@/lib/store/schema'
import { settled } from '@/lib/store/settled'
import { type Sql, sql } from '@/lib/store/sql'
import type { Batch, Intake, Store } from '@/lib/store/store'
import { StoredGroups } from '@/lib/store/stored-groups'
import { DataFiles } from './data-files'
import { answer } from './engine/answer'
import { RELIEF } from './engine/failure'
import { batchesOf, rowsOf } from './engine/rows'
import { Running } from './engine/running'
import { statementOf } from './engine/statement'
import { giveBack, IdleMemory } from './idle-memory'
import { Leases } from './leases'
import { writeBatch } from './tables/batch'
import { Parts } from './tables/parts'
import { Writer } from './tables/writer'

/** Longest time that queries may continue after the store is closed. Milliseconds. */
const LAST_WORDS = 2000

const SIZE = sql`select used_blocks * block_size as bytes from pragma_database_size()`

/** Tuples in DuckDB: in spool files from their append on, and moved into its own tables when idle. */
export class DuckdbStore implements Store {
  revision = 0
  readonly intake: Intake = { rows: 200_000, patience: 150, spooling: 'plain', appends: 1 }
  readonly spool: string
  private states = new Map<number, BlobState>()
  private groups = new StoredGroups()
  private readonly kept = new KeptNewest()
  private readonly leases = new Leases()
  private readonly asked = new Running()
  /** Queries about the engine's size, which nobody waits for and which keep no memory in use. */
  private readonly probes = new Running()
  private readonly files: DataFiles
  private readonly writer: Writer
  private readonly parts: Parts
  private readonly memory: IdleMemory

  constructor(
    private readonly instance: DuckDBInstance,
    connection: DuckDBConnection,
    dir: string,
    readonly engine: { name: string; version: string },
    warn: (message: string) => void,
    /** Idle time in milliseconds after which memory is released, and the memory limit in SQL's notation. */
    rest: { after: number; memory: string },
  ) {
    this.files = new DataFiles(dir, warn)
    this.spool = this.files.spool
    this.writer = new Writer(connection, (what, error) => this.files.failed(what, error))
    this.parts = new Parts(this.spool, this.writer, this.asked, warn)
    const isBusy = () => this.asked.size > 0 || !this.parts.isEmpty
    this.memory = new IdleMemory(rest.after, this.writer, isBusy, async () => {
      this.kept.clear()
      await this.probes
        .over()
        .then(() => giveBack(connection, rest.memory))
        .catch((error: unknown) => warn(String(error)))
    })
  }

  /** Loads the state from the engine. False if a part is missing or damaged: then none of the data is valid. */
  async remember(): Promise<boolean> {
    const states = await rowsOf<BlobState>(this.writer.connection, 'select * from blobs')
    this.states = new Map(states.map((state) => [state.id, state]))
    this.groups = new StoredGroups()
    for await (const rows of batchesOf<Record<string, TableCell>>(this.writer.connection, 'select * from groups'))
      for (const group of rows) this.groups.load(Object.values(group))
    return this.parts.load()
  }

  get isBroken(): boolean {
    return this.files.isBroken
  }

  /** Does nothing, because no other process can write. */
  async refresh(): Promise<void> {}

  async lease(name: string, holder: string, ms: number): Promise<boolean> {
    return this.leases.take(name, holder, ms)
  }

  blobs(): ReadonlyMap<number, BlobState> {
    return this.states
  }

  async query<Row>(question: Sql, signal?: AbortSignal): Promise<Row[]> {
    return gathered(this.stream<Row>(question, signal))
  }

  async *stream<Row>(question: Sql, signal?: AbortSignal): AsyncIterable<Row[]> {
    this.memory.used()
    yield* this.told<Row>(question, signal)
  }

  private async *told<Row>(question: Sql, signal?: AbortSignal, among = this.asked): AsyncIterable<Row[]> {
    const whole = await settled(question, (of) => this.query(of, signal), this.kept.at(this.revision), signal)
    await this.memory.released()
    const over = among.begin()
    try {
      yield* answer<Row>(this.instance, statementOf(whole), signal, over)
    } catch (error) {
      throw error instanceof Problem ? error : this.files.failed('DuckDB could not answer', error)
    }
  }

  append(batch: Batch): Promise<void> {
    this.memory.used()
    return this.writer.inTurn(() => this.write(batch))
  }

  private async write(batch: Batch): Promise<void> {
    const fresh = await this.groups.newOf(batch.groups)
    const has = (blob: number) => this.states.has(blob)
    const isForgetting = batch.forget.some(has)
    while (this.parts.isFull || (isForgetting && !this.parts.isEmpty)) await this.parts.settleSome()
    const parts = await writeBatch(this.writer, this.parts, batch, { groups: fresh.map(({ group }) => group), has })
    this.parts.add(parts, batch.more ?? false)
    this.revision++
    for (const id of batch.forget) this.states.delete(id)
    for (const state of batch.blobs) this.states.set(state.id, state)
    this.groups.add(fresh)
  }

  settle(): Promise<void> {
    return this.parts.settle()
  }

  /** Does not count as a use of the engine, because probes call it all the time. */
  async size(): Promise<number> {
    if (this.isBroken) throw new Problem('busy', 'The data file is damaged, and is read anew', { retryAfter: RELIEF })
    const [used] = await gathered(this.told<{ bytes: number }>(SIZE, undefined, this.probes))
    return (used?.bytes ?? 0) + this.parts.bytes + (await this.files.temporary())
  }

  async close(): Promise<void> {
    this.parts.stop()
    this.memory.stop()
    await this.writer.done()
    await Promise.race([Promise.all([this.asked.over(), this.probes.over()]), sleep(LAST_WORDS, undefined, { ref: false })])
    this.writer.connection.closeSync()
    this.instance.closeSync()
  }
}

async function gathered<Row>(batches: AsyncIterable<Row[]>): Promise<Row[]> {
  const rows: Row[] = []
  for await (const some of batches) for (const row of some) rows.push(row)
  return rows
}
