import { type Formula, isOfGroup, joined } from './formula'

/** A formula with the parts that depend only on a row's group separated; equal parts have the same number. */
export interface Parted {
  formula: Formula
  parts: readonly Formula[]
}

function several(formula: Formula): formula is Extract<Formula, { op: 'and' | 'or' }> {
  return typeof formula === 'object' && (formula.op === 'and' || formula.op === 'or')
}

/** Returns a formula as text, equal for equal formulas. */
export function keyOf(formula: Formula): string {
  return JSON.stringify(formula, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))
}

function holdsGroup(formula: Formula): boolean {
  return several(formula) ? formula.of.some(holdsGroup) : isOfGroup(formula)
}

/** Separates the largest possible parts. */
export function parted(formula: Formula): Parted {
  const parts: Formula[] = []
  const numbers = new Map<string, number>()
  const apart = (of: Formula): Formula => {
    // Most filters have one such part, which may hold thousands of names, so its text is made only when there is a second part.
    const [first] = parts
    if (first === undefined) return { op: 'group', part: parts.push(of) - 1 }
    if (numbers.size === 0) numbers.set(keyOf(first), 0)
    const key = keyOf(of)
    const part = numbers.get(key) ?? parts.push(of) - 1
    numbers.set(key, part)
    return { op: 'group', part }
  }
  const walk = (of: Formula): Formula => {
    if (isOfGroup(of)) return apart(of)
    if (!several(of) || !holdsGroup(of)) return of
    const own = of.of.filter(isOfGroup)
    const rest = of.of.filter((one) => !isOfGroup(one)).map(walk)
    return { op: of.op, of: own.length === 0 ? rest : [apart(joined(of.op, own)), ...rest] }
  }
  return { formula: walk(formula), parts }
}

/** Returns the remaining formula for rows of a group; `holds` tells which parts hold for it. */
export function rest(formula: Formula, holds: (part: number) => boolean): Formula {
  if (typeof formula === 'object' && formula.op === 'group') return holds(formula.part)
  return several(formula)
    ? joined(
        formula.op,
        formula.of.map((one) => rest(one, holds)),
      )
    : formula
}
