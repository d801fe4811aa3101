'use client'

import dynamic from 'next/dynamic'
import type { ReactNode } from 'react'
import { useSession } from './session'

const SignInPage = dynamic(() => import('./sign-in-page').then((module) => module.SignInPage), { ssr: false })

/** The page, or a request to sign in where nothing is answered without. */
export function Gate({ children }: { children: ReactNode }) {
  return useSession() === 'missing' ? <SignInPage /> : children
}
