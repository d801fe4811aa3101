'use client'

import { X } from 'lucide-react'
import { Dialog as Primitive } from 'radix-ui'
import type { ReactNode } from 'react'
import { IconButton } from './button'

/** A modal window for one decision or input. Esc and a click outside close it. */
export function Dialog({ title, onClose, children }: { title: string; onClose: () => void; children: ReactNode }) {
  return (
    <Primitive.Root open onOpenChange={(stays) => !stays && onClose()}>
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-50 bg-[#0006]" />
        <Primitive.Content
          data-modal
          aria-describedby={undefined}
          className="fixed top-1/2 left-1/2 z-50 max-h-[calc(100dvh-32px)] w-120 max-w-[calc(100vw-32px)] -translate-1/2 overflow-auto rounded-lg bg-raised p-4 shadow-float outline-none"
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
