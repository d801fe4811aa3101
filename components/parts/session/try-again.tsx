'use client'

import { usePathname, useSearchParams } from 'next/navigation'
import type { ReactNode } from 'react'
import { Button, buttonClass } from '@/components/ui/button'
import { useSession } from './session'
import { signInHref } from './sign-in-href'

function SignInAgain() {
  return (
    <a href={signInHref(usePathname(), useSearchParams().toString())} className={buttonClass()}>
      Sign in again
    </a>
  )
}

/** Another try, by its own button or a given one; where the session is over, the sign-in in its place, which leads back to this link. */
export function TryAgain({ onRetry, children }: { onRetry: () => void; children?: never } | { onRetry?: never; children: ReactNode }) {
  return useSession() === 'over' ? <SignInAgain /> : (children ?? <Button onClick={onRetry}>Try again</Button>)
}
