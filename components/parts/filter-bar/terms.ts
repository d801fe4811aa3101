import type { Patch } from '@/components/parts/view/patch'
import { type Chip, chips, moveTerm, negateTerm, removeTerm } from '@/lib/link/editing/edit'

/** A chip with the links that change it. */
export interface ChipTerm {
  chip: Chip
  /** True if the term is applied, false if it is switched off. */
  on: boolean
  /** Its index among the chips. */
  place: number
  negated: Patch
  removed: Patch
  switched: Patch
  /** Its index after it was switched. */
  switchedPlace: number
}

function patchOf(q: string, off: string): Patch {
  return { q: q === '' ? null : q, off: off === '' ? null : off }
}

/** The terms of a filter, followed by those that are switched off. Throws what parseFilter throws. */
export function termsOf(q: string, off: string): ChipTerm[] {
  const [asked, resting] = [chips(q), chips(off)]
  return [
    ...asked.map((chip, i): ChipTerm => {
      const [left, rests] = moveTerm(q, off, chip.span)
      return {
        chip,
        on: true,
        place: i,
        negated: patchOf(negateTerm(q, chip.span), off),
        removed: patchOf(removeTerm(q, chip.span), off),
        switched: patchOf(left, rests),
        switchedPlace: asked.length + resting.length - 1,
      }
    }),
    ...resting.map((chip, i): ChipTerm => {
      const [rests, back] = moveTerm(off, q, chip.span)
      return {
        chip,
        on: false,
        place: asked.length + i,
        negated: patchOf(q, negateTerm(off, chip.span)),
        removed: patchOf(q, removeTerm(off, chip.span)),
        switched: patchOf(back, rests),
        switchedPlace: asked.length,
      }
    }),
  ]
}
