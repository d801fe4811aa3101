import 'server-only'
import { answering, remembered } from '@/lib/http/ask/answering/answer'
import { counters as askCounters } from '@/lib/query/counters/counters'
import { flips as askFlips } from '@/lib/query/flips'
import { host as askHost } from '@/lib/query/host/host'
import { rule as askRule } from '@/lib/query/rule/rule'
import { rulesWithSpark as askRules } from '@/lib/query/rules/spark'
import { scans as askScans } from '@/lib/query/scans'
import { talkersWithSpark as askTalkers } from '@/lib/query/talkers/spark'
import { timelineWithNoise as askTimeline } from '@/lib/query/timeline/noise'
import { flow as askFlow } from '@/lib/query/tuples/flow'
import { neighbours as askNeighbours } from '@/lib/query/tuples/neighbours'
import { tuples as askTuples } from '@/lib/query/tuples/tuples'
import { values as askValues } from '@/lib/query/values'
import { askFindings } from './findings'
import { askFlows } from './flows'
import { askPaths } from './paths'
import { planOf } from './plan'
import { tupleOf } from './tuple-of'

export const timeline = answering('timeline', remembered('timeline', askTimeline))

export const talkers = answering('talkers', remembered('talkers', askTalkers))

export const paths = answering('paths', askPaths)

export const values = answering('values', remembered('values', askValues))

export const rules = answering('rules', remembered('rules', askRules))

export const rule = answering('rule', remembered('rule', askRule))

export const tuples = answering('tuples', remembered('tuples', askTuples))

export const flows = answering('flows', askFlows)

export const flow = answering('flow', async (asking, path) => {
  const of = await tupleOf(asking, path)
  return askFlow(asking.road.store, asking.view, { ...asking.options, of }, asking.signal)
})

export const neighbours = answering('neighbours', async (asking, path) => {
  const of = await tupleOf(asking, path)
  return askNeighbours(asking.road.store, asking.view, { ...asking.options, of }, asking.signal)
})

export const scans = answering('scans', remembered('scans', askScans))

export const flips = answering('flips', remembered('flips', askFlips))

export const findings = answering('findings', askFindings)

export const host = answering('host', remembered('host', askHost))

export const counters = answering('counters', remembered('counters', askCounters))

/** The hours of the range alone. */
const OF_RANGE = { isOfRange: true }

export const coverage = answering(
  'coverage',
  async ({ road, view, survey }) => ({
    cells: await road.cells(survey, view),
    others: survey.passed.flatMap(({ source, passed: { what, grade, extension, count, sample } }) =>
      grade === 'calm' ? [{ source: source.id, what, extension, count, sample }] : [],
    ),
  }),
  OF_RANGE,
)

export const holes = answering('holes', ({ road, view, survey }) => road.holes(survey, view), OF_RANGE)

export const plan = answering('plan', (asking) => planOf(asking, asking.survey))
