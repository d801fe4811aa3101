import type { DuckDBType, DuckDBValue } from '@duckdb/node-api'
import { Holding, Pending, Rows, Shared, type Sql, type SqlList, type SqlValue } from '@/lib/store/sql'
import { bind } from './values'

/** A question as DuckDB takes it. */
export interface Statement {
  text: string
  values: DuckDBValue[]
  types: DuckDBType[]
}

/** So many values of a list are compared one by one: a join, though quicker for more of them, takes some 8 MB each, and a filter may have a hundred lists. */
const FEW = 5

/**
 * Writes a question with one parameter for equal values. What may be named several times stands before it, made once: DuckDB copies a bound list with
 * every step of its planner, and plans a subselect again wherever it stands.
 */
export function statementOf(question: Sql): Statement {
  const values: SqlValue[] = []
  const numbers = new Map<string | SqlList, number>()
  const heads: string[] = []
  const names = new Map<SqlList | Rows | string, string>()

  const parameter = (value: SqlValue): string => {
    const key = typeof value === 'object' ? value : `${typeof value} ${value}`
    const number = numbers.get(key) ?? values.push(value)
    numbers.set(key, number)
    return `$${number}`
  }
  /** `rows` is written only once: what it binds must stand in the text. */
  const named = (of: SqlList | Rows | string, rows: () => string): string => {
    let name = names.get(of)
    if (name === undefined) {
      const written = rows()
      name = `shared${heads.length}`
      heads.push(`${name} as materialized (${written})`)
      names.set(of, name)
    }
    return `(select * from ${name})`
  }
  const write = (some: Sql): string =>
    some.text((value) => {
      if (value instanceof Pending) throw new Error('A statement is written once everything in it is known')
      if (value instanceof Shared) {
        const rows = write(value.rows)
        return named(rows, () => rows)
      }
      if (value instanceof Holding) {
        const held = `len(list_filter(${parameter(value.words)}, lambda word: contains(${write(value.text)}, word)))`
        return value.how === 'any' ? `(${held} > 0)` : `(${held} = ${parameter(value.words.length)})`
      }
      if (value instanceof Rows) {
        const columns = () => Object.entries(value.columns).map(([name, list]) => `${unnested(list, parameter)} as ${name}`)
        return named(value, () => `select ${columns().join(', ')}`)
      }
      if (typeof value !== 'object') return parameter(value)
      if (value.length > 0 && value.length <= FEW) {
        const items = [...value].map((item) => (typeof item === 'string' ? `lower(${parameter(item)})` : parameter(item)))
        return `(${items.join(', ')})`
      }
      const rows = `unnest(${parameter(value)})`
      // Without a name the column is called by all that is in the list.
      return named(value, () => `select ${typeof value[0] === 'string' ? `lower(${rows})` : rows} as v`)
    })

  const text = write(question)
  const own = /^\s*with\s/.exec(text)
  const head = heads.length === 0 ? '' : `with ${heads.join(', ')}${own ? ', ' : ' '}`
  return { text: head + (own && head !== '' ? text.slice(own[0].length) : text), ...bind(values) }
}

/** A column of bound rows. Binding element after element takes many times as long as one text that the engine takes apart. */
function unnested(list: SqlList, parameter: (value: SqlValue) => string): string {
  if (typeof list[0] !== 'string') {
    const type = typeof list[0] === 'bigint' ? 'uhugeint' : 'bigint'
    return `unnest(string_split(${parameter(list.join())}, ',')::${type}[])`
  }
  // Texts are few different ones.
  const words = [...new Set(list as readonly string[])]
  const numbers = new Map(words.map((word, i) => [word, i + 1]))
  const places = (list as readonly string[]).map((word) => numbers.get(word)!)
  return `list_extract(${parameter(words)}, unnest(string_split(${parameter(places.join())}, ',')::bigint[]))`
}
