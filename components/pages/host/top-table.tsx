'use client'

import type { ReactNode } from 'react'
import { formatCount, formatPlural } from '@/components/parts/format/number'
import { formatInstant, formatSecond } from '@/components/parts/format/time'
import { SortHeads } from '@/components/parts/table/sort-head'
import { type SortValue, useOrdered } from '@/components/parts/table/use-ordered'
import { CountLink, FigureLink } from '@/components/parts/view/figure-link'
import { useView } from '@/components/parts/view/use-view'
import { classNames } from '@/components/ui/class-names'
import type { FilterField } from '@/lib/flow/field/fields'
import { formatBytes } from '@/lib/flow/text/bytes'

export interface TopRow {
  id: string
  name: ReactNode
  /** The filter of its tuples. */
  filter: string
  /** Distinct ports of a peer, or peers of a port. */
  others: number
  tuples: number
  bytesSent: number
  bytesReceived: number
  last: string
}

/** Name, classes and meaning of a column. */
type Head = [name: string, className: string, about: string | undefined, sort: (row: TopRow) => SortValue]

const figure = 'data w-px px-1.5 text-right whitespace-nowrap'
const narrow = `${figure} @min-[430px]:hidden pr-3`
const wide = `${figure} @max-[430px]:hidden last:pr-3`

function Bytes({ row }: { row: TopRow }) {
  const filter = `${row.filter} bytes>0`
  const title = `${formatBytes(row.bytesSent)} sent, ${formatBytes(row.bytesReceived)} received by the address`
  const cells = [
    ['both', narrow, row.bytesSent + row.bytesReceived],
    ['sent', wide, row.bytesSent],
    ['received', wide, row.bytesReceived],
  ] as const
  return cells.map(([name, look, bytes]) => (
    <td key={name} className={look}>
      {bytes === 0 ? (
        <span className="text-faint">0 B</span>
      ) : (
        <FigureLink filter={filter} title={title} className="decoration-transparent">
          {formatBytes(bytes)}
        </FigureLink>
      )}
    </td>
  ))
}

/** The top entries of a role: bytes each way if allowed, the last attempt if denied. */
export function TopTable({
  name,
  others,
  by,
  rows,
  measured,
}: {
  name: string
  /** The count beside each row, and the field that is the key. */
  others: 'peers' | 'ports'
  by: FilterField
  rows: readonly TopRow[]
  measured: boolean
}) {
  const { zone } = useView()
  const heads: readonly Head[] = [
    [name, 'max-w-0 w-full pl-3 pr-1 text-left', undefined, ({ id }) => (/^\d+ /.test(id) ? Number.parseInt(id, 10) : id)],
    [others, figure, `distinct ${others}`, (row) => row.others],
    ['tuples', classNames(figure, !measured && '@max-[430px]:pr-3'), undefined, ({ tuples }) => tuples],
    ...(measured
      ? ([
          ['bytes', narrow, 'both directions', ({ bytesSent, bytesReceived }) => bytesSent + bytesReceived],
          ['sent', wide, 'bytes that the address itself sent', ({ bytesSent }) => bytesSent],
          ['received', wide, 'bytes that the address itself received', ({ bytesReceived }) => bytesReceived],
        ] satisfies Head[])
      : ([['last', wide, 'last attempt in this range', ({ last }) => last]] satisfies Head[])),
  ]
  const sorts = new Map(heads.map(([head, , , sort]) => [head, sort]))
  const { rows: sorted, sorting } = useOrdered<TopRow, string>(rows, (row, head) => sorts.get(head)?.(row) ?? 0)
  return (
    <div className="@container">
      <table className="w-full">
        <thead>
          <tr className="h-7 text-label text-muted">
            <SortHeads heads={heads.map(([head, look, about]) => [look, head, head, about])} sorting={sorting} />
          </tr>
        </thead>
        <tbody>
          {sorted.map((row) => (
            <tr key={row.id} className="h-7 hover:bg-hover">
              <th scope="row" className="max-w-0 py-0 pr-1 pl-3 text-left font-normal">
                <span className="flex h-7 min-w-0 items-center gap-1.5">{row.name}</span>
              </th>
              <td className={figure}>
                <CountLink filter={row.filter} by={by} title={formatPlural(row.others, others.slice(0, -1))}>
                  {formatCount(row.others)}
                </CountLink>
              </td>
              <td className={classNames(figure, !measured && '@max-[430px]:pr-3')}>
                <FigureLink
                  filter={row.filter}
                  title={`${formatPlural(row.tuples, 'tuple')}, last in range ${formatInstant(row.last, zone)}`}
                >
                  {formatCount(row.tuples)}
                </FigureLink>
              </td>
              {measured ? <Bytes row={row} /> : <td className={`${wide} pr-3`}>{formatSecond(row.last, zone)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
