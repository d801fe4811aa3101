import { addressAt, type Columns, TUPLE_COLUMNS, type TupleColumn } from '@/lib/flow/tuple/columns'
import type { FlowGroup } from '@/lib/flow/tuple/tuple'
import type { StoredTuple } from './schema'

/** Properties of a row's group, each under its name after `group_`. */
export const GROUP_FACTS = ['log', 'mac', 'format', 'acl', 'rule', 'enc', 'proto', 'state'] as const satisfies readonly (keyof FlowGroup)[]
type GroupFact = (typeof GROUP_FACTS)[number]

/** Columns of tuples that rows leave out: only conditions use them. */
const LEFT_OUT = ['hour', 'record_pos', 'record_hash'] as const satisfies readonly (keyof StoredTuple)[]
type LeftOut = (typeof LEFT_OUT)[number]

/** A tuple and its group as an engine returns them. */
export type StoredRow = Omit<StoredTuple, LeftOut> & { [Name in GroupFact as `group_${Name}`]: FlowGroup[Name] }

export const ROW_COLUMNS = TUPLE_COLUMNS.filter(({ stored }) => !LEFT_OUT.some((name) => name === stored))

function valueAt(columns: Columns, column: TupleColumn, row: number): bigint | number | null {
  if (column.kind === 'address') return addressAt(columns, column.name, row)
  const value = columns[column.name][row]!
  return column.kind === 'counter' && value < 0 ? null : value
}

/** Returns a row of `columns` as an engine would return it. */
export function rowAt(columns: Columns, row: number, group: FlowGroup): StoredRow {
  return Object.fromEntries([
    ...ROW_COLUMNS.map((column) => [column.stored, valueAt(columns, column, row)]),
    ...GROUP_FACTS.map((name) => [`group_${name}`, group[name]]),
  ]) as unknown as StoredRow
}
