import type { ReactNode } from 'react'
import { formatInstant, formatSecond } from '@/components/parts/format/time'
import { SortHeads } from '@/components/parts/table/sort-head'
import { type SortValue, useOrdered } from '@/components/parts/table/use-ordered'
import { useView } from '@/components/parts/view/use-view'

/** Class of a column of figures. */
export const FIGURE = 'data w-px px-2 text-right whitespace-nowrap'

/** Name of a column, the class of its cells, its meaning if the name does not tell it, and its sort value. */
export type Head<Row> = readonly [name: string, className: string, about: string | undefined, sort: (row: Row) => SortValue]

/** A table of the page of an address, sorted by any column; `draw` makes a row. */
export function HostTable<Row>({
  heads,
  rows,
  draw,
}: {
  heads: readonly Head<Row>[]
  rows: readonly Row[]
  draw: (row: Row) => ReactNode
}) {
  const sorts = new Map(heads.map(([name, , , sort]) => [name, sort]))
  const { rows: sorted, sorting } = useOrdered<Row, string>(rows, (row, name) => sorts.get(name)?.(row) ?? 0)
  return (
    <div className="@container overflow-x-auto">
      <table className="w-full">
        <thead>
          <tr className="h-8 border-b border-line text-label text-muted">
            <SortHeads heads={heads.map(([name, className, about]) => [className, name, name, about])} sorting={sorting} />
          </tr>
        </thead>
        <tbody>{sorted.map(draw)}</tbody>
      </table>
    </div>
  )
}

/** The first and the last time; both are ISO 8601. */
export function SeenCell({ first, last, className }: { first: string; last: string; className: string }) {
  const { zone } = useView()
  return (
    <td className={`${className} text-label leading-4`}>
      {[first, last].map((time, i) => (
        <time key={i === 0 ? 'first' : 'last'} dateTime={time} title={formatInstant(time, zone)} className="block">
          {formatSecond(time, zone)}
        </time>
      ))}
    </td>
  )
}
