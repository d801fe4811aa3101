'use client'

import { useMemo } from 'react'
import { readLenient, write } from '@/lib/link/params'
import { type PageOptions, type PageView, pageKeys } from '@/lib/link/views'
import type { Patch } from './patch'
import { useView } from './use-view'

/** A page's own keys in the current link: rendering lags behind it a little. */
export function optionsNow<V extends PageView>(view: V): PageOptions<V> {
  return readLenient(view, new URLSearchParams(window.location.search)).value.options
}

/** A page's own keys (`by`, `metric`, `sort`, …) as values, and a link patch that changes some of them; defaults are removed. */
export function useOptions<V extends PageView>(
  view: V,
): {
  options: PageOptions<V>
  patch: (change: Partial<PageOptions<V>>) => Patch
} {
  const { params, asked } = useView()
  return useMemo(() => {
    const { options } = readLenient(view, params).value
    return {
      options,
      patch: (change) => {
        const written = write(pageKeys(view), { asked, options: { ...options, ...change } })
        return Object.fromEntries(Object.keys(change).map((key) => [key, written.get(key)]))
      },
    }
  }, [view, params, asked])
}
