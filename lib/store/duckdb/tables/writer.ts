import { setImmediate } from 'node:timers/promises'
import { type DuckDBConnection, DuckDBDataChunk } from '@duckdb/node-api'
import type { Problem } from '@/lib/flow/problem'
import type { Table } from '@/lib/store/schema'
import { toValues, typesOf } from './tables'

/** Rows that are handed to the engine at a time. */
const CHUNK = 2048

/** The one connection that changes the engine's tables. */
export class Writer {
  private tail: Promise<unknown> = Promise.resolve()

  constructor(
    readonly connection: DuckDBConnection,
    private readonly failed: (what: string, error: unknown) => Problem,
  ) {}

  /** Runs `act` after everything that was given to it before. */
  inTurn<Result>(act: () => Promise<Result>): Promise<Result> {
    const done = this.tail.then(act)
    this.tail = done.catch(() => {})
    return done
  }

  /** Runs `act` in one transaction, all or nothing. */
  async transact(act: () => Promise<void>): Promise<void> {
    try {
      await this.run('begin')
      await act()
      await this.run('commit')
    } catch (error) {
      await this.run('rollback').catch(() => {})
      throw this.failed('DuckDB could not store what was read', error)
    }
  }

  async run(statement: string): Promise<void> {
    await this.connection.run(statement)
  }

  async insert<Row>(table: Table<Row>, rows: readonly Row[]): Promise<void> {
    if (rows.length === 0) return
    const appender = await this.connection.createAppender(table.name)
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

  /** Resolves when everything that was given to `inTurn` is done. */
  async done(): Promise<void> {
    await this.tail
  }
}
