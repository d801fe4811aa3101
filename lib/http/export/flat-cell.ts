import type { ContextCell } from '@/lib/flow/answer/context-row'

/** Between the tags and lists of one cell. */
const SEPARATOR = '; '

/** A cell of a file whose cells hold one value each: null for an empty list. */
export function flatCell(cell: ContextCell | undefined): string | number | null {
  if (cell === undefined || cell === null) return null
  if (typeof cell !== 'object') return cell
  return cell.length === 0 ? null : cell.join(SEPARATOR)
}
