'use client'

import { Keyboard, X } from 'lucide-react'
import { Dialog } from 'radix-ui'
import { useState } from 'react'
import { IconButton } from '@/components/ui/button'
import { Kbd } from '@/components/ui/marks/kbd'
import { KEY_GROUPS, type Key, keyCaps } from './key'
import { useKey, useKeys, useListedKeys } from './use-key'

const KEYS: readonly Key[] = [{ keys: 'Escape', does: 'close what is open', group: 'Always' }]

/** The keys by group, without empty groups and duplicates. */
function grouped(keys: readonly Key[]): { group: string; keys: Key[] }[] {
  const once = new Map(keys.map((key) => [`${key.keys} ${key.does}`, key]))
  return KEY_GROUPS.map((group) => ({ group, keys: [...once.values()].filter((key) => key.group === group) })).filter(
    ({ keys: own }) => own.length > 0,
  )
}

function Group({ group, keys }: { group: string; keys: readonly Key[] }) {
  return (
    <section aria-label={group} className="break-inside-avoid pb-4">
      <h3 className="mb-1 text-label text-muted">{group}</h3>
      <dl className="grid grid-cols-[112px_1fr] gap-y-1.5">
        {keys.map(({ keys: pressed, does }) => (
          <div key={`${pressed} ${does}`} className="contents">
            <dt className="flex gap-1">
              {keyCaps(pressed).map((cap) => (
                <Kbd key={cap}>{cap}</Kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

/** The list of all active keys of the page. */
export function KeysHelp() {
  const [open, setOpen] = useState(false)
  const keys = useKeys()
  useListedKeys(KEYS)
  useKey({ keys: '?', does: 'this list', group: 'Always' }, () => setOpen(true))
  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Trigger asChild>
        <IconButton label="Keys (?)">
          <Keyboard aria-hidden="true" size={15} />
        </IconButton>
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-50 bg-[#0006]" />
        <Dialog.Content
          data-modal
          aria-describedby={undefined}
          className="fixed top-1/2 left-1/2 z-50 max-h-[calc(100dvh-32px)] w-160 max-w-[calc(100vw-32px)] -translate-1/2 overflow-auto rounded-lg bg-raised p-4 shadow-float outline-none"
        >
          <div className="flex items-center justify-between pb-2">
            <Dialog.Title className="text-title font-semibold">Keys on this page</Dialog.Title>
            <Dialog.Close asChild>
              <IconButton label="Close">
                <X aria-hidden="true" size={15} />
              </IconButton>
            </Dialog.Close>
          </div>
          <div className="gap-x-8 sm:columns-2">
            {grouped(keys).map((group) => (
              <Group key={group.group} {...group} />
            ))}
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
