'use client'

import dynamic from 'next/dynamic'
import type { ComponentType, ReactNode } from 'react'
import { Button } from './button'

/** In place of a part that could not be loaded, so that the rest of the page stays. */
function Missing() {
  return (
    <span role="alert" className="inline-flex flex-wrap items-center gap-2 p-2 text-label text-caution">
      This part could not be loaded
      <Button onClick={() => window.location.reload()}>Reload the page</Button>
    </span>
  )
}

/**
 * A part that is loaded when it is first shown; `loading` stands in its place until then. Never drawn on the server: only then it has a boundary of its own, and
 * what is around it does not wait for it.
 */
export function late<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  { loading = () => null }: { loading?: () => ReactNode } = {},
): ComponentType<Props> {
  return dynamic<Props>(() => load().catch(() => Missing), { ssr: false, loading })
}
