'use client'

import Link from 'next/link'
import type { ComponentProps, MouseEvent } from 'react'
import type { Patch } from './patch'
import { useView } from './use-view'

/** True if the click asks for a new tab or window, or a download. */
function isModified(event: MouseEvent): boolean {
  return event.metaKey || event.ctrlKey || event.shiftKey || event.altKey
}

/** A link with this page's keys, some of them replaced, to here or another page. A plain click stays in the page; the browser handles any other. */
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
