'use client'

import { AnswerPanel } from '@/components/answer/answer-panel'
import type { Answered } from '@/components/answer/use-answer'
import { compactCount, formatBytes, formatPlural } from '@/components/format/number'
import { RowsSkeleton } from '@/components/ui/rows-skeleton'
import { SplitBar } from '@/components/ui/split-bar'
import type { HostAnswer } from '@/lib/flow/answers'
import { FigureLink } from './figure-link'
import { describeWay, terms } from './terms'

const figure = 'data w-px px-2 text-right whitespace-nowrap'

type Direction = HostAnswer['directions'][number]

function DirectionRow({ address, row, full }: { address: string; row: Direction; full: number }) {
  const { name, about } = describeWay(row.end, row.dir)
  const filter = terms({ [row.end]: address, dir: row.dir })
  return (
    <tr className="h-8.5 border-b border-line/60 last:border-0 hover:bg-hover">
      <th scope="row" className="px-3 text-left font-normal whitespace-nowrap" title={about}>
        {name}
      </th>
      <td className="w-[22%] px-2 @max-md:hidden">
        <SplitBar
          allow={row.allow}
          deny={row.deny}
          full={full}
          label={`${formatPlural(row.allow, 'tuple')} allowed, ${row.deny.toLocaleString('en-US')} denied`}
        />
      </td>
      {(['allow', 'deny'] as const).map((action) => (
        <td key={action} className={figure}>
          {row[action] === 0 ? (
            <span className="text-faint">0</span>
          ) : (
            <FigureLink filter={`${filter} ${terms({ action })}`} title={formatPlural(row[action], 'tuple')}>
              {compactCount(row[action])}
            </FigureLink>
          )}
        </td>
      ))}
      <td className={`${figure} @max-lg:hidden`} title={`${row.bytesSent.toLocaleString('en-US')} bytes`}>
        {formatBytes(row.bytesSent)}
      </td>
      <td className={`${figure} pr-3 @max-lg:hidden`} title={`${row.bytesReceived.toLocaleString('en-US')} bytes`}>
        {formatBytes(row.bytesReceived)}
      </td>
    </tr>
  )
}

/** Totals by the end that the address was and the direction as the card saw it. */
export function Directions({ address, answered }: { address: string; answered: Answered<HostAnswer> }) {
  return (
    <AnswerPanel title="Directions" answered={answered} skeleton={<RowsSkeleton rows={3} height={34} head />}>
      {({ directions }) => {
        const full = Math.max(0, ...directions.map(({ tuples }) => tuples))
        const twice = (['src', 'dst'] as const).some((end) => directions.filter((row) => row.end === end).length > 1)
        return (
          <div className="@container overflow-x-auto">
            <table className="w-full">
              <thead>
                <tr className="h-8 border-b border-line text-label text-muted *:font-normal">
                  <th scope="col" className="px-3 text-left">
                    direction
                  </th>
                  <th scope="col" className="px-2 text-left @max-md:hidden">
                    allowed, denied
                  </th>
                  <th scope="col" className="px-2 text-right" title="allowed tuples">
                    allowed
                  </th>
                  <th scope="col" className="px-2 text-right" title="denied tuples">
                    denied
                  </th>
                  <th scope="col" className="px-2 text-right @max-lg:hidden" title="bytes that the address itself sent">
                    sent
                  </th>
                  <th scope="col" className="px-2 pr-3 text-right @max-lg:hidden" title="bytes that the address itself received">
                    received
                  </th>
                </tr>
              </thead>
              <tbody>
                {directions.map((row) => (
                  <DirectionRow key={`${row.end} ${row.dir}`} address={address} row={row} full={full} />
                ))}
              </tbody>
            </table>
            {twice ? (
              <p className="border-t border-line px-3 py-1.5 text-label text-muted">
                A flow counts in both directions where the cards of both its ends are logged.
              </p>
            ) : null}
          </div>
        )
      }}
    </AnswerPanel>
  )
}
