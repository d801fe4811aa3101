'use client'

import { useRouter } from 'next/navigation'
import { type KeyboardEvent, type MouseEvent, type ReactNode, useRef, useState } from 'react'
import { useView } from '@/components/parts/view/use-view'
import { Whois } from '@/components/parts/whois/whois'
import { classNames } from '@/components/ui/class-names'
import { type FilterField, fieldOf } from '@/lib/flow/fields'
import type { RowEnds } from './menu-entries'
import { narrowed } from './value-link'
import { useValueMenu } from './value-menu'

/** Appears once a value has the focus, or the pointer has rested on it; takes no room. */
const BUTTON =
  'invisible absolute top-1/2 z-1 flex size-7 -translate-y-1/2 items-center justify-center rounded-md bg-raised text-muted shadow-float transition-[visibility] before:content-["⋯"] group-focus-within/value:visible group-hover/value:visible group-hover/value:delay-300 hover:text-ink'

/**
 * A field's value: click keeps it, alt-click drops it, right-click, its button or the keys open the menu with everything else, middle click opens the narrowed
 * view in a new tab. `children` replaces the text of the value; `to` leads to another page with the narrowed filter.
 */
export function Value({
  field,
  value,
  children,
  title,
  className,
  to,
  tabIndex,
  ends = null,
  fills = false,
  whois = 'full',
}: {
  field: FilterField
  value: string
  children?: ReactNode
  title?: string
  className?: string
  to?: string
  /** -1 if arrow keys reach it, as in a grid. */
  tabIndex?: number
  /** Both ends of its row. */
  ends?: RowEnds | null
  /** Fills its container; the button then lies inside. */
  fills?: boolean
  /** Amount of context beside an address. */
  whois?: 'full' | 'short' | 'none'
}) {
  const { q, href, go } = useView()
  const router = useRouter()
  const openMenu = useValueMenu()
  const link = useRef<HTMLAnchorElement>(null)
  // A table has thousands of values; the button of each is made when it could be seen.
  const [near, setNear] = useState(false)
  const look = classNames('data hit truncate', className)
  const kept = narrowed(q, field, value, false)
  if (kept === null) return <span className={look}>{children ?? value}</span>

  const drop = () => go({ q: narrowed(q, field, value, true) })
  function menu(at?: { left: number; top: number }) {
    const from = link.current!
    const { left, top, width, height } = from.getBoundingClientRect()
    openMenu({ field, value, ends }, { box: at ? { ...at, width: 0, height: 0 } : { left, top, width, height }, from })
  }
  function onClick(event: MouseEvent) {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return
    event.preventDefault()
    if (event.altKey) drop()
    else if (to === undefined) go({ q: kept })
    else router.push(href({ q: kept }, to))
  }
  function onContextMenu(event: MouseEvent) {
    event.preventDefault()
    menu(event.button === 2 || event.ctrlKey ? { left: event.clientX, top: event.clientY } : undefined)
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const does: Readonly<Record<string, () => void>> = {
      f: () => link.current!.click(),
      F: drop,
      m: menu,
      ContextMenu: menu,
      F10: () => event.shiftKey && menu(),
    }
    const act = does[event.key]
    if (act === undefined) return
    event.preventDefault()
    act()
  }
  const about = `${fieldOf(field).label} ${value}`
  const isAddress = fieldOf(field).type === 'address' && whois !== 'none'
  const shown = (
    <span className={classNames('group/value relative inline-flex min-w-0 max-w-full', fills && 'h-full flex-auto')}>
      <a
        ref={link}
        href={href({ q: kept }, to)}
        onClick={onClick}
        onContextMenu={onContextMenu}
        onKeyDown={onKeyDown}
        onPointerEnter={() => setNear(true)}
        onFocus={() => setNear(true)}
        tabIndex={tabIndex}
        title={`${title ?? about}\nclick: only this · alt-click: without it · right-click: more`}
        className={classNames(
          look,
          'rounded-sm underline decoration-transparent underline-offset-3 transition-colors hover:text-accent hover:decoration-current',
        )}
      >
        {children ?? value}
      </a>
      {near ? (
        <button
          type="button"
          aria-label={`Menu of ${about}`}
          aria-haspopup="menu"
          tabIndex={tabIndex}
          onClick={() => menu()}
          className={classNames(BUTTON, fills ? 'right-0' : 'left-full')}
        />
      ) : null}
    </span>
  )
  if (!isAddress) return shown
  // Beside a port, the context comes before the address.
  return whois === 'short' ? (
    <span className="flex min-w-0 items-center gap-1.5">
      <Whois address={value} short />
      {shown}
    </span>
  ) : (
    <>
      {shown}
      <Whois address={value} />
    </>
  )
}
