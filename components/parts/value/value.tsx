'use client'

import { type ReactNode, useRef, useState } from 'react'
import { valueName } from '@/components/parts/format/value-name'
import { useView } from '@/components/parts/view/use-view'
import { Whois } from '@/components/parts/whois/whois'
import { classNames } from '@/components/ui/class-names'
import { type FilterField, fieldOf } from '@/lib/flow/field/fields'
import type { RowEnds } from './menu-entries'
import { type ShownValue, useValueActs } from './use-value-acts'
import { narrowed } from './value-link'
import { MENU_BUTTON, VALUE_LINK, valueTitle, wordsOf } from './value-look'

/** Appears once a value has the focus, or the pointer has rested on it. */
const BUTTON = `${MENU_BUTTON} invisible top-1/2 -translate-y-1/2 transition-[visibility] group-focus-within/value:visible group-hover/value:visible group-hover/value:delay-300`

/**
 * A field's value: click keeps it, alt-click drops it, right-click, its button or the keys open the menu with everything else, middle click opens the narrowed
 * view in a new tab. `children` replaces its name; `to` leads to another page with the narrowed filter. In a grid of many, see `GridValue`.
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
  /** -1 if arrow keys reach it. */
  tabIndex?: number
  /** Both ends of its row. */
  ends?: RowEnds | null
  /** Fills its container; the button then lies inside. */
  fills?: boolean
  /** Amount of context beside an address. */
  whois?: 'full' | 'short' | 'none'
}) {
  const { q, href } = useView()
  const acts = useValueActs()
  const link = useRef<HTMLAnchorElement>(null)
  // A page has hundreds of values; the button of each is made when it could be seen.
  const [near, setNear] = useState(false)
  const kept = narrowed(q, field, value, false)
  if (kept === null) return <span className={classNames('data hit truncate', className)}>{children ?? valueName(field, value)}</span>

  const shownValue = (): ShownValue => ({ field, value, ends, to, link: link.current! })
  const about = wordsOf(field, value)
  const isAddress = fieldOf(field).type === 'address' && whois !== 'none'
  const shown = (
    <span className={classNames('group/value relative inline-flex min-w-0 max-w-full', fills && 'h-full flex-auto')}>
      <a
        ref={link}
        href={href({ q: kept }, to)}
        onClick={(event) => acts.onClick(event, shownValue())}
        onContextMenu={(event) => acts.onContextMenu(event, shownValue())}
        onKeyDown={(event) => acts.onKeyDown(event, shownValue())}
        onPointerEnter={() => setNear(true)}
        onFocus={() => setNear(true)}
        tabIndex={tabIndex}
        title={valueTitle(title ?? about)}
        className={classNames(VALUE_LINK, 'truncate', className)}
      >
        {children ?? valueName(field, value)}
      </a>
      {near ? (
        <button
          type="button"
          aria-label={`Menu of ${about}`}
          aria-haspopup="menu"
          tabIndex={tabIndex}
          onClick={() => acts.menu(shownValue())}
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
