'use client'

import type { MouseEvent, ReactNode } from 'react'
import { classNames } from '@/components/ui/class-names'
import { useView } from '@/components/view/use-view'
import { type FilterField, fieldOf } from '@/lib/flow/fields'
import { narrowed } from './value-link'

/**
 * A field's value wherever one is shown: click keeps it, alt-click drops it, middle click opens the narrowed view in a new tab.
 * `children` is how the value reads when that differs from how it is filtered; `to` leads to another page with the narrowed filter.
 */
export function Value({
  field,
  value,
  children,
  title,
  className,
  to,
  tabIndex,
}: {
  field: FilterField
  value: string
  children?: ReactNode
  title?: string
  className?: string
  to?: string
  /** -1 where arrow keys lead to it, as in a grid. */
  tabIndex?: number
}) {
  const { q, href, go } = useView()
  const look = classNames('data -my-1 truncate py-1', className)
  const kept = narrowed(q, field, value, false)
  if (kept === null) return <span className={look}>{children ?? value}</span>

  function click(event: MouseEvent<HTMLAnchorElement>) {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return
    if (event.altKey) {
      event.preventDefault()
      go({ q: narrowed(q, field, value, true) })
    } else if (to === undefined) {
      event.preventDefault()
      go({ q: kept })
    }
  }
  const about = `${fieldOf(field).label} ${value}`
  return (
    <a
      href={href({ q: kept }, to)}
      onClick={click}
      tabIndex={tabIndex}
      title={`${title ?? about}\nclick: only this · alt-click: without it`}
      className={classNames(
        look,
        'rounded-sm underline decoration-transparent underline-offset-3 transition-colors hover:text-accent hover:decoration-current',
      )}
    >
      {children ?? value}
    </a>
  )
}
