'use client'

import dynamic from 'next/dynamic'
import type { ReactNode } from 'react'
import { useSession } from '@/components/parts/session/session'

const SignInPage = dynamic(() => import('./sign-in-page').then((module) => module.SignInPage), { ssr: false })
const SessionOver = dynamic(() => import('./session-over').then((module) => module.SessionOver), { ssr: false })

/** The account menu, loaded after the page, since nothing else waits for it. */
export const AccountMenu = dynamic(() => import('./account').then((module) => module.Account), { ssr: false })

/** The page, or the sign-in page if one is needed. */
export function Gate({ children }: { children: ReactNode }) {
  return useSession() === 'missing' ? <SignInPage /> : children
}

/** Shows that the session is over. */
export function SessionOverNotice() {
  return useSession() === 'over' ? <SessionOver /> : null
}
