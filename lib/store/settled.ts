import { type Inserted, type Kept, Pending, Shared, Sql } from './sql'

export type Query = <Row>(question: Sql) => Promise<Row[]>

/** The statement with everything in it that depends on what the store holds; the same is asked once. */
export async function settled(question: Sql, query: Query, kept: Kept): Promise<Sql> {
  const asked = new Map<Sql, Promise<unknown[]>>()
  const once: Query = <Row>(of: Sql) => {
    const rows = asked.get(of) ?? query<Row>(of)
    asked.set(of, rows)
    return rows as Promise<Row[]>
  }
  const shared = new Map<Shared, Promise<Shared>>()
  const whole = async (of: Sql): Promise<Sql> => {
    if (of.values.every((value) => !isOpen(value))) return of
    const values = await Promise.all(of.values.map(filled))
    return Sql.of(of.parts, values)
  }
  const filled = async (value: Inserted): Promise<Exclude<Inserted, Pending> | Sql> => {
    if (value instanceof Pending) return whole(await value.ask(once, kept))
    if (!(value instanceof Shared)) return value
    const known = shared.get(value) ?? whole(value.rows).then((rows) => (rows === value.rows ? value : new Shared(rows)))
    shared.set(value, known)
    return known
  }
  return whole(question)
}

function isOpen(value: Inserted): value is Shared | Pending {
  return value instanceof Pending || value instanceof Shared
}
