'use client'

import { useAnswer } from '@/components/answer/use-answer'
import { compactCount, formatPlural } from '@/components/format/number'
import { Value } from '@/components/value/value'
import { useView } from '@/components/view/use-view'
import { both } from './both'
import { Figure, FigureFailed, FigureSkeleton } from './figure'

const NAME = 'Sources kept out'

/** Distinct sources with at least one inbound tuple that was denied. */
export function KeptOut() {
  const { q } = useView()
  const { data, error, stale, partial, retry } = useAnswer('talkers', { q: both(q, 'action:deny dir:in'), limit: '1' })
  if (error) return <FigureFailed name={NAME} error={error} onRetry={retry} />
  if (data === undefined) return <FigureSkeleton name={NAME} />
  const top = data.rows[0]
  return (
    <Figure
      name={NAME}
      value={compactCount(data.total)}
      exact={`${formatPlural(data.total, 'source')} denied inbound`}
      about={
        top && typeof top.key === 'string' ? (
          <>
            most: <Value field="src" value={top.key} className="text-muted" />
          </>
        ) : partial ? (
          'none so far'
        ) : (
          'none was denied'
        )
      }
      stale={stale}
      growing={partial}
    />
  )
}
