import type { ScansAnswer } from '@/lib/flow/answer/scans'

type Scan = ScansAnswer['rows'][number]

/** A source that was denied inbound and allowed after its first denial. */
export type DeniedThenAllowedScan = Scan & { allowed: NonNullable<Scan['allowed']> }

export function isDeniedThenAllowed(row: Scan): row is DeniedThenAllowedScan {
  return row.allowed !== null && Date.parse(row.allowed.first) > Date.parse(row.first)
}

/** The answer lists allowed sources first: a row that is not one, or the end of the list, proves that none is missing. */
export function hasAllDeniedThenAllowed({ rows, total }: ScansAnswer): boolean {
  return rows.length >= total || rows.at(-1)?.allowed === null
}
