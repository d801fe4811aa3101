'use client'

import { X } from 'lucide-react'
import { Dialog } from 'radix-ui'
import { type ReactNode, useEffect, useRef } from 'react'
import { useMedia } from '@/components/ui/size/use-media'
import { IconButton } from './button'

/** A panel beside a table, or over the whole screen if there is no room for both. */
export function SidePanel({
  label,
  shown = null,
  heading,
  actions,
  onClose,
  children,
}: {
  /** Its accessible name: `Open tuple`. */
  label: string
  /** Id of the content, if it can be replaced. */
  shown?: string | null
  heading: ReactNode
  /** Buttons before the close button. */
  actions?: ReactNode
  onClose: () => void
  children: ReactNode
}) {
  const isWide = useMedia('(min-width: 900px)')
  const isPaper = useMedia('print')
  const panel = useRef<HTMLElement>(null)
  // Opening an entry of a list inside removes the list, and its focus.
  useEffect(() => {
    if (document.activeElement === document.body) panel.current?.focus()
  }, [shown])

  const body = (title: ReactNode) => (
    <>
      <header className="sticky top-0 z-10 flex items-start gap-2 bg-surface py-2.5 pr-2 pl-4">
        <div className="min-w-0 flex-1 pt-1">{title}</div>
        <div className="flex shrink-0">
          {actions}
          <IconButton label="Close (Esc)" onClick={onClose}>
            <X aria-hidden="true" size={15} />
          </IconButton>
        </div>
      </header>
      {children}
    </>
  )
  if (isWide || isPaper) {
    return (
      <aside
        ref={panel}
        tabIndex={-1}
        aria-label={label}
        className="relative w-[clamp(380px,32vw,560px)] shrink-0 overflow-y-auto overscroll-contain border-l border-line-strong bg-surface outline-none print:w-auto print:border-0"
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
