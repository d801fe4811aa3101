'use client'

import { AnswerPanel } from '@/components/parts/answer/panel/answer-panel'
import type { Answered } from '@/components/parts/answer/use-answer'
import { useLogNames } from '@/components/parts/answer/use-log-names'
import { compactCount, formatCount, formatPlural } from '@/components/parts/format/number'
import { ExportTable } from '@/components/parts/table/export-table'
import { terms } from '@/components/parts/value/address-terms'
import { Value } from '@/components/parts/value/value'
import { FigureLink } from '@/components/parts/view/figure-link'
import { Badge } from '@/components/ui/marks/badge'
import { RowsSkeleton } from '@/components/ui/marks/rows-skeleton'
import type { HostAnswer } from '@/lib/flow/answer/traffic/host'
import { FIGURE, HostTable, SeenCell } from './host-table'

const COLUMN = { nic: 'max-w-0 w-[60%] pr-2 pl-3 text-left font-normal', tuples: FIGURE, seen: `${FIGURE} pr-3` } as const

function NicRow({ address, nic, name }: { address: string; nic: HostAnswer['cards'][number]; name: string }) {
  const { log, mac, format, tuples, own, first, last } = nic
  return (
    <tr className="h-10.5 border-b border-line/60 last:border-0 hover:bg-hover">
      <th scope="row" className={COLUMN.nic}>
        <span className="flex items-center gap-1.5">
          {mac === '' ? <span className="text-faint">no NIC logged</span> : <Value field="mac" value={mac} />}
          {own > 0 ? (
            <Badge title={`${formatCount(own)} of ${formatPlural(tuples, 'tuple')} sent or received by this NIC as ${address}`}>
              own NIC
            </Badge>
          ) : null}
        </span>
        <span className="flex items-center gap-1.5 text-label text-faint">
          <Value field="log" value={log} title={log}>
            {name}
          </Value>
          <span className="data shrink-0">{format}</span>
        </span>
      </th>
      <td className={COLUMN.tuples}>
        <FigureLink filter={terms({ ip: address, log, mac, format })} title={formatPlural(tuples, 'tuple')}>
          {compactCount(tuples)}
        </FigureLink>
      </td>
      <SeenCell first={first} last={last} className={COLUMN.seen} />
    </tr>
  )
}

/** The NICs that logged the address, by flow log. */
export function Nics({ address, answered }: { address: string; answered: Answered<HostAnswer> }) {
  const names = useLogNames()
  const rows = answered.data?.cards ?? []
  return (
    <AnswerPanel
      title="NICs and flow logs"
      answered={answered}
      actions={<ExportTable sheets={[{ name: 'NICs', total: rows.length, load: () => rows }]} />}
      skeleton={<RowsSkeleton rows={3} height={42} head />}
    >
      {({ cards: nics }) => (
        <HostTable
          heads={[
            [formatPlural(nics.length, 'NIC'), COLUMN.nic, undefined, ({ mac }) => mac],
            ['tuples', COLUMN.tuples, undefined, ({ tuples }) => tuples],
            ['first, last', COLUMN.seen, 'in this range; sorts by the last', ({ last }) => last],
          ]}
          rows={nics}
          draw={(nic) => (
            <NicRow key={`${nic.log} ${nic.mac} ${nic.format}`} address={address} nic={nic} name={names.get(nic.log) ?? nic.log} />
          )}
        />
      )}
    </AnswerPanel>
  )
}
