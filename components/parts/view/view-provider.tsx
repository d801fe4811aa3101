'use client'

import { usePathname, useSearchParams } from 'next/navigation'
import { createContext, type ReactNode, useCallback, useMemo, useSyncExternalStore } from 'react'
import type { Zone } from '@/components/parts/format/time'
import type { Problem } from '@/lib/flow/problem'
import type { Asked } from '@/lib/flow/view/view'
import { PAGE_KEYS } from '@/lib/link/keys/keys'
import { viewOfPath } from '@/lib/link/pages'
import { type Ignored, readLenient, write } from '@/lib/link/params'
import { pageKeys } from '@/lib/link/views'
import { type Patch, patchParams, toHref } from './patch'

export interface ViewState {
  /** The question as the link holds it. */
  asked: Asked
  /** The filter as typed, `asked.q`. */
  q: string
  /** Terms that are switched off, as a filter: kept in the link, never used in queries. */
  off: string
  /** The reason why the filter cannot be used, or null. Until it is corrected, no query runs. */
  problem: Problem | null
  /** Invalid parts of the link. */
  ignored: readonly Ignored[]
  /** All valid keys of the link. */
  params: URLSearchParams
  /** The keys of every query. */
  data: URLSearchParams
  /** True if new blocks are followed. */
  live: boolean
  /** The current one of the first steps, or 0. */
  step: number
  /** Fingerprint of the view's basis when the link was made, or empty. */
  proof: string
  /** The time zone; UTC until the page runs in the browser. */
  zone: Zone
  /**
   * Returns the link of this page with some keys replaced; to another `path`, it keeps only the question with its proof, switched-off terms, the zone, live and
   * the step.
   */
  href: (patch: Patch, path?: string) => string
  /** Replaces keys of the current link: a new entry in the history, or in place of this one. */
  go: (patch: Patch, how?: { replace?: boolean }) => void
}

export const ViewContext = createContext<ViewState | null>(null)

const never = () => () => {}

function readLink(path: string, text: string) {
  const view = viewOfPath(path) ?? 'overview'
  const { value, ignored, problem } = readLenient(view, new URLSearchParams(text))
  const { off, tz, live, step, proof } = value.options
  return {
    asked: value.asked,
    q: value.asked.q,
    problem,
    ignored,
    off,
    tz,
    live,
    step,
    proof,
    params: write(pageKeys(view), value),
    data: write({}, { asked: value.asked, options: {} }),
    kept: write(PAGE_KEYS, { asked: value.asked, options: { off, tz, live, step, proof } }),
  }
}

/** The question of the current link: rendering lags behind it a little. */
export function askedNow(): Asked {
  const { pathname, search } = window.location
  return readLink(pathname, search).asked
}

const go: ViewState['go'] = (patch, { replace = false } = {}) => {
  const { pathname, search } = window.location
  const target = toHref(pathname, patchParams(readLink(pathname, search).params, patch))
  if (replace) window.history.replaceState(null, '', target)
  else window.history.pushState(null, '', target)
}

/** Reads the URL, which is the only state, once for everything below. */
export function ViewProvider({ children }: { children: ReactNode }) {
  const path = usePathname()
  const text = useSearchParams().toString()
  const inBrowser = useSyncExternalStore(
    never,
    () => true,
    () => false,
  )

  const link = useMemo(() => readLink(path, text), [text, path])

  const href = useCallback(
    (patch: Patch, other = path) => toHref(other, patchParams(other === path ? link.params : link.kept, patch)),
    [link, path],
  )
  const value = useMemo<ViewState>(() => ({ ...link, zone: inBrowser ? link.tz : 'utc', href, go }), [link, inBrowser, href])
  return <ViewContext value={value}>{children}</ViewContext>
}
