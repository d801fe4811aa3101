'use client'

import { AnswerPanel } from '@/components/parts/answer/panel/answer-panel'
import type { Answered } from '@/components/parts/answer/use-answer'
import { compactCount, formatPlural } from '@/components/parts/format/number'
import { ExportTable } from '@/components/parts/table/export-table'
import { describeWay, terms } from '@/components/parts/value/address-terms'
import { FigureLink } from '@/components/parts/view/figure-link'
import { RowsSkeleton } from '@/components/ui/marks/rows-skeleton'
import { SplitBar } from '@/components/ui/marks/split-bar'
import type { HostAnswer } from '@/lib/flow/answer/traffic/host'
import { formatBytes } from '@/lib/flow/text/bytes'
import { FIGURE, type Head, HostTable } from './host-table'

const COLUMN = {
  way: 'px-3 text-left font-normal whitespace-nowrap',
  bar: 'w-[22%] px-2 text-left @max-md:hidden',
  allow: FIGURE,
  deny: FIGURE,
  sent: `${FIGURE} @max-lg:hidden`,
  received: `${FIGURE} pr-3 @max-lg:hidden`,
} as const
type Direction = HostAnswer['directions'][number]

const HEADS: readonly Head<Direction>[] = [
  ['direction', COLUMN.way, undefined, ({ end, dir }) => describeWay(end, dir).name],
  ['tuples', COLUMN.bar, 'allowed and denied', ({ tuples }) => tuples],
  ['allowed', COLUMN.allow, 'allowed tuples', ({ allow }) => allow],
  ['denied', COLUMN.deny, 'denied tuples', ({ deny }) => deny],
  ['sent', COLUMN.sent, 'bytes that the address itself sent', ({ bytesSent }) => bytesSent],
  ['received', COLUMN.received, 'bytes that the address itself received', ({ bytesReceived }) => bytesReceived],
]

function DirectionRow({ address, row, full }: { address: string; row: Direction; full: number }) {
  const { name, about } = describeWay(row.end, row.dir)
  const filter = terms({ [row.end]: address, dir: row.dir })
  return (
    <tr className="h-8.5 border-b border-line/60 last:border-0 hover:bg-hover">
      <th scope="row" className={COLUMN.way} title={about}>
        {name}
      </th>
      <td className={COLUMN.bar}>
        <SplitBar
          allow={row.allow}
          deny={row.deny}
          full={full}
          label={`${formatPlural(row.allow, 'tuple')} allowed, ${row.deny.toLocaleString('en-US')} denied`}
        />
      </td>
      {(['allow', 'deny'] as const).map((action) => (
        <td key={action} className={COLUMN[action]}>
          {row[action] === 0 ? (
            <span className="text-faint">0</span>
          ) : (
            <FigureLink filter={`${filter} ${terms({ action })}`} title={formatPlural(row[action], 'tuple')}>
              {compactCount(row[action])}
            </FigureLink>
          )}
        </td>
      ))}
      <td className={COLUMN.sent} title={`${row.bytesSent.toLocaleString('en-US')} bytes`}>
        {formatBytes(row.bytesSent)}
      </td>
      <td className={COLUMN.received} title={`${row.bytesReceived.toLocaleString('en-US')} bytes`}>
        {formatBytes(row.bytesReceived)}
      </td>
    </tr>
  )
}

/** Totals by end and direction as seen by the NIC. */
export function Directions({ address, answered }: { address: string; answered: Answered<HostAnswer> }) {
  const rows = answered.data?.directions ?? []
  return (
    <AnswerPanel
      title="Directions"
      answered={answered}
      actions={<ExportTable sheets={[{ name: 'directions', total: rows.length, load: () => rows }]} />}
      skeleton={<RowsSkeleton rows={3} height={34} head />}
    >
      {({ directions }) => {
        const full = Math.max(0, ...directions.map(({ tuples }) => tuples))
        const twice = (['src', 'dst'] as const).some((end) => directions.filter((row) => row.end === end).length > 1)
        return (
          <>
            <HostTable
              heads={HEADS}
              rows={directions}
              draw={(row) => <DirectionRow key={`${row.end} ${row.dir}`} address={address} row={row} full={full} />}
            />
            {twice ? (
              <p className="border-t border-line px-3 py-1.5 text-label text-muted">
                A flow counts in both directions if the NICs of both ends are logged.
              </p>
            ) : null}
          </>
        )
      }}
    </AnswerPanel>
  )
}
