'use client'

import { memo, type ReactNode, useRef, useState } from 'react'
import { formatCount, formatShare } from '@/components/parts/format/number'
import { useRowKeys } from '@/components/parts/keys/use-row-keys'
import { SortHead } from '@/components/parts/table/sort-head'
import { useOrdered } from '@/components/parts/table/use-ordered'
import { KeyLine } from '@/components/parts/talkers/key-line'
import { Button } from '@/components/ui/button'
import { SplitBar } from '@/components/ui/marks/split-bar'
import type { PathsAnswer } from '@/lib/flow/answer/traffic/paths'
import { fieldOf, type KeyField } from '@/lib/flow/field/fields'
import type { PathMetric } from '@/lib/flow/field/metric'
import type { MarkedPart } from './mark'
import { measured, split } from './measure'
import { type Acts, useActs } from './use-acts'

type Node = PathsAnswer['nodes'][number]
type Link = PathsAnswer['links'][number]

/** Rows at first; a button shows all of them. */
const FEW = 30
/** A name is cut where there is no room, but wrapped on a phone. */
const NAME = 'max-w-0 overflow-hidden max-sm:py-1 max-sm:[&_span]:h-auto max-sm:[&_a]:text-wrap max-sm:[&_a]:wrap-anywhere'

function End({ node, field, acts }: { node: Node; field: KeyField; acts: Acts }) {
  if (!node.other) return <KeyLine field={field} value={node.value} ends={null} whois="short" />
  return acts.href === undefined ? (
    <span className="text-muted">other</span>
  ) : (
    <a
      href={acts.href}
      onClick={acts.onClick}
      className="rounded-sm text-muted hover:text-accent hover:underline max-sm:inline-flex max-sm:min-h-7 max-sm:items-center"
    >
      other
    </a>
  )
}

