/** An array of integers stands behind `in`; engines bind it as one value. */
export type SqlValue = string | number | bigint | readonly number[]

/** SQL text with its values apart: a value can only be bound, never become text. Made by `sql`, joined with the engine's own placeholders. */
export class Sql {
  private constructor(
    readonly parts: readonly string[],
    readonly values: readonly SqlValue[],
  ) {}

  static of(strings: readonly string[], inserted: readonly (SqlValue | Sql)[]): Sql {
    const parts: string[] = [strings[0] ?? '']
    const values: SqlValue[] = []
    inserted.forEach((value, i) => {
      if (value instanceof Sql) {
        parts[parts.length - 1] += value.parts[0] ?? ''
        parts.push(...value.parts.slice(1))
        values.push(...value.values)
        parts[parts.length - 1] += strings[i + 1] ?? ''
      } else {
        values.push(value)
        parts.push(strings[i + 1] ?? '')
      }
    })
    return new Sql(parts, values)
  }

  text(placeholder: (index: number, value: SqlValue) => string): string {
    return this.parts.reduce((text, part, i) => (i === 0 ? part : text + placeholder(i - 1, this.values[i - 1]!) + part), '')
  }
}

/** `` sql`select … where t >= ${from}` ``: an inserted Sql is spliced in, anything else is bound. */
export function sql(strings: TemplateStringsArray, ...inserted: (SqlValue | Sql)[]): Sql {
  return Sql.of(strings, inserted)
}

export function join(items: readonly Sql[], separator: ', ' | ' and ' | ' or ' | ' union all '): Sql {
  return items.length === 0 ? sql`` : Sql.of(['', ...items.slice(1).map(() => separator), ''], items)
}
