'use client'

import { Link2 } from 'lucide-react'
import { usePinLink } from '@/components/parts/evidence/pin-link'
import { useKey } from '@/components/parts/keys/use-key'
import { IconButton } from '@/components/ui/button'
import { useToast } from '@/components/ui/toaster'

/** Copies a link that gives the same answer later, and can verify that its data is unchanged. */
export function CopyLink() {
  const pinLink = usePinLink()
  const say = useToast()

  async function copy() {
    const pinned = await pinLink().catch(() => undefined)
    if (pinned === undefined) {
      say('The server was not reached; the link in the address bar works as it is')
      return
    }
    if (pinned === null) {
      say('There is no answer to link to yet')
      return
    }
    const url = new URL(pinned.href, window.location.href)
    try {
      await navigator.clipboard.writeText(url.href)
      say(
        pinned.unproved === null
          ? 'Link copied: fixed times, as of this answer, with its fingerprint'
          : `Link copied without a fingerprint: ${pinned.unproved}`,
      )
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