/** One table of the picture, the largest first until sorted otherwise. */
function Rows<Row extends Node | Link>({
  caption,
  heads,
  namesOf,
  rows,
  metric,
  data,
  markOf,
  onMark,
  children,
}: {
  caption: string
  heads: readonly string[]
  /** Returns what stands below each head. */
  namesOf: (row: Row) => readonly string[]
  rows: readonly Row[]
  metric: PathMetric
  data: PathsAnswer
  markOf: (row: Row) => MarkedPart
  onMark: (mark: MarkedPart | null) => void
  children: (row: Row) => ReactNode
}) {
  const [all, setAll] = useState(false)
  const { rows: sorted, sorting } = useOrdered<Row, string>(
    rows.toSorted((a, b) => b[metric] - a[metric] || b.tuples - a.tuples),
    (row, column) => {
      const named = heads.indexOf(column)
      if (named >= 0) return namesOf(row)[named]!
      return column === 'denied' ? row.deny / row.tuples : row[metric]
    },
  )
  const full = Math.max(0, ...rows.map(({ tuples }) => tuples))
  return (
    <div className="@container">
      <table className="w-full">
        <caption className="border-t border-line px-3 pt-2 pb-1 text-left text-label font-medium text-muted">{caption}</caption>
        <thead>
          <tr className="h-7 border-b border-line text-label text-muted">
            {heads.map((head) => (
              <SortHead key={head} column={head} name={head} ascending className="px-2 text-left first:pl-3" sorting={sorting} />
            ))}
            <SortHead column={metric} name={metric} className="px-2 text-right" sorting={sorting} />
            <SortHead column="share" name="share" about={`of all ${metric}`} className="px-2 text-right" sorting={sorting} />
            <SortHead
              column="denied"
              name="denied"
              about="sorts by the denied part of its tuples"
              className="w-16 px-2 text-left @max-sm:hidden"
              sorting={sorting}
            />
          </tr>
        </thead>
        <tbody>
          {(all ? sorted : sorted.slice(0, FEW)).map((row) => {
            const mark = markOf(row)
            const { allow, deny } = split(row, metric)
            return (
              <tr
                key={JSON.stringify(mark)}
                onMouseEnter={() => onMark(mark)}
                onMouseLeave={() => onMark(null)}
                onFocus={() => onMark(mark)}
                onBlur={() => onMark(null)}
                className="h-7 border-b border-line/60 last:border-0 hover:bg-hover"
              >
                {children(row)}
                <td
                  className="data px-2 text-right whitespace-nowrap"
                  title={`${measured(allow, metric)} allowed, ${measured(deny, metric)} denied`}
                >
                  {metric === 'bytes' ? measured(row.bytes, metric) : formatCount(row[metric])}
                </td>
                <td className="data px-2 text-right whitespace-nowrap text-muted">{formatShare(row[metric], data.total[metric])}</td>
                <td className="px-2 @max-sm:hidden">
                  <SplitBar
                    allow={row.allow}
                    deny={row.deny}
                    full={full}
                    label={`${formatCount(row.allow)} tuples allowed, ${formatCount(row.deny)} denied`}
                  />
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
      {!all && rows.length > FEW ? (
        <p className="px-3 py-1.5">
          <Button look="ghost" onClick={() => setAll(true)}>
            Show all {formatCount(rows.length)}
          </Button>
        </p>
      ) : null}
    </div>
  )
}

/** Lists every node and every link of the picture with its figures; it has the same content as the drawing, also for keyboard and screen reader. */
export const PathTable = memo(function PathTable({
  data,
  metric,
  onMark,
}: {
  data: PathsAnswer
  metric: PathMetric
  onMark: (mark: MarkedPart | null) => void
}) {
  const tables = useRef<HTMLDivElement>(null)
  useRowKeys(tables)
  const fields = data.by.split(',') as KeyField[]
  const actsOf = useActs(data)
  const byId = new Map(data.nodes.map((node) => [node.id, node]))
  const label = (i: number) => fieldOf(fields[i]!).label
  const short = (i: number) => label(i).toLowerCase()
  const end = (id: string, row: boolean) => {
    const node = byId.get(id)!
    const inner = <End node={node} field={fields[node.column]!} acts={actsOf([node])} />
    return row ? (
      <th scope="row" className={`${NAME} pr-2 pl-3 text-left font-normal`}>
        {inner}
      </th>
    ) : (
      <td className={`${NAME} px-2`}>{inner}</td>
    )
  }
  return (
    <div ref={tables}>
      {fields.slice(1).map((_, i) => (
        <Rows
          key={`links ${i}`}
          caption={`${label(i)} → ${short(i + 1)}`}
          heads={[short(i), `→ ${short(i + 1)}`]}
          namesOf={({ from, to }) => [from, to].map((id) => byId.get(id)!.value)}
          rows={data.links.filter(({ from }) => byId.get(from)?.column === i)}
          metric={metric}
          data={data}
          markOf={({ from, to }) => ({ from, to })}
          onMark={onMark}
        >
          {({ from, to }) => (
            <>
              {end(from, true)}
              {end(to, false)}
            </>
          )}
        </Rows>
      ))}
      {fields.map((_, i) => (
        <Rows
          key={`nodes ${i}`}
          caption={label(i)}
          heads={[short(i)]}
          namesOf={({ value }) => [value]}
          rows={data.nodes.filter(({ column }) => column === i)}
          metric={metric}
          data={data}
          markOf={({ id }) => ({ node: id })}
          onMark={onMark}
        >
          {(node) => {
            const { open } = actsOf([node])
            return (
              <th scope="row" className={`${NAME} pr-2 pl-3 text-left font-normal`}>
                <span className="flex min-w-0 items-center gap-1">
                  <End node={node} field={fields[i]!} acts={actsOf([node])} />
                  {open === null ? null : (
                    <button
                      type="button"
                      onClick={open}
                      aria-label={`Open ${node.value}`}
                      title="what is inside"
                      className="ml-auto flex h-7 shrink-0 items-center rounded-sm px-1.5 text-label text-muted hover:bg-raised hover:text-ink"
                    >
                      open
                    </button>
                  )}
                </span>
              </th>
            )
          }}
        </Rows>
      ))}
    </div>
  )
})
