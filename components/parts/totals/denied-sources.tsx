'use client'

import { isUnread } from '@/components/parts/answer/load/unread'
import { useAnswer } from '@/components/parts/answer/use-answer'
import { compactCount, formatPlural } from '@/components/parts/format/number'
import { ChangeMark } from '@/components/parts/previous/change-mark'
import { Value } from '@/components/parts/value/value'
import { both } from '@/components/parts/view/both'
import { useView } from '@/components/parts/view/use-view'
import { Figure, FigureFailed, FigureSkeleton, FigureUnread } from './figure'

const NAME = 'Denied sources'

/** Number of distinct sources with at least one denied inbound tuple. */
export function DeniedSources() {
  const { q } = useView()
  const asked = { q: both(q, 'action:deny dir:in'), limit: '1' }
  const { data, error, stale, partial, retry } = useAnswer('talkers', asked)
  if (error) return <FigureFailed name={NAME} error={error} onRetry={retry} />
  if (data === undefined) return <FigureSkeleton name={NAME} />
  if (isUnread(data.coverage)) return <FigureUnread name={NAME} />
  const top = data.rows[0]
  const name = (n: number) => formatPlural(n, 'source')
  return (
    <Figure
      name={NAME}
      value={compactCount(data.total)}
      exact={`${formatPlural(data.total, 'source')} denied inbound`}
      about={
        <>
          <ChangeMark route="talkers" extra={asked} now={data.total} figure={({ total }) => total} format={name} />
          {top && typeof top.key === 'string' ? (
            <>
              most: <Value field="src" value={top.key} className="mr-1.5 text-muted" />
            </>
          ) : partial ? (
            'none so far'
          ) : (
            'none denied'
          )}
        </>
      }
      stale={stale}
      growing={partial}
    />
  )
}
