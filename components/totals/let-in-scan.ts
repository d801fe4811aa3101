import type { ScansAnswer } from '@/lib/flow/answers'

type Scan = ScansAnswer['rows'][number]

/** A source that was denied inbound and was let in as well. */
export type LetInScan = Scan & { allowed: NonNullable<Scan['allowed']> }

export function isLetIn(row: Scan): row is LetInScan {
  return row.allowed !== null
}
