import type { ContextCell } from '@/lib/flow/answer/tuples/context-row'

/** Separator of the tags and lists in one cell. */
const SEPARATOR = '; '

/** Converts a cell for a file format with one value per cell: null for an empty list. */
export function flatCell(cell: ContextCell | undefined): string | number | null {
  if (cell === undefined || cell === null) return null
  if (typeof cell !== 'object') return cell
  return cell.length === 0 ? null : cell.join(SEPARATOR)
}
