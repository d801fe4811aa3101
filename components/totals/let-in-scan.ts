import type { ScansAnswer } from '@/lib/flow/answers'

type Scan = ScansAnswer['rows'][number]

/** A source that was denied inbound, and let in after its first denial. */
export type LetInScan = Scan & { allowed: NonNullable<Scan['allowed']> }

export function isLetIn(row: Scan): row is LetInScan {
  return row.allowed !== null && Date.parse(row.allowed.first) > Date.parse(row.first)
}

/** The answer names those that got in first: a row that did not, or the last one there is, means that none is missing. */
export function hasAllLetIn({ rows, total }: ScansAnswer): boolean {
  return rows.length >= total || rows.at(-1)?.allowed === null
}
