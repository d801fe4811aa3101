'use client'

import { ListFilter, X } from 'lucide-react'
import { Dialog } from 'radix-ui'
import { Button, IconButton } from '@/components/ui/button'
import { Facets } from './facets'

/** The values behind a button, for screens with no room beside the table. */
export function FacetsButton({ names }: { names: ReadonlyMap<string, string> }) {
  return (
    <Dialog.Root>
      <Dialog.Trigger asChild>
        <Button look="ghost" className="-ml-1.5">
          <ListFilter aria-hidden="true" size={14} />
          Values
        </Button>
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-50 bg-[#0006]" />
        <Dialog.Content
          data-modal
          aria-describedby={undefined}
          className="fixed inset-y-0 left-0 z-50 flex w-80 max-w-[calc(100vw-48px)] flex-col bg-ground shadow-float outline-none"
        >
          <header className="flex shrink-0 items-center justify-between py-1.5 pr-2 pl-3">
            <Dialog.Title className="text-title font-semibold">Values</Dialog.Title>
            <Dialog.Close asChild>
              <IconButton label="Close">
                <X aria-hidden="true" size={15} />
              </IconButton>
            </Dialog.Close>
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto">
            <Facets names={names} />
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
