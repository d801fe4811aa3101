import type { ContextCell } from '@/lib/flow/answer/tuples/context-row'
import type { ExportRow } from '@/lib/flow/answer/tuples/export-row'
import { AMBIGUOUS, type ContextName } from '@/lib/flow/field/context'

/** The context of one end of a row: null, or an empty list, if unknown. */
export interface EndFacts {
  net: string | null
  country: string | null
  asn: number | null
  org: string | null
  tags: readonly string[]
  lists: readonly string[]
  name: string | null
  vm: string | null
  subnet: string | null
  vnet: string | null
  /** Its network: its subnet, else the kind of its address. */
  zone: string | null
  /** The candidates if it is ambiguous; then the names above are null. */
  among: readonly string[]
}

/** Returns the context of one end; all null if the export is without context. */
export function endFacts(row: ExportRow, end: 'src' | 'dst'): EndFacts {
  const among = row[`${end}.among`] ?? []
  const cell = (name: ContextName): ContextCell => row[`${end}.${name}`] ?? null
  const text = (name: ContextName): string | null => {
    const value = cell(name)
    return typeof value !== 'string' || (value === AMBIGUOUS && among.length > 0) ? null : value
  }
  const list = (name: ContextName): readonly string[] => {
    const value = cell(name)
    return Array.isArray(value) ? value : []
  }
  const asn = cell('asn')
  return {
    net: text('net'),
    country: text('country'),
    asn: typeof asn === 'number' ? asn : null,
    org: text('org'),
    tags: list('tag'),
    lists: list('list'),
    name: text('name'),
    vm: text('vm'),
    subnet: text('subnet'),
    vnet: text('vnet'),
    zone: text('subnet') ?? text('net'),
    among,
  }
}

/** Returns the end of the NIC that logged the row. */
export function ownEnd({ dir }: ExportRow): 'src' | 'dst' {
  return dir === 'in' ? 'dst' : 'src'
}
