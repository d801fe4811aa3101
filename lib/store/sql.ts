/** An array stands behind `in`, and engines bind it as one value; texts in it are taken in lower case. */
export type SqlList = readonly number[] | readonly bigint[] | readonly string[]
export type SqlValue = string | number | bigint | SqlList

/** A subselect of one column that may stand behind `in` many times in a statement, for an engine to run once. */
export class Shared {
  constructor(readonly rows: Sql) {}
}

/** Rows of values, bound column by column, as a table to read from; texts in it are as they are. */
export class Rows {
  constructor(readonly columns: Readonly<Record<string, SqlList>>) {}
}

/** A part of a statement that depends on what the store holds: it is known once that has been asked (`settled.ts`). */
export class Pending {
  constructor(readonly ask: (query: <Row>(question: Sql) => Promise<Row[]>, kept: Kept) => Promise<Sql>) {}
}

/** Whether a text in lower case holds any, or every one, of many words: told by one expression, since engines plan many of them for seconds. */
export class Holding {
  constructor(
    readonly text: Sql,
    /** ASCII in lower case. */
    readonly words: readonly string[],
    readonly how: 'any' | 'every',
  ) {}
}

/** Most things that are kept. */
const KEPT = 32

/** What questions have learnt of the rows that a store holds, for as long as it holds the same. */
export class Kept {
  private readonly things = new Map<string, unknown>()
  private revision = -1

  /** The same, emptied where the store has changed. */
  at(revision: number): Kept {
    if (revision !== this.revision) this.things.clear()
    this.revision = revision
    return this
  }

  /** What `make` gives for the key, made once for all who ask at the same time. One who gives up, or fails, leaves it to the others. */
  async get<Thing>(key: string, make: () => Promise<Thing>): Promise<Thing> {
    const known = this.things.get(key) as Promise<Thing> | undefined
    if (known) {
      try {
        return await known
      } catch {
        // That is another's failure, which may be that nobody waits for it.
      }
    }
    const made = make()
    this.things.set(key, made)
    if (this.things.size > KEPT) this.things.delete(this.things.keys().next().value!)
    made.catch(() => {
      if (this.things.get(key) === made) this.things.delete(key)
    })
    return made
  }
}

/** A value that a statement takes, a part that stands in it several times, or one that is not known yet. */
export type Inserted = SqlValue | Shared | Rows | Holding | Pending

/** SQL text with its values apart: a value can only be bound, never become text. Made by `sql`, joined with the engine's own placeholders. */
export class Sql {
  private constructor(
    readonly parts: readonly string[],
    readonly values: readonly Inserted[],
  ) {}

  static of(strings: readonly string[], inserted: readonly (Inserted | Sql)[]): Sql {
    const parts: string[] = [strings[0] ?? '']
    const values: Inserted[] = []
    inserted.forEach((value, i) => {
      if (value instanceof Sql) {
        parts[parts.length - 1] += value.parts[0] ?? ''
        for (const part of value.parts.slice(1)) parts.push(part)
        for (const one of value.values) values.push(one)
        parts[parts.length - 1] += strings[i + 1] ?? ''
      } else {
        values.push(value)
        parts.push(strings[i + 1] ?? '')
      }
    })
    return new Sql(parts, values)
  }

  text(placeholder: (value: Inserted) => string): string {
    return this.parts.reduce((text, part, i) => (i === 0 ? part : text + placeholder(this.values[i - 1]!) + part), '')
  }
}

/** `` sql`select … where t >= ${from}` ``: an inserted Sql is spliced in, anything else is bound. */
export function sql(strings: TemplateStringsArray, ...inserted: (Inserted | Sql)[]): Sql {
  return Sql.of(strings, inserted)
}

export function join(items: readonly Sql[], separator: ', ' | ' and ' | ' or ' | ' union all '): Sql {
  return items.length === 0 ? sql`` : Sql.of(['', ...items.slice(1).map(() => separator), ''], items)
}
