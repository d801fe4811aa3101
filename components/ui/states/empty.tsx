import type { ReactNode } from 'react'

/** Explains why there is nothing, with a next step. If it is the whole page, its title is the page's (`h1`). */
export function Empty({
  title,
  titleAs: Title = 'p',
  children,
  actions,
}: {
  title: string
  titleAs?: 'p' | 'h1'
  children?: ReactNode
  actions?: ReactNode
}) {
  return (
    <div className="flex h-full flex-col items-center justify-center gap-1 px-4 py-6 text-center">
      <Title className="font-medium">{title}</Title>
      {children ? <p className="max-w-[64ch] text-balance text-muted">{children}</p> : null}
      {actions ? <div className="mt-2 flex flex-wrap justify-center gap-2">{actions}</div> : null}
    </div>
  )
}
