'use client'

import type { ComponentProps, MouseEvent } from 'react'
import type { Patch } from './patch'
import { useView } from './use-view'

/** A link that changes keys of this page in place; middle click opens the changed page in a new tab. */
export function PatchLink({ patch, ...rest }: Omit<ComponentProps<'a'>, 'href' | 'onClick'> & { patch: Patch }) {
  const { href, go } = useView()
  function click(event: MouseEvent) {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    go(patch)
  }
  return <a href={href(patch)} onClick={click} {...rest} />
}
