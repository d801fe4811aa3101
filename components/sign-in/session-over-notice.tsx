'use client'

import dynamic from 'next/dynamic'
import { useSession } from './session'

const SessionOver = dynamic(() => import('./session-over').then((module) => module.SessionOver), { ssr: false })

/** Says that the session is over, when it is. */
export function SessionOverNotice() {
  return useSession() === 'over' ? <SessionOver /> : null
}
