import { formatAddress } from '@/lib/flow/address/address'
import type { ColumnType } from './columns'

/** A value of a column, as the engine gives it. */
export type Cell = string | number | bigint

/** ISO 8601 UTC to the millisecond. */
export function instant(t: number): string {
  return new Date(t).toISOString()
}

/** Text of a cell as the API writes it. */
export function wordOf(type: ColumnType, cell: Cell): string {
  return type === 'address' ? formatAddress(BigInt(cell)) : String(cell)
}
