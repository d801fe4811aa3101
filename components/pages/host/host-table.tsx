import type { ReactNode } from 'react'
import { formatInstant, formatMoment } from '@/components/parts/format/time'
import { useView } from '@/components/parts/view/use-view'

/** Class of a column of figures. */
export const FIGURE = 'data w-px px-2 text-right whitespace-nowrap'

/** Name of a column, the class of its cells, and what it holds where the name does not say it. */
export type Head = readonly [name: string, className: string, about?: string]

/** A table of the page of an address; its rows are the children. */
export function HostTable({ heads, children }: { heads: readonly Head[]; children: ReactNode }) {
  return (
    <div className="@container overflow-x-auto">
      <table className="w-full">
        <thead>
          <tr className="h-8 border-b border-line text-label text-muted">
            {heads.map(([name, className, about]) => (
              <th key={name} scope="col" title={about} className={`${className} font-sans font-normal`}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  )
}

/** When something was seen first and last; both are ISO 8601. */
export function SeenCell({ first, last, className }: { first: string; last: string; className: string }) {
  const { zone } = useView()
  return (
    <td className={`${className} text-label leading-4`}>
      {[first, last].map((time, i) => (
        <time key={i === 0 ? 'first' : 'last'} dateTime={time} title={formatInstant(time, zone)} className="block">
          {formatMoment(time, zone)}
        </time>
      ))}
    </td>
  )
}
