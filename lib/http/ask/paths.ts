import 'server-only'
import type { Basis } from '@/lib/flow/answer/answer'
import type { PathsAnswer } from '@/lib/flow/answer/traffic/paths'
import { remembered, type ViewAsking } from '@/lib/http/ask/answering/answer'
import { describeBaseline, withTimeBefore } from '@/lib/http/findings/time-before'
import { paths } from '@/lib/query/paths/paths'

const alone = remembered('paths', paths)

/** Returns the paths of a view; with a baseline, each link also has its tuples in that baseline, as far as it has been read. */
export async function askPaths(asking: ViewAsking<'paths'>): Promise<Omit<PathsAnswer, keyof Basis>> {
  const { options, view, road, memo, signal } = asking
  if (options.baseline === 0) return alone(asking)
  const { before, scope, cover, confirmed } = await withTimeBefore(asking, view, options.baseline)
  const { filter: _, ...rest } = view
  const compared = await memo.get(JSON.stringify(['paths', rest, options, scope]), road.store.revision, () =>
    paths(road.store, view, { ...options, before: { view: before, scope } }, signal),
  )
  return { ...compared, baseline: describeBaseline(before, cover.share, await confirmed()) }
}
