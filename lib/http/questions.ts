import 'server-only'
import { coverageAnswer, planAnswer, rulesAnswer, scansAnswer, talkersAnswer, timelineAnswer, tuplesAnswer } from '@/lib/flow/answers'
import { rules as askRules } from '@/lib/query/rules'
import { scans as askScans } from '@/lib/query/scans'
import { talkers as askTalkers } from '@/lib/query/talkers'
import { timeline as askTimeline } from '@/lib/query/timeline'
import { tuples as askTuples } from '@/lib/query/tuples'
import { answering } from './answer'

export const timeline = answering('timeline', timelineAnswer, ({ road, view, options, signal }) =>
  askTimeline(road.store, view, options, signal),
)

export const talkers = answering('talkers', talkersAnswer, ({ road, view, options, signal }) =>
  askTalkers(road.store, view, options, signal),
)

export const rules = answering('rules', rulesAnswer, async ({ road, view, options, signal }) => askRules(road.store, view, options, signal))

export const tuples = answering('tuples', tuplesAnswer, ({ road, view, options, signal }) => askTuples(road.store, view, options, signal))

export const scans = answering('scans', scansAnswer, ({ road, view, options, signal }) => askScans(road.store, view, options, signal))

export const coverage = answering('coverage', coverageAnswer, async ({ road, view, survey }) => ({ cells: road.cells(survey, view) }))

export const plan = answering('plan', planAnswer, async ({ road, survey }) => {
  const { blobs, bytes, blobsRead, bytesRead } = road.progress(survey)
  return { blobs, bytes, cachedBlobs: blobsRead, cachedBytes: bytesRead }
})
