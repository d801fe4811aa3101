'use client'

import { Popover as Primitive } from 'radix-ui'
import { type ReactElement, type ReactNode, useLayoutEffect, useRef } from 'react'

/** Keeps the window open when a menu opened from it is used, since that is outside of it in the page. */
function keepForMenus(event: Event): void {
  if (event.target instanceof Element && event.target.closest('[role=menu]')) event.preventDefault()
}

/** A small window beside the button that opens it; Esc and a click outside close it. */
export function Popover({
  label,
  trigger,
  children,
  align = 'end',
  open,
  onOpenChange,
}: {
  label: string
  trigger: ReactElement
  children: ReactNode
  align?: 'start' | 'center' | 'end'
  open?: boolean
  onOpenChange?: (open: boolean) => void
}) {
  const isOpen = useRef(open)
  useLayoutEffect(() => {
    isOpen.current = open
  }, [open])
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          aria-label={label}
          align={align}
          sideOffset={6}
          collisionPadding={8}
          onCloseAutoFocus={(event) => {
            // The focus returns a little after the window has closed: if it was opened again meanwhile, it keeps the focus.
            if (isOpen.current) event.preventDefault()
          }}
          onFocusOutside={keepForMenus}
          onPointerDownOutside={keepForMenus}
          className="z-50 max-h-(--radix-popover-content-available-height) max-w-[calc(100vw-16px)] overflow-auto rounded-lg bg-raised p-3 shadow-float outline-none"
        >
          {children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}
