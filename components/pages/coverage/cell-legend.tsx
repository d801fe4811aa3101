import { formatCount } from '@/components/parts/format/number'
import { classNames } from '@/components/ui/class-names'
import { type CellLook, LOOKS } from './grid/cell-state'

/** Legend of the cell states, with the number of cells of each. */
export function CellLegend({ counts }: { counts: Readonly<Record<CellLook, number>> }) {
  return (
    <ul aria-label="States" className="flex flex-wrap gap-x-4 gap-y-1 text-label text-muted">
      {Object.entries(LOOKS).map(([key, { sign, about, why, look }]) => (
        <li key={key} title={why} className="flex items-center gap-1.5 whitespace-nowrap">
          <span aria-hidden="true" className={classNames('data flex h-4 w-5 items-center justify-center rounded-sm font-semibold', look)}>
            {sign}
          </span>
          {about} <span className="data text-ink">{formatCount(counts[key as CellLook])}</span>
        </li>
      ))}
    </ul>
  )
}
