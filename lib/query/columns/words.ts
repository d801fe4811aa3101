import { formatAddress } from '@/lib/flow/address/address'
import { blockText } from '@/lib/flow/address/block'
import type { ColumnType } from './columns'

/** A value of a column as returned by the engine. */
export type CellValue = string | number | bigint

/** Returns ISO 8601 UTC to the millisecond. */
export function instant(t: number): string {
  return new Date(t).toISOString()
}

/** Returns the text of a cell as the API writes it. */
export function wordOf(type: ColumnType, cell: CellValue): string {
  if (type === 'address') return formatAddress(BigInt(cell))
  return type === '24' || type === '16' ? blockText(BigInt(cell), type) : String(cell)
}
