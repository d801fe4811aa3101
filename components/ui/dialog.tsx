'use client'

import { X } from 'lucide-react'
import { Dialog as Primitive } from 'radix-ui'
import { type ReactNode, useState } from 'react'
import { IconButton } from './button'
import { classNames } from './class-names'

/** A modal window for one decision, input or list. Esc and a click outside close it; the focus goes back to where it was. */
export function Dialog({
  title,
  wide = false,
  onClose,
  children,
}: {
  title: string
  wide?: boolean
  onClose: () => void
  children: ReactNode
}) {
  const [opener] = useState(() => document.activeElement)
  return (
    <Primitive.Root open onOpenChange={(stays) => !stays && onClose()}>
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-50 bg-[#0006]" />
        <Primitive.Content
          data-modal
          aria-describedby={undefined}
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            if (opener instanceof HTMLElement) opener.focus()
          }}
          className={classNames(
            'fixed top-1/2 left-1/2 z-50 max-h-[calc(100dvh-32px)] max-w-[calc(100vw-32px)] -translate-1/2 overflow-auto rounded-lg bg-raised p-4 shadow-float outline-none',
            wide ? 'w-160' : 'w-120',
          )}
        >
          <div className="flex items-center justify-between gap-2 pb-2">
            <Primitive.Title className="text-title font-semibold">{title}</Primitive.Title>
            <Primitive.Close asChild>
              <IconButton label="Close (Esc)">
                <X aria-hidden="true" size={15} />
              </IconButton>
            </Primitive.Close>
          </div>
          {children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}
