import { Skeleton } from './skeleton'

const WIDTHS = ['92%', '84%', '76%', '70%', '61%', '55%', '48%', '44%', '38%', '33%']

/** Rows of a table to come, each `height` pixels. */
export function RowsSkeleton({ rows, height, head = false }: { rows: number; height: number; head?: boolean }) {
  return (
    <div aria-hidden="true">
      {head ? <div className="h-8 border-b border-line" /> : null}
      {Array.from({ length: rows }, (_, i) => {
        const width = WIDTHS[i % WIDTHS.length]
        return (
          <div key={`${i}:${width}`} style={{ height }} className="flex items-center gap-4 px-3">
            <Skeleton className="h-3 w-32 shrink-0" />
            <div className="flex-1">
              <div style={{ width }}>
                <Skeleton className="h-2 w-full" />
              </div>
            </div>
            <Skeleton className="h-3 w-16 shrink-0" />
          </div>
        )
      })}
    </div>
  )
}
