'use client'

import { Keyboard, X } from 'lucide-react'
import { Dialog } from 'radix-ui'
import { useState } from 'react'
import { IconButton } from '@/components/ui/button'
import { Kbd } from '@/components/ui/kbd'
import { useShortcut } from './use-shortcut'

const GROUPS: readonly { title: string; keys: readonly (readonly [string, string])[] }[] = [
  {
    title: 'Ask',
    keys: [
      ['/', 'filter'],
      ['t', 'time range'],
      ['[', 'shift the window back'],
      [']', 'shift the window on'],
      ['-', 'zoom out'],
      ['+', 'zoom in'],
      ['c', 'copy a link that stays the same'],
      ['u', 'UTC or local time'],
    ],
  },
  {
    title: 'Go',
    keys: [
      ['g o', 'overview'],
      ['g e', 'explorer'],
      ['g c', 'coverage'],
      ['?', 'this list'],
      ['Esc', 'close, cancel'],
    ],
  },
  {
    title: 'Chart, when focused',
    keys: [
      ['← →', 'move along the buckets'],
      ['⇧ ← →', 'mark a range'],
      ['Enter', 'zoom to the mark'],
    ],
  },
  {
    title: 'Rows of the explorer',
    keys: [
      ['j', 'row down'],
      ['k', 'row up'],
      ['Enter', 'open'],
      ['← →', 'walk the values of a row'],
      ['f', 'only the focused value'],
      ['⇧ f', 'without the focused value'],
    ],
  },
  {
    title: 'Values, with the mouse',
    keys: [
      ['click', 'only this'],
      ['alt click', 'without this'],
      ['middle-click', 'in a new tab'],
    ],
  },
]

/** Everything the keyboard does. */
export function KeysHelp() {
  const [open, setOpen] = useState(false)
  useShortcut('?', () => setOpen(true))
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
          <div className="flex items-center justify-between">
            <Dialog.Title className="text-title font-semibold">Keys</Dialog.Title>
            <Dialog.Close asChild>
              <IconButton label="Close">
                <X aria-hidden="true" size={15} />
              </IconButton>
            </Dialog.Close>
          </div>
          <div className="mt-2 grid gap-x-8 gap-y-4 sm:grid-cols-2">
            {GROUPS.map((group) => (
              <section key={group.title}>
                <h3 className="mb-1 text-label text-muted">{group.title}</h3>
                <dl className="grid grid-cols-[112px_1fr] gap-y-1.5">
                  {group.keys.map(([keys, does]) => (
                    <div key={keys} className="contents">
                      <dt className="flex gap-1">
                        {keys.split(' ').map((key) => (
                          <Kbd key={key}>{key}</Kbd>
                        ))}
                      </dt>
                      <dd>{does}</dd>
                    </div>
                  ))}
                </dl>
              </section>
            ))}
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
