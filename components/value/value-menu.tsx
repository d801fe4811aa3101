'use client'

import Link from 'next/link'
import { DropdownMenu } from 'radix-ui'
import { createContext, Fragment, type ReactNode, useCallback, useContext, useState } from 'react'
import { hostHref } from '@/components/host/host-href'
import type { Key } from '@/components/keys/key'
import { useListedKeys } from '@/components/keys/use-key'
import { useToast } from '@/components/ui/toaster'
import { useView } from '@/components/view/use-view'
import { ViewLink } from '@/components/view/view-link'
import { fieldOf } from '@/lib/flow/fields'
import { addTerm } from '@/lib/link/edit'
import { menuEntries, type Subject } from './menu-entries'

/** Where a menu opens, in pixels of the window, and what gets the focus back. */
interface Place {
  box: { left: number; top: number; width: number; height: number }
  from: HTMLElement
}

type OpenMenu = (subject: Subject, place: Place) => void

const KEYS: readonly Key[] = [
  { keys: 'f', does: 'keep the focused value', group: 'Values' },
  { keys: 'F', does: 'drop the focused value', group: 'Values' },
  { keys: 'm', does: 'everything else about it', group: 'Values' },
  { keys: 'click', does: 'keep', group: 'Values' },
  { keys: 'Alt click', does: 'drop', group: 'Values' },
  { keys: 'right-click', does: 'everything else', group: 'Values' },
  { keys: 'middle-click', does: 'keep, in a new tab', group: 'Values' },
]

const MenuContext = createContext<OpenMenu | null>(null)

const ITEM =
  'flex h-7 cursor-default items-center justify-between gap-6 rounded-md px-2 outline-none select-none data-highlighted:bg-hover data-highlighted:text-ink'

function Entries({ subject }: { subject: Subject }) {
  const view = useView()
  const { q, href } = view
  const about = fieldOf(subject.field).type === 'address' ? hostHref(subject.value, view) : null
  const say = useToast()
  async function copy() {
    try {
      await navigator.clipboard.writeText(subject.value)
      say(`Copied ${subject.value}`)
    } catch {
      say('The browser did not allow copying')
    }
  }
  return (
    <>
      {menuEntries(q, subject).map((group) => (
        <Fragment key={group[0]!.label}>
          {group.map((entry) => (
            <DropdownMenu.Item key={entry.label} asChild>
              <ViewLink patch={{ q: entry.q }} className={ITEM} title={entry.q}>
                {entry.label}
              </ViewLink>
            </DropdownMenu.Item>
          ))}
          <DropdownMenu.Separator className="mx-2 my-1 h-px bg-line" />
        </Fragment>
      ))}
      {about === null ? null : (
        <DropdownMenu.Item asChild>
          <Link href={about} prefetch={false} className={ITEM}>
            All about {subject.value}
          </Link>
        </DropdownMenu.Item>
      )}
      <DropdownMenu.Item className={ITEM} onSelect={copy}>
        Copy
      </DropdownMenu.Item>
      <DropdownMenu.Item asChild>
        <a href={href({ q: addTerm(q, subject.field, subject.value) })} target="_blank" rel="noreferrer" className={ITEM}>
          Open in a new tab
        </a>
      </DropdownMenu.Item>
    </>
  )
}

/** The one menu that all values of the page share. */
export function ValueMenu({ children }: { children: ReactNode }) {
  const [opened, setOpened] = useState<{ subject: Subject; place: Place } | null>(null)
  const [shown, setShown] = useState(false)
  useListedKeys(KEYS)
  const open = useCallback<OpenMenu>((subject, place) => {
    setOpened({ subject, place })
    setShown(true)
  }, [])
  const subject = opened?.subject
  return (
    <MenuContext value={open}>
      {children}
      {opened && subject ? (
        <DropdownMenu.Root open={shown} onOpenChange={setShown}>
          <DropdownMenu.Trigger asChild>
            <span aria-hidden="true" className="pointer-events-none fixed" style={opened.place.box} />
          </DropdownMenu.Trigger>
          <DropdownMenu.Portal>
            <DropdownMenu.Content
              aria-label={`${fieldOf(subject.field).label} ${subject.value}`}
              aria-labelledby={undefined}
              align="start"
              sideOffset={4}
              collisionPadding={8}
              loop
              onCloseAutoFocus={(event) => {
                event.preventDefault()
                opened.place.from.focus()
              }}
              className="z-60 max-h-(--radix-dropdown-menu-content-available-height) min-w-52 max-w-[calc(100vw-16px)] overflow-y-auto rounded-lg bg-raised p-1.5 shadow-float"
            >
              <DropdownMenu.Label className="flex max-w-80 gap-1.5 px-2 pt-0.5 pb-1.5 text-label text-muted">
                {fieldOf(subject.field).label} <span className="data truncate text-ink">{subject.value}</span>
              </DropdownMenu.Label>
              <Entries subject={subject} />
            </DropdownMenu.Content>
          </DropdownMenu.Portal>
        </DropdownMenu.Root>
      ) : null}
    </MenuContext>
  )
}

/** Opens the menu of a value. */
export function useValueMenu(): OpenMenu {
  const open = useContext(MenuContext)
  if (open === null) throw new Error('useValueMenu needs a ValueMenu')
  return open
}
