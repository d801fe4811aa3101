import type { ContextName } from '@/lib/flow/field/context'
import { matcherOf } from '@/lib/flow/text/name-parts'

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

/** Maximum number of results that are remembered. */
const REMEMBERED = 50_000

/** Tells whether a number is in any of the ranges, of which there may be thousands. */
function inRanges(ranges: Wanted['numbers']): (value: number) => boolean {
  const sorted: { first: number; last: number }[] = []
  for (const { first, last } of [...ranges].sort((a, b) => a.first - b.first)) {
    const before = sorted.at(-1)
    if (before !== undefined && first <= before.last) before.last = Math.max(before.last, last)
    else sorted.push({ first, last })
  }
  return (value) => {
    let [low, high] = [0, sorted.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (sorted[middle]!.last < value) low = middle + 1
      else high = middle
    }
    return low < sorted.length && sorted[low]!.first <= value
  }
}

/** Tells whether a text matches any of the names. Words that may stand anywhere become one expression, which is tried once. */
function anyOf(names: Wanted['names']): (text: string) => boolean {
  const whole = new Set<string>()
  const words: string[] = []
  const others: ((text: string) => boolean)[] = []
  for (const parts of names) {
    const [before, word, after] = parts
    if (parts.length === 1) whole.add(before!.toLowerCase())
    else if (parts.length === 3 && before === '' && after === '' && word !== '') words.push(word!.toLowerCase())
    else others.push(matcherOf(parts))
  }
  const anywhere = words.length === 0 ? null : new RegExp(words.map((word) => word.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')).join('|'))
  return (text) => {
    const lower = text.toLowerCase()
    return whole.has(lower) || anywhere?.test(lower) === true || others.some((matches) => matches(text))
  }
}

/** Tells whether a text is wanted. A text is compared once, because thousands of addresses may have the same. */
function wantedTexts(name: ContextName, { names, numbers }: Wanted): (text: string) => boolean {
  const [matches, counts] = [anyOf(names), inRanges(numbers)]
  const compared = new Map<string, boolean>()
  const compare = (text: string) =>
    counts(Number(text)) || matches(text) || (name === 'subnet' && matches(text.slice(text.indexOf('/') + 1)))
  return (text) => {
    const found = compared.get(text) ?? compare(text)
    if (compared.size < REMEMBERED) compared.set(text, found)
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
