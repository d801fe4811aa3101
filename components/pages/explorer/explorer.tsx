'use client'

import { useCallback, useRef } from 'react'
import { useLogNames } from '@/components/parts/answer/use-log-names'
import { Configured } from '@/components/parts/configured/configured'
import { useOptions } from '@/components/parts/view/use-options'
import { useView } from '@/components/parts/view/use-view'
import { useMedia } from '@/components/ui/use-media'
import { useWidth } from '@/components/ui/use-width'
import { Drawer } from './drawer/drawer'
import { Facets } from './facets/facets'
import { SlimTimeline } from './slim-timeline'
import { usePickedRows } from './table/rows/use-picked-rows'
import { type Rows, useRows } from './table/rows/use-rows'
import { Toolbar } from './table/toolbar'
import { TupleTable } from './table/tuple-table'

import { useTupleModel } from './table/use-tuple-model'

/** The table with its toolbar. `list` identifies the listed rows, in whatever order. */
function TuplePane({
  answer,
  list,
  names,
  faceted,
  onOpen,
}: {
  answer: Rows
  list: string
  names: ReadonlyMap<string, string>
  faceted: boolean
  onOpen: (id: string) => void
}) {
  const scroller = useRef<HTMLDivElement>(null)
  const room = useWidth(scroller)
  const picked = usePickedRows(answer, list)
  const { table, looks } = useTupleModel({ answer, names, picked, room })
  return (
    <>
      <Toolbar answer={answer} names={names} table={table} picked={picked} faceted={faceted} />
      <TupleTable
        answer={answer}
        table={table}
        looks={looks}
        names={names}
        picked={picked}
        scroller={scroller}
        room={room}
        onOpen={onOpen}
      />
    </>
  )
}

/** Every tuple of the view: values on the left, time on top, rows in the middle, the open one on the right. */
function Tuples() {
  const { go, data } = useView()
  const { row } = useOptions('tuples').options
  const answer = useRows()
  const names = useLogNames()
  const faceted = useMedia('(min-width: 1200px)')
  const open = useCallback((id: string) => go({ row: id }, { replace: row !== '' }), [go, row])
  return (
    <div className="mt-2 flex min-h-120 grow basis-0 border-t border-line">
      <h1 className="sr-only">Explorer</h1>
      {faceted ? (
        <aside aria-label="Values" className="w-52 shrink-0 overflow-y-auto border-r border-line bg-ground xl:w-64">
          <h2 className="sr-only">Values</h2>
          <Facets names={names} />
        </aside>
      ) : null}
      <div className="flex min-w-0 flex-1 flex-col">
        <SlimTimeline />
        <TuplePane answer={answer} list={data.toString()} names={names} faceted={faceted} onOpen={open} />
      </div>
      {row === '' ? null : <Drawer id={row} rows={answer.rows} names={names} onOpen={open} onClose={() => go({ row: null })} />}
    </div>
  )
}

export function Explorer() {
  return (
    <Configured>
      <Tuples />
    </Configured>
  )
}
