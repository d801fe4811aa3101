import type { Coverage } from '@/lib/flow/answer/answer'
import type { RulesAnswer } from '@/lib/flow/answer/traffic/rules'
import type { TalkersAnswer } from '@/lib/flow/answer/traffic/talkers'
import type { TimelineAnswer } from '@/lib/flow/answer/traffic/timeline'
import type { TuplesAnswer } from '@/lib/flow/answer/tuples/tuples'
import { type FourAnswers, factsOf } from '../answers'
import type { Dataset } from '../logs/data'
import type { Lap } from '../run'

async function ask<Answer extends { coverage: Coverage }>(url: string, route: string, data: Dataset, more = ''): Promise<Answer> {
  const range = `from=${new Date(data.from).toISOString()}&to=${new Date(data.to).toISOString()}`
  const response = await fetch(`${url}/api/${route}?${range}${more}`)
  const text = await response.text()
  if (!response.ok) throw new Error(`/api/${route} answered ${response.status}: ${text.slice(0, 500)}`)
  return JSON.parse(text) as Answer
}

/** Requests the four answers from a server at once. @throws Error when an answer does not include all tuples of the data. */
export async function askServer(url: string, data: Dataset): Promise<Lap<FourAnswers>> {
  const begun = performance.now()
  const [timeline, talkers, rules, tuples] = await Promise.all([
    ask<TimelineAnswer>(url, 'timeline', data),
    ask<TalkersAnswer>(url, 'talkers', data, '&by=src'),
    ask<RulesAnswer>(url, 'rules', data),
    ask<TuplesAnswer>(url, 'tuples', data),
  ])
  const ms = performance.now() - begun
  for (const { coverage } of [timeline, talkers, rules, tuples]) {
    if (!coverage.complete || coverage.tuples !== data.tuples || coverage.malformed > 0 || coverage.problems.length > 0)
      throw new Error(`answer includes ${coverage.tuples} of ${data.tuples} tuples: ${JSON.stringify(coverage).slice(0, 500)}`)
  }
  return { ms, answers: factsOf({ timeline, talkers, rules, tuples }) }
}
