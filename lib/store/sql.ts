import type { Kept } from './kept'

/** An array is the operand of `in`, and engines bind it as one value; its texts are converted to lower case. */
export type SqlList = readonly number[] | readonly bigint[] | readonly string[]
export type SqlValue = string | number | bigint | SqlList

/** A subselect of one column that may be used after `in` many times in a statement; engines run it once. */
export class SharedRows {
  constructor(readonly rows: Sql) {}
}

/** Rows of values, bound column by column, to read from like a table; texts are not converted. */
export class BoundRows {
  constructor(readonly columns: Readonly<Record<string, SqlList>>) {}
}

/** A part of a statement that depends on the stored data: it is resolved by a query first (`settled.ts`). */
export class Pending {
  constructor(readonly ask: (query: <Row>(question: Sql) => Promise<Row[]>, kept: Kept, signal?: AbortSignal) => Promise<Sql>) {}
}

/** Condition that a text in lower case contains any, or every one, of many words. It becomes one expression, because engines take seconds to plan many. */
export class Holding {
  constructor(
    readonly text: Sql,
    /** ASCII in lower case. */
    readonly words: readonly string[],
    readonly how: 'any' | 'every',
  ) {}
}

/** A value of a statement, a part that occurs in it several times, or a part that is not resolved yet. */
export type Inserted = SqlValue | SharedRows | BoundRows | Holding | Pending

/** SQL text with its values kept separate: a value can only be bound, never become text. Created by `sql`, joined with the engine's own placeholders. */
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

export function join(items: readonly Sql[], separator: ', ' | ' and ' | ' or ' | ' + ' | ' union all '): Sql {
  return items.length === 0 ? sql`` : Sql.of(['', ...items.slice(1).map(() => separator), ''], items)
}
