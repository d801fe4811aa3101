'use client'

import { usePathname } from 'next/navigation'
import { useEffect } from 'react'
import { withPins } from '@/components/parts/filter-bar/with-pins'
import { useSaved } from './use-saved'

/** Opens the page with the view that the person has made its default. */
export function InitialView() {
  const path = usePathname()
  const { data } = useSaved('views')
  const href = data?.views.find((view) => view.initial && view.href.split('?', 1)[0] === path)?.href
  useEffect(() => {
    if (href !== undefined && window.location.search === '') window.history.replaceState(null, '', withPins(href))
  }, [href])
  return null
}
