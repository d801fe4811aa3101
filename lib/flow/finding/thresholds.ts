import { DEFAULTS, factsOf, type Thresholds } from './facts'
import { FINDING_KINDS, type FindingKind } from './kinds'

/** A text with an invalid parameter: the position, and the expected text. */
export class ThresholdProblem extends Error {
  constructor(
    message: string,
    readonly at: number,
  ) {
    super(message)
  }
}

/**
 * Parses `beacon.calls:20,let-in.denied:5`: the parameters that differ from their defaults; an empty text has none.
 * @throws ThresholdProblem
 */
export function parseThresholds(text: string): Thresholds {
  const all = structuredClone(DEFAULTS) as Record<FindingKind, Record<string, number>>
  const seen = new Set<string>()
  if (text === '') return DEFAULTS
  let at = 0
  for (const item of text.split(',')) {
    const found = /^([a-z-]+)\.([a-z]+):(\d{1,13})$/.exec(item)
    const kind = FINDING_KINDS.find((one) => one === found?.[1])
    const parameter = kind && found && Object.hasOwn(factsOf(kind).parameters, found[2]!) ? factsOf(kind).parameters[found[2]!] : undefined
    if (!found || !kind || !parameter)
      throw new ThresholdProblem(`${item || 'Nothing'} is no parameter of a finding; expected one such as beacon.calls:20`, at)
    const name = found[2]!
    const value = Number(found[3])
    if (seen.has(`${kind}.${name}`)) throw new ThresholdProblem(`${kind}.${name} occurs twice; expected each parameter once`, at)
    if (value < parameter.least || value > parameter.most)
      throw new ThresholdProblem(`${item} is out of place; expected a number from ${parameter.least} to ${parameter.most}`, at)
    seen.add(`${kind}.${name}`)
    all[kind][name] = value
    at += item.length + 1
  }
  return all as Thresholds
}
/** Returns the text that parseThresholds reads; empty if all are defaults. */
export function writeThresholds(thresholds: Thresholds): string {
  return FINDING_KINDS.flatMap((kind) => {
    const initial: Readonly<Record<string, number>> = DEFAULTS[kind]
    return Object.entries(thresholds[kind]).flatMap(([name, value]) => (value === initial[name] ? [] : [`${kind}.${name}:${value}`]))
  }).join(',')
}
