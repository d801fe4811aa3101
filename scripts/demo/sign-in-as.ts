import { OTHER_TENANT } from '../entra/people'
import type { StandIn } from '../entra/stand-in'

/** Whom the demo lets one be. */
export function signInAs({ origin, people }: StandIn): string[] {
  const known = people.filter(({ tenant }) => tenant !== OTHER_TENANT).map(({ name }) => name)
  return [
    `Sign in as ${known.join(' or ')}.`,
    `The page to pick them from stands in for Microsoft Entra ID. Its certificate was made for this demo, so the browser warns\n    about ${origin}: go on.\n`,
  ]
}
