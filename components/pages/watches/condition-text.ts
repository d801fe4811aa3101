import { formatPlural } from '@/components/parts/format/number'
import type { Condition } from '@/lib/flow/answer/kept/watch'
import { factsOf } from '@/lib/flow/finding/facts'
import { FINDING_KINDS } from '@/lib/flow/finding/kinds'
import { formatBytes } from '@/lib/flow/text/bytes'

/** Returns the flow logs that a condition is limited to, by the last part of their ids; empty for all. */
function inLogs(logs: readonly string[]): string {
  return logs.length === 0
    ? ''
    : `, in ${logs.length === 1 ? 'the flow log' : 'the flow logs'} ${logs.map((id) => id.split('/').at(-1)).join(', ')}`
}

/** Describes the condition of a watch in words. */
export function conditionText(condition: Condition): string {
  const { q, logs } = condition
  if (condition.about === 'filter') {
    const { metric, least, window } = condition
    const amount = metric === 'bytes' ? formatBytes(least) : formatPlural(least, metric.slice(0, -1))
    return `at least ${amount} of ${q === '' ? 'all traffic' : q} within ${window}${inLogs(logs)}`
  }
  const { kinds, level, thresholds } = condition
  const named = kinds.length === FINDING_KINDS.length ? 'findings of every kind' : kinds.map((kind) => factsOf(kind).label).join(', ')
  return `${named}${level === 'low' ? '' : `, ${level} or more`}${q === '' ? '' : `, in ${q}`}${inLogs(logs)}${thresholds === '' ? '' : `, with ${thresholds}`}`
}
