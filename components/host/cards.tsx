'use client'

import { AnswerPanel } from '@/components/answer/answer-panel'
import type { Answered } from '@/components/answer/use-answer'
import { useLogNames } from '@/components/explorer/use-log-names'
import { compactCount, formatCount, formatPlural } from '@/components/format/number'
import { formatInstant, formatMoment } from '@/components/format/time'
import { Badge } from '@/components/ui/badge'
import { RowsSkeleton } from '@/components/ui/rows-skeleton'
import { Value } from '@/components/value/value'
import { useView } from '@/components/view/use-view'
import type { HostAnswer } from '@/lib/flow/answers'
import { FigureLink } from './figure-link'
import { terms } from './terms'

function CardRow({ address, card, name }: { address: string; card: HostAnswer['cards'][number]; name: string }) {
  const { zone } = useView()
  const { log, mac, format, tuples, own, first, last } = card
  return (
    <tr className="h-10.5 border-b border-line/60 last:border-0 hover:bg-hover">
      <th scope="row" className="max-w-0 w-[60%] pr-2 pl-3 text-left font-normal">
        <span className="flex items-center gap-1.5">
          {mac === '' ? <span className="text-faint">no card named</span> : <Value field="mac" value={mac} />}
          {own > 0 ? (
            <Badge title={`${formatCount(own)} of ${formatPlural(tuples, 'tuple')} sent or received by this card as ${address}`}>
              its side
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
      <td className="data w-px px-2 text-right whitespace-nowrap">
        <FigureLink filter={terms({ ip: address, log, mac, format })} title={formatPlural(tuples, 'tuple')}>
          {compactCount(tuples)}
        </FigureLink>
      </td>
      <td className="data w-px px-2 pr-3 text-right text-label leading-4 whitespace-nowrap">
        {[first, last].map((time, i) => (
          <time key={i === 0 ? 'first' : 'last'} dateTime={time} title={formatInstant(time, zone)} className="block">
            {formatMoment(time, zone)}
          </time>
        ))}
      </td>
    </tr>
  )
}

/** Which network cards logged the address, in which flow log. */
export function Cards({ address, answered }: { address: string; answered: Answered<HostAnswer> }) {
  const names = useLogNames()
  return (
    <AnswerPanel title="Cards and logs that saw it" answered={answered} skeleton={<RowsSkeleton rows={3} height={42} head />}>
      {({ cards }) => (
        <table className="w-full">
          <thead>
            <tr className="h-8 border-b border-line text-label text-muted *:font-normal">
              <th scope="col" className="pl-3 text-left">
                {formatPlural(cards.length, 'card')}
              </th>
              <th scope="col" className="px-2 text-right">
                tuples
              </th>
              <th scope="col" className="px-2 pr-3 text-right">
                first, last
              </th>
            </tr>
          </thead>
          <tbody>
            {cards.map((card) => (
              <CardRow
                key={`${card.log} ${card.mac} ${card.format}`}
                address={address}
                card={card}
                name={names.get(card.log) ?? card.log}
              />
            ))}
          </tbody>
        </table>
      )}
    </AnswerPanel>
  )
}
