import 'server-only'
import type { Finding } from '@/lib/flow/answer/traffic/findings'
import type { Thresholds } from '@/lib/flow/finding/facts'
import type { FindingKind } from '@/lib/flow/finding/kinds'
import type { View } from '@/lib/flow/view/view'
import type { Road, Survey } from '@/lib/ingest/road/road'
import { findingsOf } from '@/lib/query/findings/findings'
import { type Looker, withTimeBefore } from './time-before'

export interface LookingFor {
  kinds: readonly FindingKind[]
  thresholds: Thresholds
  /** Length of the baseline, the time before the view. Milliseconds. */
  baseline: number
}

export interface Looked {
  /** The findings of each kind, unsorted. */
  found: readonly { kind: FindingKind; rows: readonly Finding[] }[]
  baseline: View
  /** Share of the hours of the baseline that hold rows that have been read. */
  share: number
  /** True if everything in the view and the baseline has been read. */
  isRead: boolean
}

/** Returns the MACs of NICs that have unread blobs in a survey: their silence means nothing. */
function unreadOf(road: Road, { needs }: Survey): Set<string> {
  const { blobs, blobsRead } = road.progress({ needs })
  if (blobsRead === blobs) return new Set()
  const isUnread = (need: Survey['needs'][number]) => road.progress({ needs: [need] }).blobsRead === 0
  return new Set(needs.filter(isUnread).flatMap(({ blob }) => blob.mac ?? []))
}

/** Returns the findings of a view; each kind is memoized separately. The baseline covers the part that has been read. */
export async function lookFor(looker: Looker, view: View, { kinds, thresholds, baseline }: LookingFor): Promise<Looked> {
  const { road, memo, signal } = looker
  const { store } = road
  const { before, survey, scope, cover, confirmed } = await withTimeBefore(looker, view, baseline)
  const unread = unreadOf(road, survey)
  const { filter: _, ...rest } = view
  const remember = <Part>(about: unknown[], ask: () => Promise<Part>) =>
    memo.get(JSON.stringify(['findings', rest, scope, baseline, ...about]), store.revision, ask)
  const found = await Promise.all(
    kinds.map(async (kind) => ({
      kind,
      rows: await remember([kind, thresholds[kind], kind === 'silence' ? [...unread].sort() : []], () =>
        findingsOf(kind, store, view, { scope, baseline, cover, thresholds, unread }, signal),
      ),
    })),
  )
  return { found, baseline: before, share: cover.share, isRead: await confirmed() }
}
