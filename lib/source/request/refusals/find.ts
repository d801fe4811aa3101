import { OBSTACLES } from '@/lib/net/obstacles'
import type { Seen } from '../seen'
import { ACCOUNT } from './account'
import { CONTENTS } from './contents'
import { IDENTITY } from './identity'
import type { Refusal } from './refusal'
import { REST } from './rest'
import { SAS } from './sas'

const WAY = OBSTACLES.map((obstacle) => ({ ...obstacle, what: 'was not reached' }))

/** In the order in which they are tried. */
export const REFUSALS: readonly Refusal[] = [...WAY, ...ACCOUNT, ...SAS, ...IDENTITY, ...CONTENTS, ...REST]

/** The first refusal that fits; the last one fits everything. */
export function refusalOf(seen: Seen): Refusal {
  return REFUSALS.find((refusal) => fits(refusal, seen)) ?? REFUSALS.at(-1)!
}

function fits({ status, codes, detail, by, when }: Refusal, seen: Seen): boolean {
  return (
    (status === undefined || status.includes(seen.status ?? 0)) &&
    (codes === undefined || codes.includes(seen.code ?? '')) &&
    (detail === undefined || detail.test(seen.detail)) &&
    (by === undefined || by === seen.by) &&
    (when === undefined || when(seen))
  )
}
