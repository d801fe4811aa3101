'use client'

import { useMemo } from 'react'
import type { PageView } from '@/lib/link/pages'
import { readLenient, write } from '@/lib/link/params'
import type { Options } from '@/lib/link/views'
import type { Patch } from './patch'
import { useView } from './use-view'

/** A page's own keys as the link has them at this moment: pages are drawn a little later. */
export function optionsNow<V extends PageView>(view: V): Options<V> {
  return readLenient(view, new URLSearchParams(window.location.search)).value.options
}

/** A page's own keys (`by`, `metric`, `sort`, …) as values, and the patch of the link that changes some of them; defaults are taken out. */
export function useOptions<V extends PageView>(
  view: V,
): {
  options: Options<V>
  patch: (change: Partial<Options<V>>) => Patch
} {
  const { params, asked } = useView()
  return useMemo(() => {
    const { options } = readLenient(view, params).value
    return {
      options,
      patch: (change) => {
        const written = write(view, { asked, options: { ...options, ...change } })
        return Object.fromEntries(Object.keys(change).map((key) => [key, written.get(key)]))
      },
    }
  }, [view, params, asked])
}
