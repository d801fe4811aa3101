import 'server-only'
import {
  flowAnswer,
  hostAnswer,
  neighboursAnswer,
  planAnswer,
  rulesAnswer,
  scansAnswer,
  talkersAnswer,
  timelineAnswer,
  tuplesAnswer,
  valuesAnswer,
} from '@/lib/flow/answers'
import { countersAnswer } from '@/lib/flow/counters-answer'
import { coverageAnswer } from '@/lib/flow/coverage-answer'
import { flipsAnswer } from '@/lib/flow/flips-answer'
import { holesAnswer } from '@/lib/flow/holes-answer'
import { ruleAnswer } from '@/lib/flow/rule-answer'
import { counters as askCounters } from '@/lib/query/counters'
import { flips as askFlips } from '@/lib/query/flips'
import { flow as askFlow } from '@/lib/query/flow'
import { host as askHost } from '@/lib/query/host'
import { neighbours as askNeighbours } from '@/lib/query/neighbours'
import { timelineWithNoise as askTimeline } from '@/lib/query/noise'
import { rule as askRule } from '@/lib/query/rule'
import { rulesWithSpark as askRules } from '@/lib/query/rules-spark'
import { scans as askScans } from '@/lib/query/scans'
import { talkersWithSpark as askTalkers } from '@/lib/query/talkers-spark'
import { tuples as askTuples } from '@/lib/query/tuples'
import { values as askValues } from '@/lib/query/values'
import { answering, remembered } from './answer'
import { planOf } from './plan'
import { tupleOf } from './tuple-of'

export const timeline = answering('timeline', timelineAnswer, remembered('timeline', askTimeline))

export const talkers = answering('talkers', talkersAnswer, remembered('talkers', askTalkers))

export const values = answering('values', valuesAnswer, remembered('values', askValues))

export const rules = answering('rules', rulesAnswer, remembered('rules', askRules))

export const rule = answering('rule', ruleAnswer, remembered('rule', askRule))

export const tuples = answering('tuples', tuplesAnswer, remembered('tuples', askTuples))

export const flow = answering('flow', flowAnswer, async (asking, path) => {
  const of = await tupleOf(asking, path)
  return askFlow(asking.road.store, asking.view, { ...asking.options, of }, asking.signal)
})

export const neighbours = answering('neighbours', neighboursAnswer, async (asking, path) => {
  const of = await tupleOf(asking, path)
  return askNeighbours(asking.road.store, asking.view, { ...asking.options, of }, asking.signal)
})

export const scans = answering('scans', scansAnswer, remembered('scans', askScans))

export const flips = answering('flips', flipsAnswer, remembered('flips', askFlips))

export const host = answering('host', hostAnswer, remembered('host', askHost))

export const counters = answering('counters', countersAnswer, remembered('counters', askCounters))

export const coverage = answering('coverage', coverageAnswer, async ({ road, view, survey }) => ({
  cells: await road.cells(survey, view),
}))

export const holes = answering('holes', holesAnswer, ({ road, view, survey }) => road.holes(survey, view))

export const plan = answering('plan', planAnswer, (asking) => planOf(asking, asking.survey))
