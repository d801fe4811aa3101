import { type ReactNode, useId } from 'react'

/** A part of the drawer under its name. */
export function DrawerSection({ title, actions, children }: { title: string; actions?: ReactNode; children: ReactNode }) {
  const id = useId()
  return (
    <section aria-labelledby={id} className="border-t border-line px-4 py-2.5">
      <header className="flex min-h-7 items-center justify-between gap-2">
        <h3 id={id} className="text-label font-medium text-muted">
          {title}
        </h3>
        {actions ? <div className="flex items-center gap-1">{actions}</div> : null}
      </header>
      {children}
    </section>
  )
}
