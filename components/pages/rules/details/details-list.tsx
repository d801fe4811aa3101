'use client'

import type { ReactNode } from 'react'
import { formatCount, formatPlural } from '@/components/parts/format/number'
import { formatInstant, formatSecond, zoneName } from '@/components/parts/format/time'
import { ExportTable } from '@/components/parts/table/export-table'
import { SortHead } from '@/components/parts/table/sort-head'
import { useOrdered } from '@/components/parts/table/use-ordered'
import { Value } from '@/components/parts/value/value'
import { useView } from '@/components/parts/view/use-view'
import { DrawerSection } from '@/components/ui/drawer-section'
import { ScopeMark } from '@/components/ui/marks/scope-mark'
import { formatBytes } from '@/lib/flow/text/bytes'
import { serviceName } from '@/lib/flow/tuple/services'
import type { RuleSide } from './cover-text'

interface Entry {
  id: string
  /** What it is sorted by. */
  order: string | number
  name: ReactNode
  tuples: number
  first: string
  last: string
  about: string
}

/** The first entries of a list, with their figures and first time, and the total; busiest first until sorted otherwise. */
function DetailsList({
  title,
  one,
  note,
  entries,
  total,
  rows,
}: {
  title: string
  /** What an entry is. */
  one: string
  note: string
  entries: readonly Entry[]
  total: number
  /** The entries as the answer has them, for export. */
  rows: readonly object[]
}) {
  const { zone } = useView()
  const { rows: sorted, sorting } = useOrdered<Entry, 'order' | 'tuples' | 'first'>(entries, (entry, column) => entry[column])
  return (
    <DrawerSection
      title={title}
      actions={
        <>
          <span className="text-label text-faint">{note}</span>
          <ExportTable sheets={[{ name: title.toLowerCase(), total, load: () => rows }]} />
        </>
      }
    >
      <table aria-label={title} className="w-full">
        <thead>
          <tr className="text-label text-muted">
            <SortHead column="order" name={one} ascending className="text-left" sorting={sorting} />
            <SortHead column="tuples" name="tuples" className="px-2 text-right" sorting={sorting} />
            <SortHead
              column="first"
              name={`first, ${zoneName(Date.now(), zone)}`}
              about="in this range"
              className="text-right"
              sorting={sorting}
            />
          </tr>
        </thead>
        <tbody>
          {sorted.map(({ id, name, tuples, first, last, about }) => (
            <tr key={id} className="h-7 hover:bg-hover">
              <th scope="row" className="w-full max-w-0 py-0 text-left font-normal">
                <span className="flex h-7 min-w-0 items-center gap-1.5">{name}</span>
              </th>
              <td className="data px-2 text-right whitespace-nowrap" title={about}>
                {formatCount(tuples)}
              </td>
              <td
                className="data text-right text-label whitespace-nowrap text-muted"
                title={`first in range ${formatInstant(first, zone)}\nlast in range ${formatInstant(last, zone)}`}
              >
                {formatSecond(first, zone)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {entries.length < total ? <p className="text-label text-faint">and {formatCount(total - entries.length)} more</p> : null}
    </DrawerSection>
  )
}

/** Addresses at one end, internet addresses marked. */
export function DetailsEnds({ title, field, end }: { title: string; field: 'src' | 'dst'; end: RuleSide['sources'] }) {
  const { total, rows } = end
  return (
    <DetailsList
      title={title}
      one={field === 'src' ? 'source' : 'destination'}
      note={`${formatCount(end.public)} public, ${formatCount(total - end.public)} private`}
      total={total}
      rows={rows}
      entries={rows.map(({ address, tuples, flows, bytes, ports, first, last }) => ({
        ...{ id: address, order: address, tuples, first, last },
        name: (
          <>
            <ScopeMark address={address} />
            <Value field={field} value={address} />
          </>
        ),
        about: `${formatPlural(tuples, 'tuple')}, ${formatPlural(flows, 'flow')}, ${formatBytes(bytes)}, ${formatPlural(ports, 'port')}`,
      }))}
    />
  )
}

export function DetailsPorts({ ports }: { ports: RuleSide['ports'] }) {
  return (
    <DetailsList
      title="Ports"
      one="port"
      note={formatPlural(ports.total, 'port')}
      total={ports.total}
      rows={ports.rows}
      entries={ports.rows.map(({ dport, proto, tuples, sources, first, last }) => ({
        ...{ id: `${dport} ${proto}`, order: dport, tuples, first, last },
        name: (
          <>
            <Value field="dport" value={String(dport)}>
              {[dport, serviceName(dport)].filter(Boolean).join(' ')}
            </Value>
            <span className="data text-faint">{proto}</span>
          </>
        ),
        about: `${formatPlural(tuples, 'tuple')} from ${formatPlural(sources, 'source')}`,
      }))}
    />
  )
}
