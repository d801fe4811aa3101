import type { KeyField } from '@/lib/flow/fields'
import type { View } from '@/lib/flow/view'
import { join, type Sql, sql } from '@/lib/store/sql'
import { COLUMNS, type ColumnType, ENDS, NAMED_TUPLES, TUPLES } from './columns'
import type { Scope } from './scope'
import { where } from './where'

/** Tuples with a key of one or two fields beside them. */
export interface Keyed {
  /** A subselect with `key0`, `key1`, `other_end` and the columns that measures need. */
  from: Sql
  /** `key0` or `key0, key1`. */
  keys: Sql
  types: ColumnType[]
  /** Every tuple comes just once. */
  once: boolean
  /** What counts as a peer of the key. */
  peer: Sql
}

type Plain = Exclude<KeyField, 'ip' | 'port'>

/** One way to take a field from a tuple; the second end counts only where it differs from the first. */
interface Take {
  field: Plain
  unless: Sql | null
}

const OTHER_END: Partial<Record<Plain, Sql>> = { src: sql`dst`, dst: sql`src` }
const KEYS = [sql`key0`, sql`key1`]

function takes(field: KeyField): Take[] {
  if (field !== 'ip' && field !== 'port') return [{ field, unless: null }]
  const [first, second] = ENDS[field]
  return [
    { field: first, unless: null },
    { field: second, unless: field === 'ip' ? sql`src = dst` : sql`sport = dport` },
  ]
}

function combinations(by: readonly KeyField[]): Take[][] {
  return by.reduce<Take[][]>((done, field) => done.flatMap((some) => takes(field).map((take) => [...some, take])), [[]])
}

function select(taken: readonly Take[], condition: Sql, peer: Sql): Sql {
  const keys = taken.map(({ field }, i) => sql`${COLUMNS[field].value} as ${KEYS[i]!}`)
  const from = taken.some(({ field }) => COLUMNS[field].named) ? NAMED_TUPLES : TUPLES
  const conditions = [condition, ...taken.flatMap(({ unless }) => (unless ? [sql`not (${unless})`] : []))]
  return sql`select ${join(keys, ', ')}, ${peer} as other_end, src, dst, dport, time, action, state,
      packets_sent, bytes_sent, packets_received, bytes_received
    from ${from} where ${join(conditions, ' and ')}`
}

/** Tuples of the view by one field or a pair; a tuple comes once for each distinct key that it has. */
export function keyed(view: View, scope: Scope, by: readonly KeyField[]): Keyed {
  const condition = where(view, scope)
  const ends = by.filter((field) => field === 'ip' || field === 'src' || field === 'dst')
  const branches = combinations(by).map((taken) => {
    const end = taken.find(({ field }) => OTHER_END[field])
    return select(taken, condition, ends.length === 1 && end ? OTHER_END[end.field]! : sql`0`)
  })
  const types = combinations(by)[0]!.map(({ field }) => COLUMNS[field].type)
  return {
    once: branches.length === 1,
    from: sql`(${join(branches, ' union all ')}) as keyed`,
    keys: join(KEYS.slice(0, by.length), ', '),
    types,
    peer: ends.length === 1 ? sql`other_end` : sql`(src, dst)`,
  }
}
