'use client'

import { ChevronDown, ChevronUp, X } from 'lucide-react'
import { Dialog } from 'radix-ui'
import type { ReactNode } from 'react'
import { useKey } from '@/components/keys/use-key'
import { ActionMark } from '@/components/ui/action-mark'
import { IconButton } from '@/components/ui/button'
import { Skeleton } from '@/components/ui/skeleton'
import type { TupleRow } from '@/lib/flow/answers'
import type { RowWindow } from './row-window'
import { describeTuple } from './sentence'
import { TupleDetails } from './tuple-details'
import { useMedia } from './use-media'
import { useTuple } from './use-tuple'

function Heading({ tuple, failed }: { tuple: TupleRow | null; failed: boolean }) {
  if (tuple === null) return failed ? <span className="text-muted">This tuple cannot be shown</span> : <Skeleton className="h-4 w-56" />
  return (
    <span className="flex gap-2">
      <span className="flex h-5 items-center">
        <ActionMark action={tuple.action} />
      </span>
      <span className="text-pretty wrap-anywhere">{describeTuple(tuple)}</span>
    </span>
  )
}

/** The tuple that is open: beside the table, or over the whole screen where there is no room for both. */
export function Drawer({
  id,
  rows,
  names,
  onOpen,
  onClose,
}: {
  id: string
  rows: RowWindow
  names: ReadonlyMap<string, string>
  onOpen: (id: string) => void
  onClose: () => void
}) {
  const beside = useMedia('(min-width: 900px)')
  const open = useTuple(id, rows)
  const at = rows.indexOf(id)
  const [before, after] = at < 0 ? [undefined, undefined] : [rows.at(at - 1), rows.at(at + 1)]
  useKey({ keys: 'Escape', does: 'close the tuple', group: 'Rows' }, onClose)

  const heading = <Heading tuple={open.tuple} failed={open.error !== null} />
  const body = (title: ReactNode) => (
    <>
      <header className="sticky top-0 z-10 flex items-start gap-2 bg-surface py-2.5 pr-2 pl-4">
        <div className="min-w-0 flex-1 pt-1">{title}</div>
        <div className="flex shrink-0">
          <IconButton label="Row before (k)" disabled={!before} onClick={() => before && onOpen(before.id)}>
            <ChevronUp aria-hidden="true" size={15} />
          </IconButton>
          <IconButton label="Next row (j)" disabled={!after} onClick={() => after && onOpen(after.id)}>
            <ChevronDown aria-hidden="true" size={15} />
          </IconButton>
          <IconButton label="Close (Esc)" onClick={onClose}>
            <X aria-hidden="true" size={15} />
          </IconButton>
        </div>
      </header>
      <TupleDetails open={open} names={names} />
    </>
  )
  if (beside) {
    return (
      <aside
        aria-label="Open tuple"
        className="relative w-[clamp(380px,32vw,560px)] shrink-0 overflow-y-auto overscroll-contain border-l border-line-strong bg-surface"
      >
        {body(<h2 className="text-title font-semibold">{heading}</h2>)}
      </aside>
    )
  }
  return (
    <Dialog.Root open onOpenChange={(stays) => !stays && onClose()}>
      <Dialog.Portal>
        <Dialog.Content
          data-modal
          aria-describedby={undefined}
          className="fixed inset-0 z-50 overflow-y-auto overscroll-contain bg-surface outline-none"
        >
          {body(<Dialog.Title className="text-title font-semibold">{heading}</Dialog.Title>)}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
