import { Skeleton } from '@/components/ui/skeleton'
import type { ColumnLook } from './columns'
import { ROW_HEIGHT } from './table-row'

const ROWS = 24
/** Share of a column that its text usually fills, row by row. Percent. */
const SHARES = [82, 64, 90, 72, 56]

/** Rows to come, in their size. */
export function SkeletonRows({ looks }: { looks: readonly ColumnLook[] }) {
  return (
    <tbody aria-hidden="true" className="block">
      {Array.from({ length: ROWS }, (_, row) => (
        <tr
          key={row}
          className="grid items-center border-b border-line/60"
          style={{ gridTemplateColumns: 'var(--columns)', height: ROW_HEIGHT }}
        >
          {looks.map((look, i) => (
            <td key={look.field} className="px-1.5" style={{ width: `${SHARES[(row + i) % SHARES.length]}%` }}>
              <Skeleton className="h-2.5 w-full" />
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  )
}
