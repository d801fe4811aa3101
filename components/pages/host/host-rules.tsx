'use client'

import { AnswerPanel } from '@/components/parts/answer/panel/answer-panel'
import type { Answered } from '@/components/parts/answer/use-answer'
import { Marked, RowMark } from '@/components/parts/baseline/marks'
import { compactCount, formatCount, formatPlural } from '@/components/parts/format/number'
import { decodeRule } from '@/components/parts/format/rule'
import { zoneName } from '@/components/parts/format/time'
import { RULE_KEY } from '@/components/parts/rules/rule-key'
import { ExportTable } from '@/components/parts/table/export-table'
import { describeWay, otherEnd, terms } from '@/components/parts/value/address-terms'
import { Value } from '@/components/parts/value/value'
import { CountLink, FigureLink } from '@/components/parts/view/figure-link'
import { useView } from '@/components/parts/view/use-view'
import { Badge } from '@/components/ui/marks/badge'
import { RowsSkeleton } from '@/components/ui/marks/rows-skeleton'
import { SplitBar } from '@/components/ui/marks/split-bar'
import type { HostAnswer } from '@/lib/flow/answer/traffic/host'
import { FIGURE, type Head, HostTable, SeenCell } from './host-table'

const COLUMN = {
  rule: 'max-w-0 print:max-w-none w-[50%] @2xl:w-[38%] pl-3 pr-2 text-left font-normal',
  bar: 'px-2 text-left whitespace-nowrap @max-lg:hidden',
  allow: FIGURE,
  deny: `${FIGURE} @max-xl:pr-3`,
  peers: `${FIGURE} @max-xl:hidden`,
  ports: `${FIGURE} @max-xl:hidden`,
  seen: `${FIGURE} pr-3 @max-2xl:hidden`,
} as const

function RuleRow({ address, row, full }: { address: string; row: HostAnswer['rules'][number]; full: number }) {
  const { rule, acl, end, dir } = row
  const { name, kind } = decodeRule(rule)
  const way = describeWay(end, dir)
  const filter = terms({ [end]: address, dir, rule, acl })
  return (
    <tr className="h-10.5 border-b border-line/60 last:border-0 hover:bg-hover">
      <th scope="row" className={COLUMN.rule}>
        <span className="flex items-center gap-x-1.5 print:flex-wrap">
          <Value field="rule" value={rule} title={rule} className="print:wrap-anywhere!">
            {name}
          </Value>
          {kind ? <Badge>{kind}</Badge> : null}
          <RowMark of={[rule, acl]} />
        </span>
        <span className="flex items-center gap-1.5 text-label text-faint">
          <span className="whitespace-nowrap" title={way.about}>
            {way.name}
          </span>
          {acl === '' ? null : <Value field="acl" value={acl} title={acl} />}
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
      <SeenCell first={row.first} last={row.last} className={COLUMN.seen} />
    </tr>
  )
}

/** Rules that allowed or denied traffic of the address. */
export function HostRules({ address, answered }: { address: string; answered: Answered<HostAnswer> }) {
  const { zone } = useView()
  const rows = answered.data?.rules ?? []
  return (
    <AnswerPanel
      title="Rules hit"
      answered={answered}
      actions={<ExportTable sheets={[{ name: 'rules hit', total: rows.length, load: () => rows }]} />}
      skeleton={<RowsSkeleton rows={5} height={42} head />}
    >
      {({ rules, view }) => {
        const full = Math.max(0, ...rules.map(({ tuples }) => tuples))
        const heads: readonly Head<HostAnswer['rules'][number]>[] = [
          [formatPlural(rules.length, 'rule'), COLUMN.rule, undefined, ({ rule }) => decodeRule(rule).name.toLowerCase()],
          ['tuples', COLUMN.bar, 'allowed and denied', ({ tuples }) => tuples],
          ['allowed', COLUMN.allow, 'allowed tuples', ({ allow }) => allow],
          ['denied', COLUMN.deny, 'denied tuples', ({ deny }) => deny],
          ['peers', COLUMN.peers, 'distinct addresses at the other end', ({ peers }) => peers],
          ['ports', COLUMN.ports, 'distinct destination ports', ({ ports }) => ports],
          [`first, last ${zoneName(Date.parse(view.from), zone)}`, COLUMN.seen, 'in this range; sorts by the last', ({ last }) => last],
        ]
        return (
          <Marked by={RULE_KEY} keys={rules.map(({ rule, acl }) => [rule, acl])} term={terms({ ip: address })}>
            <HostTable
              heads={heads}
              rows={rules}
              draw={(row) => (
                <RuleRow key={JSON.stringify([row.rule, row.acl, row.end, row.dir])} address={address} row={row} full={full} />
              )}
            />
          </Marked>
        )
      }}
    </AnswerPanel>
  )
}
