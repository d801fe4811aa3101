'use client'

import type { ReactNode } from 'react'
import { valueName } from '@/components/parts/format/value-name'
import { useView } from '@/components/parts/view/use-view'
import { Whois } from '@/components/parts/whois/whois'
import { classNames } from '@/components/ui/class-names'
import { type FilterField, fieldOf } from '@/lib/flow/field/fields'
import { narrowed } from '../value-link'
import { VALUE_LINK, valueTitle, wordsOf } from '../value-look'

/** Addresses of more characters are written smaller where a grid is short of room. */
const SHORT_ADDRESS = 15

/**
 * A field's value in a grid of thousands: a link and nothing else, for which the grid acts (`useGridValues`). Its cell cuts it, or is a flex box for an
 * address and its context.
 */
export function GridValue({
  field,
  value,
  children,
  title,
  className,
}: {
  field: FilterField
  value: string
  children?: ReactNode
  title?: string
  className?: string
}) {
  const { q, href } = useView()
  const kept = narrowed(q, field, value, false)
  const isAddress = fieldOf(field).type === 'address'
  const look = classNames(
    isAddress && 'min-w-0 truncate',
    isAddress && value.length > SHORT_ADDRESS && 'group-data-tight/grid:text-[10px]',
    className,
  )
  const shown =
    kept === null ? (
      <span className={classNames('data', look)}>{children ?? valueName(field, value)}</span>
    ) : (
      <a
        href={href({ q: kept })}
        tabIndex={-1}
        data-field={field}
        data-value={value}
        title={valueTitle(title ?? wordsOf(field, value))}
        className={classNames(VALUE_LINK, look)}
      >
        {children ?? valueName(field, value)}
      </a>
    )
  if (!isAddress) return shown
  return (
    <>
      <Whois address={value} short="lists" />
      {shown}
    </>
  )
}
