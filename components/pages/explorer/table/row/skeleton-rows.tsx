import { memo } from 'react'
import { Skeleton } from '@/components/ui/marks/skeleton'

const ROWS = 24
/** Share of a column that its text usually fills, row by row, in percent. */
const SHARES = [82, 64, 90, 72, 56]

/** A column is told by its name alone. */
type Named = readonly { field: string }[]

function SkeletonCells({ row, looks }: { row: number; looks: Named }) {
  return (
    <>
      <td />
      {looks.map((look, i) => (
        <td key={look.field} className="px-1.5" style={{ width: `${SHARES[(row + i) % SHARES.length]}%` }}>
          <Skeleton className="h-2.5 w-full" />
        </td>
      ))}
    </>
  )
}

const ROW = 'grid items-center border-b border-line/60'

/** Placeholder of a visible row that has not arrived yet. */
export const RowToCome = memo(function RowToCome({ index, top, looks }: { index: number; top: number; looks: Named }) {
  return (
    <tr
      aria-busy="true"
      className={`absolute inset-x-0 ${ROW}`}
      style={{ gridTemplateColumns: 'var(--columns)', height: 'var(--row)', transform: `translateY(${top}px)` }}
    >
      <SkeletonCells row={index} looks={looks} />
    </tr>
  )
})

/** Placeholders of rows, in their size. */
export function SkeletonRows({ looks }: { looks: Named }) {
  return (
    <tbody aria-hidden="true" className="block">
      {Array.from({ length: ROWS }, (_, row) => (
        <tr key={row} className={ROW} style={{ gridTemplateColumns: 'var(--columns)', height: 'var(--row)' }}>
          <SkeletonCells row={row} looks={looks} />
        </tr>
      ))}
    </tbody>
  )
}
