'use client'

import type { ReactNode } from 'react'
import { useSession } from '@/components/parts/session/session'
import { late } from '@/components/ui/late'

const SignInPage = late(() => import('./sign-in-page').then((module) => module.SignInPage))
const SessionOver = late(() => import('./session-over').then((module) => module.SessionOver))

/** The account menu, loaded after the page, since nothing else waits for it. */
export const AccountMenu = late(() => import('./account').then((module) => module.Account))

/** The page, or the sign-in page if one is needed. */
export function Gate({ children }: { children: ReactNode }) {
  return useSession() === 'missing' ? <SignInPage /> : children
}

/** Shows that the session is over. */
export function SessionOverNotice() {
  return useSession() === 'over' ? <SessionOver /> : null
}
