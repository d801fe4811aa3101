import type { ContextName } from '@/lib/flow/field/context'
import { matchesParts } from '@/lib/flow/text/name-parts'

/** The condition of a filter on one fact. `any` tests whether anything is known. */
export interface Wanted {
  any: boolean
  /** Names by the texts between their wildcards. */
  names: readonly (readonly string[])[]
  numbers: readonly { first: number; last: number }[]
}

/** A text about an address, and the end of its validity (epoch milliseconds). */
export interface KnownValue {
  text: string
  until: number | null
}

/** Tells whether a text is wanted. A text is compared with the names once, because a filter may have thousands, and thousands of addresses the same text. */
function wantedTexts(name: ContextName, { names, numbers }: Wanted): (text: string) => boolean {
  const whole = new Set(names.filter(({ length }) => length === 1).map(([only]) => only!.toLowerCase()))
  const patterns = names.filter(({ length }) => length > 1)
  const matches = (text: string) => whole.has(text.toLowerCase()) || patterns.some((parts) => matchesParts(parts, text))
  const compared = new Map<string, boolean>()
  const compare = (text: string) => {
    if (numbers.some(({ first, last }) => first <= Number(text) && Number(text) <= last)) return true
    return matches(text) || (name === 'subnet' && matches(text.slice(text.indexOf('/') + 1)))
  }
  return (text) => {
    const found = compared.get(text) ?? compare(text)
    compared.set(text, found)
    return found
  }
}

/** Returns a function that tells the instant (epoch milliseconds) until which what is known of an address is wanted: infinite for always, 0 for never. */
export function untilWanted(name: ContextName, wanted: Wanted): (told: readonly KnownValue[]) => number {
  const isWanted = wantedTexts(name, wanted)
  return (told) => {
    let until = 0
    for (const { text, until: end } of told) {
      const instant = end ?? Number.POSITIVE_INFINITY
      if (instant > until && (wanted.any || isWanted(text))) until = instant
    }
    return until
  }
}
