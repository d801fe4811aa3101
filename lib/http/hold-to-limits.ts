import 'server-only'
import { DAY } from '@/lib/flow/bucket'
import type { Filter } from '@/lib/flow/filter'
import type { Asked, View } from '@/lib/flow/view'
import { beyond } from './beyond'

/** Brackets and negations inside each other. */
function depthOf(filter: Filter | null): number {
  if (filter === null || filter.op === 'match') return 0
  const parts = filter.op === 'not' ? [filter.of] : filter.of
  return 1 + Math.max(...parts.map(depthOf))
}

/** @throws Problem `ask` that names the limit which a question is beyond. */
export function holdToLimits({ q, filter }: Asked, { from, to }: View): void {
  beyond('filterLength', q.length, 'Filter', { unit: 'characters', key: 'q' })
  beyond('filterDepth', depthOf(filter), 'Filter', { unit: 'levels', key: 'q' })
  beyond('range', to - from, 'Range', { unit: 'days', per: DAY, key: 'from' })
}
