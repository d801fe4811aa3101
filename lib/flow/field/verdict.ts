import { z } from 'zod'
import { ROW_FIELDS, type RowField } from './fields'

/**
 * The present state of the counted bytes of a blob:
 *
 * - `same`: the blob has the same ETag,
 * - `grown`: it was written since, and the counted bytes are still its beginning (by its block list or by their SHA-256),
 * - `replaced`: it was written since, and the counted bytes are no longer its beginning,
 * - `changed`: it was written since; deciding between the two would need too much reading,
 * - `gone`: its source no longer has it.
 */
export const FATES = ['same', 'grown', 'replaced', 'changed', 'gone'] as const
export type Fate = (typeof FATES)[number]

/** Compares the line at a tuple's byte, read again, with the counted line. `missing`: no tuple begins there any more. */
const LINE_VERDICTS = ['same', 'different', 'missing', 'gone'] as const

/** Fields of a row that can differ between two readings. */
export const rowFields = z.array(z.enum(ROW_FIELDS as [RowField, ...RowField[]]))

export const verdictSchema = z.object({
  line: z.enum(LINE_VERDICTS),
  /** The fields that differ, if the line is `different`. */
  fields: rowFields,
  blob: z.enum(FATES),
})
export type TupleVerdict = z.infer<typeof verdictSchema>

type Row = Readonly<Record<RowField, string | number | null>>

/** Compares a row read again with the counted one; `now` is null if no tuple begins at its byte. */
export function judge(counted: Row, now: Row | null): { line: 'same' | 'different' | 'missing'; fields: RowField[] } {
  if (now === null) return { line: 'missing', fields: [] }
  const fields = ROW_FIELDS.filter((field) => counted[field] !== now[field])
  return { line: fields.length === 0 ? 'same' : 'different', fields }
}
