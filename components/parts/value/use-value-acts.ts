import { useRouter } from 'next/navigation'
import type { KeyboardEvent, MouseEvent } from 'react'
import { useView } from '@/components/parts/view/use-view'
import type { Subject } from './menu-entries'
import { narrowed } from './value-link'
import { useValueMenu } from './value-menu'

/** A value on the page. */
export interface ShownValue extends Subject {
  link: HTMLAnchorElement
  /** Another page that it leads to. */
  to?: string | undefined
}

/** What hands and keys do with a value: click keeps it, alt-click drops it, right-click opens its menu. */
export interface ValueActs {
  menu: (shown: ShownValue, at?: { left: number; top: number }) => void
  onClick: (event: MouseEvent, shown: ShownValue) => void
  onContextMenu: (event: MouseEvent, shown: ShownValue) => void
  onKeyDown: (event: KeyboardEvent, shown: ShownValue) => void
}

export function useValueActs(): ValueActs {
  const { q, href, go } = useView()
  const router = useRouter()
  const openMenu = useValueMenu()

  const drop = ({ field, value }: ShownValue) => go({ q: narrowed(q, field, value, true) })
  const menu: ValueActs['menu'] = ({ field, value, ends, link }, at) => {
    const { left, top, width, height } = link.getBoundingClientRect()
    openMenu({ field, value, ends }, { box: at ? { ...at, width: 0, height: 0 } : { left, top, width, height }, from: link })
  }
  return {
    menu,
    onClick: (event, shown) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return
      event.preventDefault()
      if (event.altKey) return drop(shown)
      const kept = narrowed(q, shown.field, shown.value, false)
      if (shown.to === undefined) go({ q: kept })
      else router.push(href({ q: kept }, shown.to))
    },
    onContextMenu: (event, shown) => {
      event.preventDefault()
      menu(shown, event.button === 2 || event.ctrlKey ? { left: event.clientX, top: event.clientY } : undefined)
    },
    onKeyDown: (event, shown) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return
      const does: Readonly<Record<string, () => void>> = {
        f: () => shown.link.click(),
        F: () => drop(shown),
        m: () => menu(shown),
        ContextMenu: () => menu(shown),
        F10: () => event.shiftKey && menu(shown),
      }
      const act = does[event.key]
      if (act === undefined) return
      event.preventDefault()
      act()
    },
  }
}
