'use client'

import { usePathname, useSearchParams } from 'next/navigation'
import { createContext, type ReactNode, useCallback, useMemo, useSyncExternalStore } from 'react'
import type { Zone } from '@/components/format/time'
import type { Problem } from '@/lib/flow/problem'
import { DATA_KEYS, KEPT_KEYS } from './keys'
import { type Patch, patchParams, pickParams, toHref } from './patch'
import { type Ignored, readView } from './read-view'

export interface ViewState {
  /** All of the link's parameters. */
  params: URLSearchParams
  /** The keys that answers are asked with. */
  data: URLSearchParams
  /** The filter as typed. */
  q: string
  /** Why the filter cannot be asked, or null. */
  problem: Problem | null
  /** What the link holds that is not understood. */
  ignored: readonly Ignored[]
  /** How times are written; UTC until the page runs in the browser. */
  zone: Zone
  /** The link of this page (or `path`, which keeps only the question) with some keys replaced. */
  href: (patch: Patch, path?: string) => string
  /** Goes there: a new step in the history, or in place of this one. */
  go: (patch: Patch, how?: { replace?: boolean }) => void
}

export const ViewContext = createContext<ViewState | null>(null)

const never = () => () => {}

/** Holds what the URL says, read once a render; the URL is the only state. */
export function ViewProvider({ children }: { children: ReactNode }) {
  const path = usePathname()
  const text = useSearchParams().toString()
  const inBrowser = useSyncExternalStore(
    never,
    () => true,
    () => false,
  )

  const href = useCallback(
    (patch: Patch, other?: string) => {
      const params = new URLSearchParams(text)
      return other === undefined || other === path
        ? toHref(path, patchParams(params, patch))
        : toHref(other, patchParams(pickParams(params, KEPT_KEYS), patch))
    },
    [text, path],
  )
  const go = useCallback(
    (patch: Patch, { replace = false } = {}) => {
      const url = href(patch)
      if (replace) window.history.replaceState(null, '', url)
      else window.history.pushState(null, '', url)
    },
    [href],
  )

  const value = useMemo<ViewState>(() => {
    const params = new URLSearchParams(text)
    const read = readView(params, path)
    return {
      ...read,
      params,
      data: pickParams(params, DATA_KEYS),
      zone: inBrowser && params.get('tz') === 'local' ? 'local' : 'utc',
      href,
      go,
    }
  }, [text, path, inBrowser, href, go])
  return <ViewContext value={value}>{children}</ViewContext>
}
