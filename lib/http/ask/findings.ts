import 'server-only'
import type { Basis } from '@/lib/flow/answer/answer'
import type { FindingsAnswer } from '@/lib/flow/answer/findings'
import { DAY } from '@/lib/flow/bucket'
import type { Thresholds } from '@/lib/flow/finding/facts'
import { FINDING_KINDS, type FindingKind } from '@/lib/flow/finding/kinds'
import { parseThresholds, ThresholdProblem } from '@/lib/flow/finding/thresholds'
import { Problem } from '@/lib/flow/problem'
import type { View } from '@/lib/flow/view'
import { beyond } from '@/lib/http/door/beyond'
import { confirm } from '@/lib/http/rights/confirm'
import { knowingScopeOf } from '@/lib/http/rights/scope-of'
import type { Road, Survey } from '@/lib/ingest/road/road'
import { readList } from '@/lib/link/keys/key'
import { didYouMean } from '@/lib/link/language/did-you-mean'
import { coverOf } from '@/lib/query/findings/cover'
import { baselineOf, bestFirst, findingsOf } from '@/lib/query/findings/findings'
import type { Asking } from './answer'

/** The kinds that are named, or all of them. @throws Problem `ask` with the position of what is none. */
function kindsOf(text: string): readonly FindingKind[] {
  if (text === '') return FINDING_KINDS
  return [
    ...new Set(
      readList(text, (name, at) => {
        const kind = FINDING_KINDS.find((one) => one === name)
        if (kind !== undefined) return kind
        throw new Problem('ask', `Key kinds: there is no kind ${name}; ${didYouMean(name, FINDING_KINDS)}`, { key: 'kinds', at })
      }),
    ),
  ]
}

/** @throws Problem `ask` with the position of a parameter that is not one, or is out of its bounds. */
function thresholdsOf(text: string): Thresholds {
  try {
    return parseThresholds(text)
  } catch (error) {
    if (error instanceof ThresholdProblem) throw new Problem('ask', `Key thresholds: ${error.message}`, { key: 'thresholds', at: error.at })
    throw error
  }
}

/** MACs of NICs of which a survey has blobs that have not been read: their silence says nothing. */
function unreadOf(road: Road, { needs }: Survey): Set<string> {
  const { blobs, blobsRead } = road.progress({ needs })
  if (blobsRead === blobs) return new Set()
  const isUnread = (need: Survey['needs'][number]) => road.progress({ needs: [need] }).blobsRead === 0
  return new Set(needs.filter(isUnread).flatMap(({ blob }) => blob.mac ?? []))
}

/** The findings of a view, each kind remembered by itself; the baseline is as far as it has been read. */
export async function askFindings(asking: Asking<'findings'>): Promise<Omit<FindingsAnswer, keyof Basis>> {
  const { road, view, options, memo, signal } = asking
  const thresholds = thresholdsOf(options.thresholds)
  const kinds = kindsOf(options.kinds)
  const { store } = road
  const before = baselineOf(view, options.baseline)
  const whole: View = { ...view, from: before.from }
  beyond('range', whole.to - whole.from, 'Range with its baseline', { unit: 'days', per: DAY, key: 'baseline' })
  const survey = await road.survey(whole, signal)
  const scope = await knowingScopeOf(asking, survey, true)
  const unread = unreadOf(road, survey)
  const { filter: _, ...rest } = view
  const remember = <Part>(about: unknown[], ask: () => Promise<Part>) =>
    memo.get(JSON.stringify(['findings', rest, scope, options.baseline, ...about]), store.revision, ask)
  const cover = await remember(['cover'], () => coverOf(store, before, scope, signal))
  const found = await Promise.all(
    kinds.map((kind) =>
      remember([kind, thresholds[kind], kind === 'silence' ? [...unread].sort() : []], () =>
        findingsOf(kind, store, view, { scope, baseline: options.baseline, cover, thresholds, unread }, signal),
      ),
    ),
  )
  await confirm({ road, view: whole, survey, signal })
  const { blobs, blobsRead } = road.progress(survey)
  const all = found.flat().sort(bestFirst)
  const muted = new Set(options.muted.split(','))
  const shown = all.filter(({ id }) => !muted.has(id))
  return {
    kinds: kinds.map((kind, i) => ({ kind, found: found[i]!.length, parameters: { ...thresholds[kind] } })),
    baseline: {
      from: new Date(before.from).toISOString(),
      to: new Date(before.to).toISOString(),
      complete: cover.share === 1 && blobsRead === blobs,
      share: cover.share,
    },
    muted: all.length - shown.length,
    rows: shown.slice(0, options.limit),
  }
}
