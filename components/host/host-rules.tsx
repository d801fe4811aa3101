'use client'

import { AnswerPanel } from '@/components/answer/answer-panel'
import type { Answered } from '@/components/answer/use-answer'
import { compactCount, formatCount, formatPlural } from '@/components/format/number'
import { decodeRule, shortResource } from '@/components/format/rule'
import { formatInstant, formatMoment, zoneName } from '@/components/format/time'
import { Badge } from '@/components/ui/badge'
import { RowsSkeleton } from '@/components/ui/rows-skeleton'
import { SplitBar } from '@/components/ui/split-bar'
import { Value } from '@/components/value/value'
import { useView } from '@/components/view/use-view'
import type { HostAnswer } from '@/lib/flow/answers'
import { CountLink, FigureLink } from './figure-link'
import { describeWay, otherEnd, terms } from './terms'

const figure = 'data w-px px-2 text-right whitespace-nowrap'
const COLUMN = {
  rule: 'max-w-0 w-[50%] @2xl:w-[38%] pl-3 pr-2 text-left font-normal',
  bar: 'px-2 text-left whitespace-nowrap @max-lg:hidden',
  allow: figure,
  deny: `${figure} @max-xl:pr-3`,
  peers: `${figure} @max-xl:hidden`,
  ports: `${figure} @max-xl:hidden`,
  seen: `${figure} pr-3 @max-2xl:hidden`,
} as const

function RuleRow({ address, row, full }: { address: string; row: HostAnswer['rules'][number]; full: number }) {
  const { zone } = useView()
  const { rule, acl, end, dir } = row
  const { name, kind } = decodeRule(rule)
  const way = describeWay(end, dir)
  const filter = terms({ [end]: address, dir, rule, acl })
  return (
    <tr className="h-10.5 border-b border-line/60 last:border-0 hover:bg-hover">
      <th scope="row" className={COLUMN.rule}>
        <span className="flex items-center gap-1.5">
          <Value field="rule" value={rule} title={rule}>
            {name}
          </Value>
          {kind ? <Badge>{kind}</Badge> : null}
        </span>
        <span className="flex items-center gap-1.5 text-label text-faint">
          <span className="whitespace-nowrap" title={way.about}>
            {way.name}
          </span>
          {acl === '' ? null : (
            <Value field="acl" value={acl} title={acl}>
              {shortResource(acl)}
            </Value>
          )}
        </span>
      </th>
      <td className={COLUMN.bar}>
        <SplitBar
          allow={row.allow}
          deny={row.deny}
          full={full}
          label={`${formatCount(row.allow)} allowed, ${formatCount(row.deny)} denied tuples`}
        />
      </td>
      {(['allow', 'deny'] as const).map((action) => (
        <td key={action} className={COLUMN[action]}>
          {row[action] === 0 ? (
            <span className="text-faint">0</span>
          ) : (
            <FigureLink
              filter={`${filter} ${terms({ action })}`}
              title={formatPlural(row[action], 'tuple')}
              className={action === 'allow' ? 'text-allow' : 'text-deny'}
            >
              {compactCount(row[action])}
            </FigureLink>
          )}
        </td>
      ))}
      <td className={COLUMN.peers}>
        <CountLink filter={filter} by={otherEnd(end)} title={formatPlural(row.peers, 'peer')}>
          {formatCount(row.peers)}
        </CountLink>
      </td>
      <td className={COLUMN.ports}>
        <CountLink filter={filter} by="dport" title={formatPlural(row.ports, 'port')}>
          {formatCount(row.ports)}
        </CountLink>
      </td>
      <td className={`${COLUMN.seen} text-label leading-4`}>
        {[row.first, row.last].map((time, i) => (
          <time key={i === 0 ? 'first' : 'last'} dateTime={time} title={formatInstant(time, zone)} className="block">
            {formatMoment(time, zone)}
          </time>
        ))}
      </td>
    </tr>
  )
}

/** Rules that let the address in or out, or kept it from it. */
export function HostRules({ address, answered }: { address: string; answered: Answered<HostAnswer> }) {
  const { zone } = useView()
  return (
    <AnswerPanel title="Rules that decided" answered={answered} skeleton={<RowsSkeleton rows={5} height={42} head />}>
      {({ rules, view }) => {
        const full = Math.max(0, ...rules.map(({ tuples }) => tuples))
        const heads: readonly [keyof typeof COLUMN, string, string?][] = [
          ['rule', formatPlural(rules.length, 'rule')],
          ['bar', 'allowed, denied'],
          ['allow', 'allowed', 'allowed tuples'],
          ['deny', 'denied', 'denied tuples'],
          ['peers', 'peers', 'distinct addresses at the other end'],
          ['ports', 'ports', 'distinct destination ports'],
          ['seen', `first, last ${zoneName(Date.parse(view.from), zone)}`],
        ]
        return (
          <div className="@container overflow-x-auto">
            <table className="w-full">
              <thead>
                <tr className="h-8 border-b border-line text-label text-muted">
                  {heads.map(([column, name, about]) => (
                    <th key={column} scope="col" title={about} className={`${COLUMN[column]} font-sans font-normal`}>
                      {name}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {rules.map((row) => (
                  <RuleRow key={JSON.stringify([row.rule, row.acl, row.end, row.dir])} address={address} row={row} full={full} />
                ))}
              </tbody>
            </table>
          </div>
        )
      }}
    </AnswerPanel>
  )
}
