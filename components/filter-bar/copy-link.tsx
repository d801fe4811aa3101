'use client'

import { Link2 } from 'lucide-react'
import { useBasis } from '@/components/answer/use-basis'
import { useKey } from '@/components/keys/use-key'
import { IconButton } from '@/components/ui/button'
import { useToast } from '@/components/ui/toaster'
import { useView } from '@/components/view/use-view'
import { writeInstant } from '@/lib/link/instant'

/** Copies a link that will give the same answer later: absolute times, and only what had been flushed when it was answered. */
export function CopyLink() {
  const { asked, href } = useView()
  const { view, at } = useBasis()
  const say = useToast()

  async function copy() {
    if (view === null || at === 0) {
      say('There is no answer to link to yet')
      return
    }
    const asof = writeInstant(asked.asof ?? Math.floor(at / 1000) * 1000)
    const url = new URL(href({ from: view.from, to: view.to, last: null, asof, live: null, step: null }), window.location.href)
    try {
      await navigator.clipboard.writeText(url.href)
      say('Link copied: fixed times, as of this answer')
    } catch {
      say('The browser did not allow copying; the link is in the address bar')
      window.history.replaceState(null, '', url)
    }
  }
  useKey({ keys: 'c', does: 'copy a link that stays the same', group: 'Ask' }, copy)
  return (
    <IconButton label="Copy a link that stays the same (c)" look="plain" className="h-8 w-8" onClick={copy}>
      <Link2 aria-hidden="true" size={15} />
    </IconButton>
  )
}
