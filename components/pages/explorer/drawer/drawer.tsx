'use client'

import { ChevronDown, ChevronUp } from 'lucide-react'
import type { RowWindow } from '@/components/pages/explorer/table/rows/row-window'
import { useKey } from '@/components/parts/keys/use-key'
import { IconButton } from '@/components/ui/button'
import { ActionMark } from '@/components/ui/marks/action-mark'
import { Skeleton } from '@/components/ui/marks/skeleton'
import { SidePanel } from '@/components/ui/side-panel'
import type { TupleRow } from '@/lib/flow/answer/tuples/tuples'
import { explain } from './explain'
import { TupleDetails } from './tuple-details'
import { useTuple } from './use-tuple'

function Heading({ tuple, failed }: { tuple: TupleRow | null; failed: boolean }) {
  if (tuple === null) return failed ? <span className="text-muted">This tuple cannot be shown</span> : <Skeleton className="h-4 w-56" />
  return (
    <span className="flex gap-2">
      <span className="flex h-5 items-center">
        <ActionMark action={tuple.action} />
      </span>
      <span className="text-pretty wrap-anywhere">{explain(tuple)}</span>
    </span>
  )
}

/** The open tuple: beside the table, or over the whole screen if there is no room for both. */
export function Drawer({
  id,
  rows,
  tuples,
  names,
  onOpen,
  onClose,
}: {
  id: string
  /** The rows of the table, to walk. */
  rows: RowWindow
  /** The same if they are tuples, null if they are flows. */
  tuples: RowWindow<TupleRow> | null
  names: ReadonlyMap<string, string>
  onOpen: (id: string) => void
  onClose: () => void
}) {
  const open = useTuple(id, tuples)
  const at = rows.indexOf(id)
  const [before, after] = at < 0 ? [undefined, undefined] : [rows.at(at - 1), rows.at(at + 1)]
  useKey({ keys: 'Escape', does: 'close the tuple', group: 'Rows' }, onClose)

  return (
    <SidePanel
      label="Open tuple"
      shown={id}
      heading={<Heading tuple={open.tuple} failed={open.error !== null} />}
      actions={
        <>
          <IconButton label="Row before (k)" disabled={!before} onClick={() => before && onOpen(before.id)}>
            <ChevronUp aria-hidden="true" size={15} />
          </IconButton>
          <IconButton label="Next row (j)" disabled={!after} onClick={() => after && onOpen(after.id)}>
            <ChevronDown aria-hidden="true" size={15} />
          </IconButton>
        </>
      }
      onClose={onClose}
    >
      <TupleDetails open={open} names={names} flowFirst={tuples === null} />
    </SidePanel>
  )
}
