import Link from 'next/link'
import type { ReactNode } from 'react'
import { classNames } from '@/components/ui/class-names'

/** A line of short facts with dots between them. */
export function Facts({ children }: { children: ReactNode }) {
  return (
    <ul className="flex min-h-7 min-w-0 flex-wrap items-center overflow-x-clip text-label text-muted *:relative *:-left-4 *:flex *:items-center *:pl-4 *:before:absolute *:before:left-1.5 *:before:text-faint *:before:content-['·']">
      {children}
    </ul>
  )
}

/** A figure with its name before it, or after it. */
export function Fact({
  name,
  value,
  after = false,
  caution = false,
  title,
  href,
}: {
  name: string
  value: string
  after?: boolean
  caution?: boolean
  title?: string
  /** Link to details. */
  href?: string
}) {
  const text = (
    <>
      {after ? null : `${name} `}
      <span className={classNames('data', caution ? 'text-caution' : 'text-ink')}>{value}</span>
      {after ? ` ${name}` : null}
    </>
  )
  return (
    <li title={title} className={classNames('whitespace-nowrap', caution && 'text-caution')}>
      {href === undefined ? (
        <span>{text}</span>
      ) : (
        <Link href={href} className="-my-1.5 rounded-sm py-1.5 underline-offset-3 hover:underline">
          {text}
        </Link>
      )}
    </li>
  )
}
