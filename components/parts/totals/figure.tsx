'use client'

import { RotateCw } from 'lucide-react'
import type { ReactNode } from 'react'
import type { AnswerError } from '@/components/parts/answer/answer-error'
import { useLoad } from '@/components/parts/answer/load/load-provider'
import { TryAgain } from '@/components/parts/session/try-again'
import { IconButton } from '@/components/ui/button'
import { classNames } from '@/components/ui/class-names'
import { Skeleton } from '@/components/ui/marks/skeleton'

export const FIGURE_BOX = 'flex min-h-25 min-w-0 flex-col px-4 py-2.5'

/** One figure of the strip: its name, its value with the exact number on hover, and a line about it. */
export function Figure({
  name,
  value,
  exact,
  about,
  aside,
  help,
  stale = false,
  growing = false,
  provisional = false,
}: {
  name: string
  value: string
  exact: string
  about: ReactNode
  aside?: ReactNode
  /** A button that explains the figure. */
  help?: ReactNode
  stale?: boolean
  /** True if the figure may still grow. */
  growing?: boolean
  /** True if the figure is replaced by an answer that is on its way. */
  provisional?: boolean
}) {
  return (
    <div className={classNames(FIGURE_BOX, 'relative bg-surface transition-opacity')}>
      <div className="flex min-h-4 items-center gap-0.5 leading-4">
        <h3 className="text-label text-muted">{name}</h3>
        {help ? <span className="-my-1.5">{help}</span> : null}
      </div>
      <div className="flex items-end justify-between gap-4">
        <p className={classNames('data truncate text-figure', stale && 'opacity-55')} title={exact}>
          {value}
          {provisional ? (
            <span className="ml-1 text-data text-muted" title="provisional: the answer is on its way">
              ≈
            </span>
          ) : growing ? (
            <span className="ml-1 text-data text-caution" title="still reading: this may grow">
              +
            </span>
          ) : null}
        </p>
        {aside ? <div className="pointer-events-none relative w-[34%] max-w-40 shrink-0 max-md:hidden">{aside}</div> : null}
      </div>
      <p className="text-label text-faint">{about}</p>
    </div>
  )
}

/** Shown before the first answer, and while no query may run. */
export function FigureSkeleton({ name }: { name: string }) {
  if (useLoad().phase === 'blocked') return <Figure name={name} value="–" exact="" about="no query run" />
  return (
    <div className={classNames(FIGURE_BOX, 'bg-surface')} aria-busy="true">
      <h3 className="text-label text-muted">{name}</h3>
      <div className="flex h-7 items-center">
        <Skeleton className="h-5 w-24" />
      </div>
      <div className="flex h-4 items-center">
        <Skeleton className="h-3 w-32" />
      </div>
    </div>
  )
}

/** Shown if nothing has been read, since a zero would be false. */
export function FigureUnread({ name }: { name: string }) {
  return <Figure name={name} value="–" exact="" about="nothing read so far" />
}

export function FigureFailed({ name, error, onRetry }: { name: string; error: AnswerError; onRetry: () => void }) {
  const request = error.requestId ? `request ${error.requestId}` : ''
  return (
    <div role="alert" className={classNames(FIGURE_BOX, 'relative bg-surface')}>
      <h3 className="pr-8 text-label text-muted">{name}</h3>
      <p className="mt-1 line-clamp-2 text-label wrap-anywhere text-caution" title={`${error.message}\n${request}`}>
        {error.message}
      </p>
      <p className="text-label wrap-anywhere text-faint">{request}</p>
      <span className="absolute top-1 right-1">
        <TryAgain>
          <IconButton label="Try again" onClick={onRetry}>
            <RotateCw aria-hidden="true" size={13} />
          </IconButton>
        </TryAgain>
      </span>
    </div>
  )
}
