import type { Novelty } from '../field/novelty'
import { baselineOf } from '../time/baseline'
import type { Filter } from './filter'

/** One `new:` term of a filter. */
export function noveltiesOf(filter: Filter | null): Novelty[] {
  if (filter === null) return []
  if (filter.op === 'match') return filter.tests.flatMap((test) => (test.kind === 'novelty' ? [test.novelty] : []))
  return filter.op === 'not' ? noveltiesOf(filter.of) : filter.of.flatMap(noveltiesOf)
}

/** The same view from where the longest baseline of its filter begins: what has to be read to answer it. */
export function withBaseline<V extends { from: number; to: number; filter: Filter | null }>(view: V): V {
  const begins = noveltiesOf(view.filter).map(({ baseline }) => baselineOf(view, baseline).from)
  return begins.length === 0 ? view : { ...view, from: Math.min(view.from, ...begins) }
}
