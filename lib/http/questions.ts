import 'server-only'
import {
  coverageAnswer,
  hostAnswer,
  planAnswer,
  rulesAnswer,
  scansAnswer,
  talkersAnswer,
  timelineAnswer,
  tuplesAnswer,
  valuesAnswer,
} from '@/lib/flow/answers'
import { host as askHost } from '@/lib/query/host'
import { rules as askRules } from '@/lib/query/rules'
import { scans as askScans } from '@/lib/query/scans'
import { talkersWithSpark as askTalkers } from '@/lib/query/talkers-spark'
import { timeline as askTimeline } from '@/lib/query/timeline'
import { tuples as askTuples } from '@/lib/query/tuples'
import { values as askValues } from '@/lib/query/values'
import { answering, remembered } from './answer'
import { planOf } from './plan'

export const timeline = answering('timeline', timelineAnswer, remembered('timeline', askTimeline))

export const talkers = answering('talkers', talkersAnswer, remembered('talkers', askTalkers))

export const values = answering('values', valuesAnswer, remembered('values', askValues))

export const rules = answering('rules', rulesAnswer, remembered('rules', askRules))

export const tuples = answering('tuples', tuplesAnswer, remembered('tuples', askTuples))

export const scans = answering('scans', scansAnswer, remembered('scans', askScans))

export const host = answering('host', hostAnswer, remembered('host', askHost))

export const coverage = answering('coverage', coverageAnswer, async ({ road, view, survey }) => ({ cells: road.cells(survey, view) }))

export const plan = answering('plan', planAnswer, (asking) => planOf(asking, asking.survey))
