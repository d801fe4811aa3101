'use client'

import { isUnread } from '@/components/answer/unread'
import { useAnswer } from '@/components/answer/use-answer'
import { compactCount, formatPlural } from '@/components/format/number'
import { ChangeMark } from '@/components/previous/change-mark'
import { Value } from '@/components/value/value'
import { useView } from '@/components/view/use-view'
import { both } from './both'
import { Figure, FigureFailed, FigureSkeleton, FigureUnread } from './figure'

const NAME = 'Sources kept out'

/** Distinct sources with at least one inbound tuple that was denied. */
export function KeptOut() {
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
              most: <Value field="src" value={top.key} className="text-muted" />
            </>
          ) : partial ? (
            'none so far'
          ) : (
            'none was denied'
          )}
        </>
      }
      stale={stale}
      growing={partial}
    />
  )
}
