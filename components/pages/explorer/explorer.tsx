'use client'

import { useCallback, useRef } from 'react'
import { useLogNames } from '@/components/parts/answer/use-log-names'
import { Configured } from '@/components/parts/configured/configured'
import { ExportButton } from '@/components/parts/export/export-button'
import { VerifyButton } from '@/components/parts/verify/verify-button'
import { useOptions } from '@/components/parts/view/use-options'
import { useView } from '@/components/parts/view/use-view'
import { useMedia } from '@/components/ui/size/use-media'
import { useWidth } from '@/components/ui/size/use-width'
import { Drawer } from './drawer/drawer'
import { Facets } from './facets/facets'
import { FlowTable } from './flows/flow-table'
import { SlimTimeline } from './slim-timeline'
import { ColumnChooser } from './table/columns/column-chooser'
import { fieldsInSight } from './table/columns/model'
import { usePickedRows } from './table/rows/use-picked-rows'
import { useRows } from './table/rows/use-rows'
import { SelectionBar } from './table/selection-bar'
import { Toolbar } from './table/toolbar'
import { TupleTable } from './table/tuple-table'
import { useTupleModel } from './table/use-tuple-model'

interface PaneProps {
  names: ReadonlyMap<string, string>
  /** True if the values are beside the table. */
  faceted: boolean
  onOpen: (id: string) => void
  onClose: () => void
}

const COLUMN = 'flex min-w-0 flex-1 flex-col'

/** The table of tuples with its toolbar, and the open one beside it. */
function TuplePane({ names, faceted, onOpen, onClose }: PaneProps) {
  const { data } = useView()
  const { row } = useOptions('tuples').options
  const answer = useRows('tuples')
  const scroller = useRef<HTMLDivElement>(null)
  const room = useWidth(scroller)
  const picked = usePickedRows(answer, data.toString())
  const { table, looks, tight } = useTupleModel({ answer, room })
  return (
    <>
      <div className={COLUMN}>
        <SlimTimeline />
        <Toolbar answer={answer} names={names} faceted={faceted} brief={picked.rows.size > 0}>
          <SelectionBar table={table} picked={picked} />
          <VerifyButton />
          <ExportButton shown={fieldsInSight(table)} />
          <ColumnChooser table={table} />
        </Toolbar>
        <TupleTable {...{ answer, table, looks, tight, names, picked, scroller, room, onOpen }} />
      </div>
      {row === '' ? null : <Drawer id={row} rows={answer.rows} tuples={answer.rows} names={names} onOpen={onOpen} onClose={onClose} />}
    </>
  )
}

/** The same for flows. */
function FlowPane({ names, faceted, onOpen, onClose }: PaneProps) {
  const { row } = useOptions('tuples').options
  const answer = useRows('flows')
  const scroller = useRef<HTMLDivElement>(null)
  const room = useWidth(scroller)
  return (
    <>
      <div className={COLUMN}>
        <SlimTimeline />
        <Toolbar answer={answer} names={names} faceted={faceted}>
          <VerifyButton />
          <ExportButton flows={answer.data?.total ?? null} />
        </Toolbar>
        <FlowTable {...{ answer, scroller, room, onOpen }} />
      </div>
      {row === '' ? null : <Drawer id={row} rows={answer.rows} tuples={null} names={names} onOpen={onOpen} onClose={onClose} />}
    </>
  )
}

/** Every tuple or flow of the view: values on the left, time on top, rows in the middle, the open one on the right. */
function Rows() {
  const { go } = useView()
  const { row, per } = useOptions('tuples').options
  const names = useLogNames()
  const faceted = useMedia('(min-width: 1200px)')
  const open = useCallback((id: string) => go({ row: id }, { replace: row !== '' }), [go, row])
  const close = useCallback(() => go({ row: null }), [go])
  const Pane = per === 'flow' ? FlowPane : TuplePane
  return (
    <div className="mt-2 flex min-h-120 grow basis-0 border-t border-line">
      <h1 className="sr-only">Explorer</h1>
      {faceted ? (
        <aside aria-label="Values" className="w-52 shrink-0 overflow-y-auto border-r border-line bg-ground xl:w-64">
          <h2 className="sr-only">Values</h2>
          <Facets names={names} />
        </aside>
      ) : null}
      <Pane names={names} faceted={faceted} onOpen={open} onClose={close} />
    </div>
  )
}

export function Explorer() {
  return (
    <Configured>
      <Rows />
    </Configured>
  )
}
