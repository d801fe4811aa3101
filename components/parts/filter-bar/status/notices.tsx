'use client'

import { isUnread } from '@/components/parts/answer/load/unread'
import { useBasis } from '@/components/parts/answer/use-basis'
import { useView } from '@/components/parts/view/use-view'
import { Button } from '@/components/ui/button'
import { late } from '@/components/ui/late'
import { Notice } from '@/components/ui/states/notice'
import { noveltiesOf } from '@/lib/flow/view/novelties'

const ProblemsNotice = late(() => import('./problems-notice').then((module) => module.ProblemsNotice))
const NoveltyNotice = late(() => import('@/components/parts/baseline/novelty-notice').then((module) => module.NoveltyNotice))
const RightsNotice = late(() => import('./rights-notice').then((module) => module.RightsNotice))

/** Warnings about the page: ignored keys, and places or blobs that could not be read. */
export function Notices() {
  const { ignored, asked, go } = useView()
  const { coverage } = useBasis()
  const rights = coverage?.problems.filter(({ kind }) => kind === 'rights') ?? []
  const failures = coverage?.problems.filter(({ kind }) => kind === 'source' || kind === 'blob' || kind === 'missing') ?? []
  const asksForNew = noveltiesOf(asked.filter).length > 0
  const isAlone = coverage !== null && isUnread(coverage)
  const rest = isAlone ? 'There is nothing else to answer from.' : 'The figures below come from the rest.'
  if (ignored.length === 0 && failures.length === 0 && rights.length === 0 && !asksForNew) return null
  return (
    <div className="flex flex-col gap-2 px-3 pt-2 sm:px-4">
      {ignored.length > 0 ? (
        <Notice
          tone="caution"
          title="Parts of this link are not understood and were ignored"
          actions={<Button onClick={() => go({}, { replace: true })}>Clean the link</Button>}
        >
          <ul>
            {ignored.map(({ key, message }) => (
              <li key={key} className="wrap-anywhere">
                {message}
              </li>
            ))}
          </ul>
        </Notice>
      ) : null}
      {rights.length > 0 ? <RightsNotice problems={rights} rest={rest} /> : null}
      {asksForNew ? <NoveltyNotice /> : null}
      {failures.length > 0 ? <ProblemsNotice problems={failures} rest={rest} /> : null}
    </div>
  )
}
