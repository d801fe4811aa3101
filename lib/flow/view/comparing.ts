import type { Filter } from './filter'

/** True if a filter compares rows with others of the range or of the time before, so that it selects other rows within a part of the range. */
export function isComparing(filter: Filter | null): boolean {
  if (filter === null) return false
  if (filter.op === 'match') return filter.tests.some(({ kind }) => kind === 'novelty' || kind === 'scanner')
  return filter.op === 'not' ? isComparing(filter.of) : filter.of.some(isComparing)
}
