'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import { isDoubtful, probe, useIsLost } from '@/components/parts/answer/connection'
import { late } from '@/components/ui/late'
import { useToast } from '@/components/ui/toaster'

const load = () => import('./lost-notice').then((part) => part.LostNotice)
const LostNotice = late(load)

/** Returns the page of ours that a plain click on a link leads to, or null. */
function targetOf(event: MouseEvent): string | null {
  const link = event.target instanceof Element ? event.target.closest('a') : null
  if (!link || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return null
  const { origin, pathname } = window.location
  if (link.target === '_blank' || link.hasAttribute('download') || link.origin !== origin || link.pathname === pathname) return null
  return link.pathname.startsWith('/api/') ? null : link.pathname + link.search + link.hash
}

/** Shows when the server cannot be reached, and then keeps links from ending in the browser's error page. */
export function Connection() {
  const router = useRouter()
  const say = useToast()
  // When it is needed, nothing can be loaded any more.
  useEffect(() => void load().catch(() => undefined), [])
  useEffect(() => {
    const guard = (event: MouseEvent) => {
      const target = isDoubtful() ? targetOf(event) : null
      if (target === null) return
      event.preventDefault()
      event.stopPropagation()
      void probe().then((reached) => (reached ? router.push(target) : say('The server cannot be reached; this page stays as it is')))
    }
    document.addEventListener('click', guard, true)
    return () => document.removeEventListener('click', guard, true)
  }, [router, say])
  return useIsLost() ? <LostNotice /> : null
}
