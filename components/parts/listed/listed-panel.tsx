import { Awaited } from '@/components/parts/answer/load/awaited'
import { Unanswered } from '@/components/parts/answer/unanswered'
import { useAnswer } from '@/components/parts/answer/use-answer'
import { formatCount, formatPlural } from '@/components/parts/format/number'
import { Value } from '@/components/parts/value/value'
import { both } from '@/components/parts/view/both'
import { FigureLink } from '@/components/parts/view/figure-link'
import { useView } from '@/components/parts/view/use-view'
import { Skeleton } from '@/components/ui/marks/skeleton'
import { Panel } from '@/components/ui/panel'
import { allRead } from '@/lib/flow/answer/all-read'

/** Maximum number of addresses that are named, for each end. */
const LIMIT = '4'

function useListed(end: 'src' | 'dst') {
  const { q } = useView()
  const { data, error, stale, retry } = useAnswer('talkers', { by: end, q: both(q, `${end}.list:*`), limit: LIMIT })
  const rows = (data?.rows ?? []).map(({ key, tuples, allow }) => ({ end, address: String(key), tuples, allow }))
  return { rows, coverage: data?.coverage, retry: error === null ? null : retry, stale }
}

type Ends = readonly ReturnType<typeof useListed>[]

function noneOf(ends: Ends, q: string): string {
  if (ends.every(({ coverage }) => coverage!.tuples === 0)) return 'No data in this range'
  return q.trim() === '' ? 'No address in this range is on a list' : 'No address of the tuples that match the filter is on a list'
}

function Instead({ ends }: { ends: Ends }) {
  const { q } = useView()
  const retries = ends.flatMap(({ retry }) => retry ?? [])
  if (retries.length > 0) {
    const onRetry = () => {
      for (const retry of retries) retry()
    }
    return <Unanswered onRetry={onRetry}>Addresses on lists were not answered</Unanswered>
  }
  if (ends.some(({ coverage }) => coverage === undefined)) {
    return (
      <div className="p-3">
        <Awaited>
          <Skeleton className="h-3 w-80 max-w-full" />
        </Awaited>
      </div>
    )
  }
  return (
    <p className="p-3 text-muted">
      {ends.every(({ coverage }) => allRead(coverage!)) ? noneOf(ends, q) : 'None so far: not all of the range has been read'}
    </p>
  )
}

/** Addresses of the view that are on a list. */
export function ListedPanel() {
  const ends: Ends = [useListed('dst'), useListed('src')]
  const rows = ends.flatMap((end) => end.rows)
  return (
    <Panel title="On lists" stale={ends.some(({ stale }) => stale)}>
      {rows.length === 0 ? (
        <Instead ends={ends} />
      ) : (
        <ul className="absolute inset-0 flex flex-wrap content-start gap-x-8 gap-y-1 overflow-auto px-3 py-2 print:static">
          {rows.map(({ end, address, tuples, allow }) => (
            <li key={`${end} ${address}`} className="flex min-h-7 min-w-0 flex-wrap items-center gap-x-2">
              <span className="text-muted">{end === 'src' ? 'from' : 'to'}</span>
              <Value field={end} value={address} />
              <FigureLink filter={`${end}:${address}`} title={formatPlural(tuples, 'tuple')}>
                {formatPlural(tuples, 'tuple')}
              </FigureLink>
              <span className="text-label text-muted">{formatCount(allow)} allowed</span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
