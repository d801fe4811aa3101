import type { DuckDBType, DuckDBValue } from '@duckdb/node-api'
import { BoundRows, Holding, Pending, SharedRows, type Sql, type SqlList, type SqlValue } from '@/lib/store/sql'
import { bind } from './values'

/** A query in DuckDB's form. */
export interface Statement {
  text: string
  values: DuckDBValue[]
  types: DuckDBType[]
}

/**
 * Maximum number of values of a list that are compared one by one. A join is faster for more values, but takes some 8 MB each, and a filter may have a hundred
 * lists.
 */
const FEW = 5

/**
 * Writes a query with one parameter for equal values. Lists and subselects that may be used several times are defined once in front of it: DuckDB copies a
 * bound list in every step of its planner, and plans a repeated subselect again.
 */
export function statementOf(question: Sql): Statement {
  const values: SqlValue[] = []
  const numbers = new Map<string | SqlList, number>()
  const heads: string[] = []
  const names = new Map<SqlList | BoundRows | string, string>()

  const parameter = (value: SqlValue): string => {
    const key = typeof value === 'object' ? value : `${typeof value} ${value}`
    const number = numbers.get(key) ?? values.push(value)
    numbers.set(key, number)
    return `$${number}`
  }
  /** `rows` is called only once: the values that it binds must occur in the text. */
  const named = (of: SqlList | BoundRows | string, rows: () => string): string => {
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
      if (value instanceof SharedRows) {
        const rows = write(value.rows)
        return named(rows, () => rows)
      }
      if (value instanceof Holding) {
        const held = `len(list_filter(${parameter(value.words)}, lambda word: contains(${write(value.text)}, word)))`
        return value.how === 'any' ? `(${held} > 0)` : `(${held} = ${parameter(value.words.length)})`
      }
      if (value instanceof BoundRows) {
        const columns = () => Object.entries(value.columns).map(([name, list]) => `${unnested(list, parameter)} as ${name}`)
        return named(value, () => `select ${columns().join(', ')}`)
      }
      if (typeof value !== 'object') return parameter(value)
      if (value.length > 0 && value.length <= FEW) {
        const items = [...value].map((item) => (typeof item === 'string' ? `lower(${parameter(item)})` : parameter(item)))
        return `(${items.join(', ')})`
      }
      // Without an alias, the column would be named after the whole list.
      return named(value, () => `select ${value.length === 0 ? `unnest(${parameter(value)})` : listed(value, parameter)} as v`)
    })

  const text = write(question)
  const own = /^\s*with\s/.exec(text)
  const head = heads.length === 0 ? '' : `with ${heads.join(', ')}${own ? ', ' : ' '}`
  return { text: head + (own && head !== '' ? text.slice(own[0].length) : text), ...bind(values) }
}

/** Writes a non-empty list as a column, texts in lower case. Texts are bound as one text, separated by NUL, unless one of them contains NUL. */
function listed(list: SqlList, parameter: (value: SqlValue) => string): string {
  const texts = list.filter((value) => typeof value === 'string')
  if (texts.length === 0) return unnested(list, parameter)
  const isPlain = texts.every((text) => !text.includes('\0'))
  return `lower(unnest(${isPlain ? `string_split(${parameter(texts.join('\0'))}, chr(0))` : parameter(list)}))`
}

/** Lists of texts have few distinct values: these, and for each text its place among them, from 1. */
interface Written {
  words: readonly string[]
  numbers: string
}

/** Lists as they are written, for as long as they live: several statements of an answer bind the same ones. */
const written = new WeakMap<SqlList, Written>()

function writtenOf(list: SqlList): Written {
  const known = written.get(list)
  if (known) return known
  const isText = typeof list[0] === 'string'
  const words = isText ? [...new Set(list as readonly string[])] : []
  const places = new Map(words.map((word, i) => [word, i + 1]))
  const made = { words, numbers: isText ? (list as readonly string[]).map((word) => places.get(word)!).join() : list.join() }
  written.set(list, made)
  return made
}

/** Writes a column of bound rows. Binding single elements takes many times as long as one text that the engine splits. */
function unnested(list: SqlList, parameter: (value: SqlValue) => string): string {
  const { words, numbers } = writtenOf(list)
  const type = typeof list[0] === 'bigint' ? 'uhugeint' : 'bigint'
  const items = `unnest(string_split(${parameter(numbers)}, ',')::${type}[])`
  return typeof list[0] === 'string' ? `list_extract(${parameter(words)}, ${items})` : items
}
