import 'server-only'
import type { Sighting } from '@/lib/flow/answer/kept/alert'
import type { Condition, KeptWatch, Round } from '@/lib/flow/answer/kept/watch'
import { LEVELS } from '@/lib/flow/finding/kinds'
import { timeBefore } from '@/lib/flow/time/baseline'
import { DAY, floorTo, HOUR, MINUTE } from '@/lib/flow/time/bucket'
import { isComparing } from '@/lib/flow/view/comparing'
import type { View } from '@/lib/flow/view/view'
import { isByContext } from '@/lib/http/ask/answering/by-context'
import { fetchRange } from '@/lib/http/ask/answering/fetch-range'
import { lookFor } from '@/lib/http/findings/look-for'
import { mutedBy } from '@/lib/http/findings/muted'
import { knowingScopeOf } from '@/lib/http/rights/scope-of'
import type { Server } from '@/lib/http/server/server'
import type { Road } from '@/lib/ingest/road/road'
import { bestFirst } from '@/lib/query/findings/findings'
import { type Window, windows } from '@/lib/query/windows'
import { alertId, parametersOf, viewOf, windowOf } from './condition'
import { windowSentence } from './sentence'
import { WATCH } from './whose'

/** Time that each round asks again, because blocks may arrive this late. Milliseconds. */
const LATE = 2 * HOUR
/** Oldest time that a round asks, counted back from now. Milliseconds. */
const FARTHEST = 7 * DAY
const BASELINE = 7 * DAY

export interface Looking extends Pick<Server, 'memo' | 'pace' | 'contextFiles' | 'mutes' | 'askAbove'> {
  road: Road
  signal: AbortSignal
  /** Epoch milliseconds. */
  now: number
}

export interface Seen {
  /** Best first. */
  sightings: Sighting[]
  /** True if everything since the last complete round has been read; the baseline does not count. */
  isWhole: boolean
  /** The data that could not be read, or null. */
  problem: string | null
}

type Of<About> = Extract<Condition, { about: About }>

/** Returns where a round begins: at the end of the last complete round, minus the time that blocks may be late. */
function beginning({ made }: KeptWatch, round: Round | null, now: number): number {
  const through = Date.parse(round?.through ?? made)
  return Math.max(now - FARTHEST, Math.min(now, through) - LATE)
}

/** Reads as much of a range as possible; returns the reason if something is missing, otherwise null. */
async function readAll(looking: Looking, view: View): Promise<string | null> {
  const { road, signal } = looking
  road.refresh()
  const survey = await road.survey(view, signal)
  await fetchRange(looking, survey)
  const { blobs, blobsRead } = road.progress(survey)
  if (survey.failed.length > 0) return `${survey.failed[0]!.source.name} could not be listed`
  return blobsRead < blobs ? `${blobs - blobsRead} of ${blobs} blobs could not be read` : null
}

/** Returns the views to ask about. What a filter that compares rows selects depends on the range: it is asked about each window, as the link of an alert asks. */
function partsOf(view: View, length: number): View[] {
  if (!isComparing(view.filter)) return [view]
  const parts: View[] = []
  for (let from = view.from; from < view.to; from += length) parts.push({ ...view, from, to: from + length })
  return parts
}

async function lookAtFilter(looking: Looking, watch: KeptWatch, condition: Of<'filter'>, begin: number): Promise<Seen> {
  const { road, now, signal } = looking
  const length = windowOf(condition)
  const view = viewOf(condition, floorTo(begin, length), now)
  const problem = await readAll(looking, view)
  const survey = await road.survey(view, signal)
  const scope = await knowingScopeOf({ ...looking, identity: WATCH }, survey, isByContext(view, {}))
  const found: Window[] = []
  for (const part of partsOf(view, length)) found.push(...(await windows(road.store, part, { ...condition, length, scope }, signal)))
  const sightings = found.map(({ begin: from, tuples, bytes, amount, first, last }) => ({
    id: alertId(watch.id, condition, from),
    sentence: windowSentence(condition, amount, length),
    level: null,
    first: new Date(first).toISOString(),
    last: new Date(last).toISOString(),
    tuples,
    bytes,
    q: condition.q,
    from: new Date(from).toISOString(),
    to: new Date(from + length).toISOString(),
    logs: condition.logs,
  }))
  return { sightings, isWhole: problem === null, problem }
}

/** Reads the baseline if it is not larger than `askAbove`; returns the reason if something is missing, otherwise null. */
async function readBaseline(looking: Looking, view: View): Promise<string | null> {
  const { road, signal, askAbove } = looking
  const before = timeBefore(view, BASELINE)
  const survey = await road.survey(before, signal)
  const { bytes, bytesRead } = road.progress(survey)
  if (bytes - bytesRead <= askAbove) return readAll(looking, before)
  return 'the time before has not been read: it is more than FLOWLENS_ASK_ABOVE'
}

async function lookAtFindings(looking: Looking, watch: KeptWatch, condition: Of<'findings'>, begin: number): Promise<Seen> {
  const { now } = looking
  const view = viewOf(condition, floorTo(Math.min(begin, now - DAY), MINUTE), now)
  const problem = await readAll(looking, view)
  const unread = await readBaseline(looking, view)
  const asker = { ...looking, identity: WATCH }
  const { found } = await lookFor(asker, view, { kinds: condition.kinds, thresholds: parametersOf(condition), baseline: BASELINE })
  const muteOf = await mutedBy(asker, now)
  const least = LEVELS.indexOf(condition.level)
  const told = found.flatMap(({ rows }) => rows).filter((one) => LEVELS.indexOf(one.level) <= least && muteOf(one) === null)
  const sightings = told.sort(bestFirst).map(({ id, sentence, level, first, last, tuples, bytes, q, from, to }) => ({
    id: alertId(watch.id, condition, id),
    ...{ sentence: `${sentence}.`, level, first, last, tuples, bytes, q, from, to, logs: condition.logs },
  }))
  return { sightings, isWhole: problem === null, problem: problem ?? unread }
}

/** Evaluates the condition of a watch over everything since its last complete round; first reads the data that this takes. */
export async function look(looking: Looking, watch: KeptWatch, round: Round | null): Promise<Seen> {
  const now = floorTo(looking.now, MINUTE)
  const begin = beginning(watch, round, now)
  const { condition } = watch
  return condition.about === 'filter'
    ? lookAtFilter({ ...looking, now }, watch, condition, begin)
    : lookAtFindings({ ...looking, now }, watch, condition, begin)
}
