import { useAnswer } from '@/components/parts/answer/use-answer'
import { formatCount, formatPlural } from '@/components/parts/format/number'
import { Value } from '@/components/parts/value/value'
import { both } from '@/components/parts/view/both'
import { FigureLink } from '@/components/parts/view/figure-link'
import { useView } from '@/components/parts/view/use-view'
import { Panel } from '@/components/ui/panel'

/** Addresses that are named, of each end. */
const LIMIT = '4'

function useListed(end: 'src' | 'dst') {
  const { q } = useView()
  const { data } = useAnswer('talkers', { by: end, q: both(q, `${end}.list:*`), limit: LIMIT })
  return (data?.rows ?? []).map(({ key, tuples, allow }) => ({ end, address: String(key), tuples, allow }))
}

/** Addresses of the view that are on a list; nothing where there are none. */
export function ListedPanel() {
  const [sources, destinations] = [useListed('src'), useListed('dst')]
  const rows = [...destinations, ...sources]
  if (rows.length === 0) return null
  return (
    <Panel title="On lists">
      <ul className="flex flex-wrap gap-x-8 gap-y-1 px-3 py-2">
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
    </Panel>
  )
}
