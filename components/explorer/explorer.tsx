'use client'

import { useCallback } from 'react'
import { Configured } from '@/components/shell/configured'
import { useMedia } from '@/components/ui/use-media'
import { useOptions } from '@/components/view/use-options'
import { useView } from '@/components/view/use-view'
import { Drawer } from './drawer'
import { Facets } from './facets'
import { SlimTimeline } from './slim-timeline'
import { Toolbar } from './toolbar'
import { TupleTable } from './tuple-table'
import { useLogNames } from './use-log-names'
import { useRows } from './use-rows'
import { useSelection } from './use-selection'

/** Every tuple of the view: values on the left, time on top, rows in the middle, the open one on the right. */
function Tuples() {
  const { go, data } = useView()
  const { row } = useOptions('tuples').options
  const answer = useRows()
  const selection = useSelection(answer, data.toString())
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
        <Toolbar answer={answer} names={names} selection={selection} faceted={faceted} />
        <TupleTable answer={answer} names={names} selection={selection} onOpen={open} />
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
