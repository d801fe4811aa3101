'use client'

import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from 'react'
import type { PressedKey } from '@/components/parts/keys/key'
import { useListedKeys } from '@/components/parts/keys/use-key'
import { late } from '@/components/ui/late'
import type { Subject } from './menu-entries'
import type { MenuPlace } from './place'

type OpenMenu = (subject: Subject, place: MenuPlace) => void

const KEYS: readonly PressedKey[] = [
  { keys: 'f', does: 'keep the focused value', group: 'Values' },
  { keys: 'F', does: 'drop the focused value', group: 'Values' },
  { keys: 'm', does: 'everything else about it', group: 'Values' },
  { keys: 'click', does: 'keep', group: 'Values' },
  { keys: 'Alt click', does: 'drop', group: 'Values' },
  { keys: 'right-click', does: 'everything else', group: 'Values' },
  { keys: 'middle-click', does: 'keep, in a new tab', group: 'Values' },
]

const loadWindow = () => import('./menu-window').then(({ MenuWindow }) => MenuWindow)
const MenuWindow = late(loadWindow)

const MenuContext = createContext<OpenMenu | null>(null)

/** The one menu that all values of the page share. */
export function ValueMenu({ children }: { children: ReactNode }) {
  const [opened, setOpened] = useState<{ subject: Subject; place: MenuPlace } | null>(null)
  const [shown, setShown] = useState(false)
  useListedKeys(KEYS)
  useEffect(() => void loadWindow(), [])
  const open = useCallback<OpenMenu>((subject, place) => {
    setOpened({ subject, place })
    setShown(true)
  }, [])
  return (
    <MenuContext value={open}>
      {children}
      {opened ? <MenuWindow {...opened} shown={shown} onShown={setShown} /> : null}
    </MenuContext>
  )
}

/** Opens the menu of a value. */
export function useValueMenu(): OpenMenu {
  const open = useContext(MenuContext)
  if (open === null) throw new Error('useValueMenu needs a ValueMenu')
  return open
}
