'use client'

import Link from 'next/link'
import type { ComponentProps, MouseEvent } from 'react'
import type { Patch } from './patch'
import { useView } from './use-view'

/** Whether the browser is asked for a new tab or window, or for a download. */
function isModified(event: MouseEvent): boolean {
  return event.metaKey || event.ctrlKey || event.shiftKey || event.altKey
}

/**
 * A real link that says what this page's link says with some keys replaced, here or on another page. A plain click stays in the page;
 * any other way to follow it is the browser's.
 */
export function ViewLink({
  patch,
  path,
  onClick,
  ...rest
}: Omit<ComponentProps<typeof Link>, 'href' | 'onClick'> & { patch: Patch; path?: string; onClick?: () => void }) {
  const { href, go } = useView()
  return (
    <Link
      {...rest}
      href={href(patch, path)}
      prefetch={false}
      onClick={(event) => {
        if (isModified(event)) return
        onClick?.()
        if (path !== undefined) return
        event.preventDefault()
        go(patch)
      }}
    />
  )
}
