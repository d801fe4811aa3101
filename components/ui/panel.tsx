import type { ReactNode } from 'react'
import { useId } from 'react'
import { classNames } from './class-names'

/** A framed part of a page. `note` is shown beside the title (partial, incomplete), `stale` dims figures of the previous question. */
export function Panel({
  title,
  note,
  actions,
  stale = false,
  className,
  children,
}: {
  title: string
  note?: ReactNode
  actions?: ReactNode
  stale?: boolean
  className?: string | undefined
  children: ReactNode
}) {
  const id = useId()
  return (
    <section
      aria-labelledby={id}
      className={classNames('relative flex min-w-0 flex-col rounded-lg border border-line bg-surface', className)}
    >
      <header className="flex min-h-[45px] flex-wrap items-center gap-x-3 gap-y-1.5 border-b border-line px-3 py-1.5">
        <h2 id={id} className="text-title font-semibold">
          {title}
        </h2>
        {note}
        {actions ? <div className="ml-auto flex max-w-full flex-wrap items-center gap-2">{actions}</div> : null}
      </header>
      <div aria-busy={stale} className={classNames('relative min-w-0 flex-1 transition-opacity', stale && 'opacity-55')}>
        {children}
      </div>
    </section>
  )
}
