import type { Kept } from './kept'
import { type Inserted, Pending, SharedRows, Sql } from './sql'

export type Query = <Row>(question: Sql) => Promise<Row[]>

/** Returns the statement with all pending parts resolved; a part that occurs several times is resolved once, and equal queries run once. */
export async function settled(question: Sql, query: Query, kept: Kept, signal?: AbortSignal): Promise<Sql> {
  const asked = new Map<Sql, Promise<unknown[]>>()
  const once: Query = <Row>(of: Sql) => {
    const rows = asked.get(of) ?? query<Row>(of)
    asked.set(of, rows)
    return rows as Promise<Row[]>
  }
  const shared = new Map<SharedRows, Promise<SharedRows>>()
  const whole = async (of: Sql): Promise<Sql> => {
    if (of.values.every((value) => !isOpen(value))) return of
    const values = await Promise.all(of.values.map(filled))
    return Sql.of(of.parts, values)
  }
  const resolved = new Map<Pending, Promise<Sql>>()
  const filled = async (value: Inserted): Promise<Exclude<Inserted, Pending> | Sql> => {
    if (value instanceof Pending) {
      const known = resolved.get(value) ?? value.ask(once, kept, signal).then(whole)
      resolved.set(value, known)
      return known
    }
    if (!(value instanceof SharedRows)) return value
    const known = shared.get(value) ?? whole(value.rows).then((rows) => (rows === value.rows ? value : new SharedRows(rows)))
    shared.set(value, known)
    return known
  }
  return whole(question)
}

function isOpen(value: Inserted): value is SharedRows | Pending {
  return value instanceof Pending || value instanceof SharedRows
}
