import { type Baseline, readBaseline, writeBaseline } from '../time/baseline'
import { DAY } from '../time/bucket'

export const NOVELTY_FIELDS = ['src', 'dst', 'dport', 'rule', 'src24', 'dst24', 'src16', 'dst16'] as const
export type NoveltyField = (typeof NOVELTY_FIELDS)[number]

/** A question about values of a tuple, all of them together: has no tuple of the baseline had them? */
export interface Novelty {
  fields: readonly NoveltyField[]
  baseline: Baseline
}

/** The baseline where none is named, as of findings. */
const USUAL: Baseline = 7 * DAY

/** `src`, `src+dst`, `dport@1d`, `src+dport@prev`: fields, then the baseline unless it is seven days. Null for any other text. */
export function readNovelty(text: string): Novelty | null {
  const [names = '', ...rest] = text.toLowerCase().split('@')
  const fields = names.split('+').map((name) => NOVELTY_FIELDS.find((known) => known === name))
  const known = fields.filter((field) => field !== undefined)
  const baseline = rest[0] === undefined ? USUAL : readBaseline(rest[0])
  if (rest.length > 1 || baseline === null || known.length < fields.length || new Set(known).size < known.length) return null
  return { fields: known, baseline }
}

/** The text that readNovelty reads. */
export function writeNovelty({ fields, baseline }: Novelty): string {
  return `${fields.join('+')}${baseline === USUAL ? '' : `@${writeBaseline(baseline)}`}`
}
