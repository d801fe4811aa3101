import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { Problem } from '@/lib/flow/problem'
import { EndedEarly, explainEnd, rowsIn } from './rows'
import type { Statement } from './statement'

/** An interrupt has no effect on a query that has not begun yet, so it is repeated until the query ends. Milliseconds. */
const INSIST = 50
/** Longest wait for the engine after an interrupt; then it is left running without anybody waiting. Milliseconds. */
const GRACE = 1000

function cancelled(cause?: unknown): Problem {
  return new Problem('cancelled', 'Question was cancelled', { cause })
}

/** Waits for the engine's next step; rejects with a Problem if it does not end in time after the query was cancelled. */
function step<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work
  return new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined
    const late = () => {
      timer = setTimeout(() => reject(cancelled()), GRACE)
    }
    if (signal.aborted) late()
    else signal.addEventListener('abort', late, { once: true })
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', late)
    }
    work.finally(done).then(resolve, reject)
  })
}

/**
 * Yields the rows of a statement, some thousand at a time, on its own connection. Calls `over` once the engine is done with it: after the last row, after an
 * error, or long after the caller has left.
 */
export async function* answer<Row>(
  instance: DuckDBInstance,
  statement: Statement,
  signal: AbortSignal | undefined,
  over: () => void,
): AsyncIterable<Row[]> {
  let connection: DuckDBConnection | null = null
  let insist: NodeJS.Timeout | undefined
  let running: Promise<unknown> = Promise.resolve()
  let isWhole = false
  const interrupt = () => {
    connection?.interrupt()
    insist ??= setInterval(interrupt, INSIST)
  }
  const run = <T>(work: Promise<T>): Promise<T> => {
    running = work.catch(() => {})
    return step(work, signal)
  }
  const refuse = () => {
    if (signal?.aborted) throw cancelled()
  }
  signal?.addEventListener('abort', interrupt)
  try {
    refuse()
    connection = await instance.connect()
    refuse()
    for await (const rows of rowsIn<Row>(connection, statement, run)) {
      refuse()
      yield rows
    }
    isWhole = true
  } catch (error) {
    if (signal?.aborted && !(error instanceof Problem)) throw cancelled(error)
    if (connection !== null && error instanceof EndedEarly) await run(explainEnd(connection, statement))
    throw error
  } finally {
    signal?.removeEventListener('abort', interrupt)
    void running.then(async () => {
      clearInterval(insist)
      // Rows that nobody fetched, in memory or on disk, would stay until the garbage collector finds their result; another statement drops them.
      if (!isWhole) await connection?.run('select 1').catch(() => {})
      connection?.closeSync()
      over()
    })
  }
}
