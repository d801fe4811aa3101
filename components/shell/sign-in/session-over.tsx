'use client'

import { useQueryClient } from '@tanstack/react-query'
import { usePathname, useSearchParams } from 'next/navigation'
import { useEffect } from 'react'
import { fetchJson } from '@/components/parts/answer/fetch-answer'
import { noteAnswer } from '@/components/parts/session/session'
import { signInHref } from '@/components/parts/session/sign-in-href'
import { buttonClass } from '@/components/ui/button'
import { Notice } from '@/components/ui/states/notice'
import type { MeAnswer } from '@/lib/flow/answer/me'

/** A notice that the reader's session has ended. Disappears after a sign-in elsewhere, for instance in another tab. */
export function SessionOver() {
  const client = useQueryClient()
  const href = signInHref(usePathname(), useSearchParams().toString())
  useEffect(() => {
    const look = async () => {
      const { person } = await fetchJson<MeAnswer>('auth/me', new URLSearchParams(), AbortSignal.timeout(10_000))
      if (person === null) return
      noteAnswer()
      await client.invalidateQueries()
    }
    const onFocus = () => void look().catch(() => undefined)
    window.addEventListener('focus', onFocus)
    return () => window.removeEventListener('focus', onFocus)
  }, [client])
  return (
    <div className="px-3 py-2 sm:px-4">
      <Notice
        tone="caution"
        title="Your session is over"
        actions={
          <a href={href} className={buttonClass('primary')}>
            Sign in again
          </a>
        }
      >
        Nothing new is read until you have signed in. You come back to this link, as it is.
      </Notice>
    </div>
  )
}
