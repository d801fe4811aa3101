import { OBSTACLES } from '@/lib/net/obstacles'
import type { FailedRequest } from '../seen'
import { ACCOUNT } from './account'
import { CONTENTS } from './contents'
import { IDENTITY } from './identity'
import type { Refusal } from './refusal'
import { REST } from './rest'
import { SAS } from './sas'

const WAY = OBSTACLES.map((obstacle) => ({ ...obstacle, what: 'was not reached' }))

/** Refusals in the order in which they are tried. */
export const REFUSALS: readonly Refusal[] = [...WAY, ...ACCOUNT, ...SAS, ...IDENTITY, ...CONTENTS, ...REST]

/** Returns the first refusal that matches; the last one matches everything. */
export function refusalOf(seen: FailedRequest): Refusal {
  return REFUSALS.find((refusal) => fits(refusal, seen)) ?? REFUSALS.at(-1)!
}

function fits({ status, codes, detail, by, when }: Refusal, seen: FailedRequest): boolean {
  return (
    (status === undefined || status.includes(seen.status ?? 0)) &&
    (codes === undefined || codes.includes(seen.code ?? '')) &&
    (detail === undefined || detail.test(seen.detail)) &&
    (by === undefined || by === seen.by) &&
    (when === undefined || when(seen))
  )
}
