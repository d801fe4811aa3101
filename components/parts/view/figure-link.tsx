'use client'

import Link from 'next/link'
import type { ReactNode } from 'react'
import { classNames } from '@/components/ui/class-names'
import { both } from './both'
import type { Patch } from './patch'
import { useView } from './use-view'

interface Figure {
  /** The filter of the tuples behind the figure. */
  filter: string
  title: string
  className?: string
  children: ReactNode
}

/** Links to the tuples behind a figure: the explorer with the link's filter and `filter` beside it, or with `filter` alone. */
export function FigureLink({
  filter,
  alone = false,
  sort = null,
  title,
  className,
  children,
}: Figure & { alone?: boolean; sort?: string | null }) {
  const { q, href } = useView()
  return (
    <Link
      href={href({ q: alone ? filter : both(q, filter), sort }, '/explorer')}
      prefetch={false}
      title={`${title}\n${filter}`}
      className={classNames(
        'data hit rounded-sm whitespace-nowrap pointer-coarse:inline-block underline decoration-line-strong underline-offset-3 hover:text-accent hover:decoration-current',
        className,
      )}
    >
      {children}
    </Link>
  )
}

/** Links to the talkers of a figure's tuples by `by`. */
export function CountLink({ filter, by, metric = null, title, className, children }: Figure & { by: string; metric?: string | null }) {
  const { q, href } = useView()
  const keys: Patch = { q: both(q, filter), by, metric, limit: '50' }
  return (
    <Link
      href={href(keys, '/')}
      prefetch={false}
      title={`${title}\n${filter}`}
      className={classNames(
        'data hit rounded-sm whitespace-nowrap pointer-coarse:inline-block decoration-current underline-offset-3 hover:text-accent hover:underline',
        className,
      )}
    >
      {children}
    </Link>
  )
}
