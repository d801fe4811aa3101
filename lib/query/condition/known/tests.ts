import type { Known } from '@/lib/context/known'
import type { ContextName } from '@/lib/flow/field/context'
import type { Formula } from '@/lib/query/filter/formula'
import type { End } from './end'
import { isByAddressToo } from './places'

export type KnownTest = Extract<Formula, { op: 'known' }>

/** Tests of the context of one end that one look-up answers. */
export type KnownTests = KnownTest | { op: 'and' | 'or'; of: readonly KnownTests[] }

/** What is looked up for a fact: addresses, pairs of address and place, or all such pairs. */
function soughtFor(name: ContextName, known: Known): string {
  if (!known.dependsOnPlace(name)) return 'addresses'
  return isByAddressToo(known, name) ? 'all pairs' : 'pairs'
}

/** Returns a text that is equal for formulas that one look-up can answer together, or null. What expires depends on the time of a row too. */
function lookUpOf(formula: Formula, known: Known): string | null {
  if (typeof formula === 'boolean' || (formula.op === 'known' && known.isTimed(formula.name))) return null
  if (formula.op === 'known') return `${formula.end} ${soughtFor(formula.name, known)}`
  if (formula.op !== 'and' && formula.op !== 'or') return null
  const first = lookUpOf(formula.of[0]!, known)
  return first !== null && formula.of.every((one) => lookUpOf(one, known) === first) ? first : null
}

/** Returns the end that the tests are about. */
export function endOfTests(tests: KnownTests): End {
  return tests.op === 'known' ? tests.end : endOfTests(tests.of[0]!)
}

/** Returns the number of tests. */
export function countTests(tests: KnownTests): number {
  return tests.op === 'known' ? 1 : tests.of.reduce((sum, one) => sum + countTests(one), 0)
}

/** Returns the number of names with wildcards that what is known of an address is compared with. */
export function patternsOf(tests: KnownTests): number {
  if (tests.op !== 'known') return tests.of.reduce((sum, one) => sum + patternsOf(one), 0)
  return tests.wanted.names.filter(({ length }) => length > 1).length
}

/** Returns the formula if one look-up can answer it, else null. */
export function asTests(formula: Formula, known: Known): KnownTests | null {
  return lookUpOf(formula, known) === null ? null : (formula as KnownTests)
}

/** Puts the operands of an `and` or `or` together that one look-up can answer. */
export function byLookUp(op: 'and' | 'or', of: readonly Formula[], known: Known): readonly Formula[] {
  const rest: Formula[] = []
  const together = new Map<string, Formula[]>()
  for (const one of of) {
    const key = lookUpOf(one, known)
    const same = key === null ? rest : together.get(key)
    if (same) same.push(one)
    else together.set(key!, [one])
  }
  return rest.length === of.length
    ? of
    : [...rest, ...[...together.values()].map((some) => (some.length === 1 ? some[0]! : { op, of: some }))]
}
