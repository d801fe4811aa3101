import type { Condition } from '@/lib/flow/answer/kept/watch'
import { formatBytes } from '@/lib/flow/text/bytes'
import { lasting, plural } from '@/lib/query/findings/question/words'

const UNITS = { tuples: 'tuple', flows: 'new flow', packets: 'packet' } as const

function amountOf(metric: Extract<Condition, { about: 'filter' }>['metric'], amount: number): string {
  return metric === 'bytes' ? formatBytes(amount) : plural(amount, UNITS[metric])
}

/** `1,200 tuples of action:deny within 60 min; the threshold is 1,000 tuples.` */
export function windowSentence({ q, metric, least }: Extract<Condition, { about: 'filter' }>, amount: number, length: number): string {
  return `${amountOf(metric, amount)} of ${q.trim() === '' ? 'all traffic' : q.trim()} within ${lasting(length)}; the threshold is ${amountOf(metric, least)}.`
}
