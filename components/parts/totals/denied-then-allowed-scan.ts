import type { ScansAnswer } from '@/lib/flow/answer/traffic/scans'

type Scan = ScansAnswer['rows'][number]

/** A source that was denied inbound and allowed after its first denial. */
export type DeniedThenAllowedScan = Scan & { allowed: NonNullable<Scan['allowed']> }

export function isDeniedThenAllowed(row: Scan): row is DeniedThenAllowedScan {
  return row.allowed !== null && Date.parse(row.allowed.first) > Date.parse(row.first)
}

/** True if no such source is missing: the answer lists allowed sources first, so a row without, or the end of the list, proves it. */
export function hasAllDeniedThenAllowed({ rows, total }: ScansAnswer): boolean {
  return rows.length >= total || rows.at(-1)?.allowed === null
}
