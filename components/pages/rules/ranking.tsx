'use client'

import { useRef } from 'react'
import { formatCount } from '@/components/parts/format/number'
import { zoneName } from '@/components/parts/format/time'
import { useRowKeys } from '@/components/parts/keys/use-row-keys'
import { type SortColumn, SortHeads, type Sorting } from '@/components/parts/table/sort-head'
import { Value } from '@/components/parts/value/value'
import { useOptions } from '@/components/parts/view/use-options'
import { useView } from '@/components/parts/view/use-view'
import { SplitBar } from '@/components/ui/marks/split-bar'
import { formatBytes } from '@/lib/flow/text/bytes'
import type { RuleOrder } from '@/lib/link/views/traffic/rules'
import { Decided, Moment, RuleRow } from './rule-row'
import type { Rule } from './sections'

const figure = 'data w-px px-2 text-right whitespace-nowrap'

const LOOKS = {
  rule: 'max-w-0 print:max-w-none w-[30%] @min-[1700px]:w-[24%] print:w-[36%]! @max-lg:w-full pl-3 pr-2 text-left font-normal',
  bar: 'px-2 w-[26%] text-left @max-[1700px]:hidden',
  allow: figure,
  deny: figure,
  bytes: `${figure} @max-2xl:hidden`,
  publicSources: `${figure} @max-lg:hidden`,
  publicDestinations: `${figure} @max-4xl:hidden`,
  ports: `${figure} @max-2xl:hidden`,
  width: 'data px-2 text-left text-label whitespace-nowrap @max-5xl:hidden',
  last: `${figure} pr-3 @max-xl:hidden`,
} as const

function Covers({ row }: { row: Rule }) {
  const text = (prefixes: readonly string[]) => (prefixes.length === 0 ? '–' : prefixes.join(', '))
  return (
    <>
      <span className="block">{text(row.sourceCover)} </span>
      <span className="text-faint">→</span> {text(row.destinationCover)}
    </>
  )
}

function Row({ row, full }: { row: Rule; full: number }) {
  return (
    <RuleRow row={row} head={LOOKS.rule} below={<Value field="acl" value={row.acl} title={row.acl} />}>
      <td className={LOOKS.bar}>
        <SplitBar
          allow={row.allow}
          deny={row.deny}
          full={full}
          label={`${formatCount(row.allow)} allowed, ${formatCount(row.deny)} denied tuples`}
        />
      </td>
      <td className={LOOKS.allow}>
        <Decided row={row} action="allow" />
      </td>
      <td className={LOOKS.deny}>
        <Decided row={row} action="deny" />
      </td>
      <td className={LOOKS.bytes}>{formatBytes(row.bytes)}</td>
      <td
        className={LOOKS.publicSources}
        title={`${formatCount(row.publicSources)} of ${formatCount(row.sources)} sources are on the internet`}
      >
        {formatCount(row.publicSources)}
        <span className="text-faint"> / {formatCount(row.sources)}</span>
      </td>
      <td
        className={LOOKS.publicDestinations}
        title={`${formatCount(row.publicDestinations)} of ${formatCount(row.destinations)} destinations are on the internet`}
      >
        {formatCount(row.publicDestinations)}
        <span className="text-faint"> / {formatCount(row.destinations)}</span>
      </td>
      <td className={LOOKS.ports}>{formatCount(row.ports)}</td>
      <td className={LOOKS.width}>
        <Covers row={row} />
      </td>
      <td className={LOOKS.last}>
        <Moment time={row.last} />
      </td>
    </RuleRow>
  )
}

/** All rules in one order, across ACLs: the traffic of each, the part to and from the internet, and how wide it was used. */
export function Ranking({ rows, from }: { rows: readonly Rule[]; from: string }) {
  const { zone } = useView()
  const table = useRef<HTMLTableElement>(null)
  useRowKeys(table)
  const { options, patch } = useOptions('rules')
  const sorting: Sorting<RuleOrder> = { order: options.sort, patchTo: (next) => patch({ sort: next }) }
  const full = Math.max(0, ...rows.map(({ tuples }) => tuples))
  const heads: readonly SortColumn<RuleOrder>[] = [
    [LOOKS.rule, 'rule', 'rule', 'its name'],
    [LOOKS.bar, 'tuples', 'allowed, denied', 'sorts by tuples'],
    [LOOKS.allow, 'allow', 'allowed', 'allowed tuples'],
    [LOOKS.deny, 'deny', 'denied', 'denied tuples'],
    [LOOKS.bytes, 'bytes', 'bytes', 'both directions'],
    [LOOKS.publicSources, 'publicSources', 'internet sources', 'distinct public sources, of all'],
    [LOOKS.publicDestinations, 'publicDestinations', 'internet targets', 'distinct public destinations, of all'],
    [LOOKS.ports, 'ports', 'ports', 'distinct destination ports'],
    [
      LOOKS.width,
      'width',
      'covers',
      'smallest prefix over the sources and over the destinations of each family; sorts by how wide they are',
    ],
    [LOOKS.last, 'last', `last hit, ${zoneName(Date.parse(from), zone)}`, 'in this range'],
  ]
  return (
    <table ref={table} aria-label="All rules" className="w-full">
      <thead className="sticky top-0 z-2 bg-surface shadow-[0_1px_0_var(--color-line)]">
        <tr className="h-8 text-label text-muted">
          <SortHeads heads={heads} sorting={sorting} />
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={`${row.rule} ${row.acl} ${row.dir}`} row={row} full={full} />
        ))}
      </tbody>
    </table>
  )
}
