import type { ReactNode } from 'react'

/** What stands where there is nothing: why, and the next step. */
export function Empty({ title, children, actions }: { title: string; children?: ReactNode; actions?: ReactNode }) {
  return (
    <div className="flex h-full flex-col items-center justify-center gap-1 px-4 py-6 text-center">
      <p className="font-medium">{title}</p>
      {children ? <p className="max-w-[64ch] text-balance text-muted">{children}</p> : null}
      {actions ? <div className="mt-2 flex flex-wrap justify-center gap-2">{actions}</div> : null}
    </div>
  )
}
