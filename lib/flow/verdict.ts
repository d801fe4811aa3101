import { z } from 'zod'
import { ROW_FIELDS, type RowField } from './fields'

/**
 * What has become of the bytes of a blob that were counted:
 *
 * - `same`: the blob has the ETag that it had,
 * - `grown`: it was written since, and the counted bytes are still its beginning (by its block list or by their SHA-256),
 * - `replaced`: it was written since, and the counted bytes are not its beginning any more,
 * - `changed`: it was written since; too much would have to be read to tell which of the two,
 * - `gone`: its source has it no more.
 */
export const FATES = ['same', 'grown', 'replaced', 'changed', 'gone'] as const
export type Fate = (typeof FATES)[number]

/** Compares the line at a tuple's byte, read again, with the counted line. `missing`: no tuple begins there any more. */
const LINE_VERDICTS = ['same', 'different', 'missing', 'gone'] as const

/** Fields of a row in which two readings of it can differ. */
export const rowFields = z.array(z.enum(ROW_FIELDS as [RowField, ...RowField[]]))

export const verdictSchema = z.object({
  line: z.enum(LINE_VERDICTS),
  /** Those that differ, where the line is `different`. */
  fields: rowFields,
  blob: z.enum(FATES),
})
export type Verdict = z.infer<typeof verdictSchema>

type Row = Readonly<Record<RowField, string | number | null>>

/** Compares a row read again with the counted one; `now` is null when no tuple begins at its byte. */
export function judge(counted: Row, now: Row | null): { line: 'same' | 'different' | 'missing'; fields: RowField[] } {
  if (now === null) return { line: 'missing', fields: [] }
  const fields = ROW_FIELDS.filter((field) => counted[field] !== now[field])
  return { line: fields.length === 0 ? 'same' : 'different', fields }
}
