import { formatAddress } from '@/lib/flow/address'
import { protocolName } from '@/lib/flow/fields'
import { PROTO_OTHER, STATE_NONE, STATE_OTHER, STATES } from '@/lib/flow/tuple'
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

export function protoWord(code: number, token: string | null): string {
  return code === PROTO_OTHER ? (token ?? '') : protocolName(code)
}

/** Null where the log has no state. */
export function stateWord(code: number, token: string | null): string | null {
  if (code === STATE_NONE) return null
  return code === STATE_OTHER ? token : (STATES[code] ?? null)
}
