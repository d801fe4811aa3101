'use client'

import { isUnread } from '@/components/parts/answer/load/unread'
import { useAnswer } from '@/components/parts/answer/use-answer'
import { useBasis } from '@/components/parts/answer/use-basis'
import { useView } from '@/components/parts/view/use-view'
import { late } from '@/components/ui/late'
import type { ScansAnswer } from '@/lib/flow/answer/traffic/scans'
import { hasAllDeniedThenAllowed, isDeniedThenAllowed } from './denied-then-allowed-scan'
import { FIGURE_BOX, Figure, FigureFailed, FigureSkeleton, FigureUnread } from './figure'

const NAME = 'Denied, then allowed'
/** The most sources requested; allowed ones come first. */
const LIMIT = '100'

const loading = () => <div className={`${FIGURE_BOX} bg-surface`} aria-busy="true" />
const LetInTile = late(() => import('./let-in-tile').then((part) => part.LetInTile), { loading })
const CalmFigure = late(() => import('./calm-figure').then((part) => part.CalmFigure), { loading })

function Calm({ data, growing, stale }: { data: ScansAnswer; growing: boolean; stale: boolean }) {
  const { q } = useView()
  const { matched } = useBasis()
  if (growing) return <Figure name={NAME} value="0" exact="no source" about="none so far" stale={stale} growing />
  if (data.total > 0 || matched) return <CalmFigure name={NAME} data={data} limit={LIMIT} stale={stale} />
  const about = matched === null ? 'totals unavailable' : q.trim() === '' ? 'no data in this range' : 'no data that matches the filter'
  return <Figure name={NAME} value="–" exact="no data" about={about} stale={stale} />
}

/** Sources that were denied inbound and allowed later: quiet at zero, highlighted above. */
export function DeniedThenAllowed() {
  const { data, error, stale, partial, retry } = useAnswer('scans', { limit: LIMIT })
  if (error) return <FigureFailed name={NAME} error={error} onRetry={retry} />
  if (data === undefined) return <FigureSkeleton name={NAME} />
  if (isUnread(data.coverage)) return <FigureUnread name={NAME} />
  const rows = data.rows.filter(isDeniedThenAllowed).sort((a, b) => Date.parse(b.allowed.first) - Date.parse(a.allowed.first))
  if (rows.length === 0) return <Calm data={data} growing={partial} stale={stale} />
  const more = partial || !hasAllDeniedThenAllowed(data)
  return <LetInTile name={NAME} rows={rows} total={data.total} more={more} stale={stale} end={null} reach={{}} />
}
