import {
  COLUMN_FIELDS,
  type ColumnField,
  isColumnField,
  isKeyField,
  isRowField,
  KEY_FIELDS,
  type KeyField,
  ROW_FIELDS,
  type SortBy,
} from '@/lib/flow/field/fields'
import { METRICS } from '@/lib/flow/field/metric'
import { TALKER_ORDERS } from '@/lib/flow/field/orders'
import type { Problem } from '@/lib/flow/problem'
import { didYouMean } from '@/lib/link/language/did-you-mean'
import { type Key, readList, wordKey, wrong } from './key'
import { orderKey } from './order'

export function unknownField(name: string, fields: readonly string[], at: number): Problem {
  if (name === '') return wrong(`A field is missing; expected ${fields.join(', ')}`, at)
  return wrong(`There is no field ${name} here; ${didYouMean(name, fields)}`, at)
}

export const talkerOrderKey = orderKey('column to sort talkers by', TALKER_ORDERS, { column: 'metric', descending: true })

export const metricKey = wordKey('what to rank by', METRICS, 'tuples')

export const byKey: Key<KeyField[]> = {
  about: 'a field, or two with a comma, to group by',
  initial: ['src'],
  read: (text) => {
    const fields = readList(text, (name, at) => {
      if (isKeyField(name)) return name
      throw unknownField(name, KEY_FIELDS, at)
    })
    if (fields.length > 2) throw wrong('Too many fields; expected one or two', fields.slice(0, 2).join(',').length)
    if (fields[0] === fields[1]) throw wrong('The same field twice; expected two different ones', fields[0]!.length + 1)
    return fields
  },
  write: (fields) => fields.join(','),
}

export const fieldKey: Key<KeyField> = {
  about: 'a field of the filter language that tuples have values of',
  initial: 'src',
  read: (name) => {
    if (isKeyField(name)) return name
    throw unknownField(name, KEY_FIELDS, 0)
  },
  write: String,
}

/** Columns to sort by, the most significant first. */
export const sortKey: Key<SortBy[]> = {
  about: 'columns to sort by, with commas, each with a leading - for descending',
  initial: [{ field: 'time', descending: true }],
  read: (text) => {
    const seen = new Set<string>()
    return readList(text, (item, at) => {
      const descending = item.startsWith('-')
      const field = descending ? item.slice(1) : item
      if (!isRowField(field)) throw unknownField(field, ROW_FIELDS, at + (descending ? 1 : 0))
      if (seen.has(field)) throw wrong(`${field} occurs twice; expected each column once`, at)
      seen.add(field)
      return { field, descending }
    })
  },
  write: (sort) => sort.map(({ field, descending }) => (descending ? `-${field}` : field)).join(','),
}

interface Named<Name extends string> {
  about: string
  all: readonly Name[]
  isKnown: (name: string) => name is Name
  initial?: Name[]
}

/** Comma-separated names, each at most once. */
export function namesKey<Name extends string>({ about, all, isKnown, initial = [] }: Named<Name>): Key<Name[]> {
  return {
    about,
    initial,
    read: (text) => {
      const seen = new Set<string>()
      return readList(text, (name, at) => {
        if (!isKnown(name)) throw unknownField(name, all, at)
        if (seen.has(name)) throw wrong(`${name} occurs twice; expected each once`, at)
        seen.add(name)
        return name
      })
    },
    write: (names) => names.join(','),
  }
}

export function columnsKey(about: string): Key<ColumnField[]> {
  return namesKey({ about, all: COLUMN_FIELDS, isKnown: isColumnField })
}
