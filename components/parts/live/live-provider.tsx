'use client'

import { useQueryClient } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext, useEffect, useEffectEvent, useMemo, useState } from 'react'
import { fetchAnswer } from '@/components/parts/answer/fetch-answer'
import { useLoad } from '@/components/parts/answer/load/load-provider'
import { useAnswer } from '@/components/parts/answer/use-answer'
import { useView } from '@/components/parts/view/use-view'
import { afterLook } from './look'
import { isMoving, whyNotLive } from './offer'
import { useHidden } from './use-hidden'

/** Interval of checks for new blocks, in milliseconds; Azure writes one a minute. */
const PACE = 60_000

/** `rests` the range cannot be followed, `waits` while the range is read, `hidden` the tab is hidden, `looking` a check is running. */
type LiveState = 'off' | 'rests' | 'waits' | 'hidden' | 'looking' | 'following'

export interface Live {
  state: LiveState
  /** The reason why the range cannot be followed, or null. */
  refusal: string | null
  /** Time of the last check, epoch milliseconds, or null. */
  looked: number | null
  /** Time of the next check, epoch milliseconds; 0 for at once. */
  next: number
  /** The reason why the last check failed, or null. */
  failure: string | null
  /** Turns live mode on or off. */
  toggle: () => void
}

const LiveContext = createContext<Live | null>(null)

/** Checks for new blocks while the link says `live`, and requests the answers again if there are any. The current figures stay until the new ones arrive. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const { asked, data, live, go } = useView()
  const { phase, resume } = useLoad()
  const hidden = useHidden()
  const client = useQueryClient()
  const health = useAnswer('health').data
  const [pulse, setPulse] = useState<Pick<Live, 'looked' | 'next' | 'failure'>>({ looked: null, next: 0, failure: null })
  const [looking, setLooking] = useState(false)
  const newest = health?.newest ? Date.parse(health.newest) : null
  const refusal = whyNotLive(asked.range, asked.asof, newest, Date.now())
  const ready = phase === 'done' || phase === 'failed'
  const active = live && refusal === null && ready && !hidden
  const question = data.toString()

  // A load counts as a check.
  useEffect(() => {
    if (ready) setPulse({ looked: Date.now(), next: Date.now() + PACE, failure: null })
  }, [ready, question])

  const look = useEffectEvent(async (signal: AbortSignal) => {
    setLooking(true)
    let failure: string | null = null
    try {
      const next = afterLook(await fetchAnswer('plan', data, signal), isMoving(asked.range))
      if (next === 'reading') resume()
      if (next === 'answers') await client.invalidateQueries({ queryKey: ['answer'] })
    } catch (error) {
      failure = error instanceof Error ? error.message : String(error)
    }
    if (signal.aborted) return
    const now = Date.now()
    setLooking(false)
    setPulse((last) => ({ looked: failure === null ? now : last.looked, next: now + PACE, failure }))
  })
  useEffect(() => {
    if (!active) return
    const left = new AbortController()
    const timer = setTimeout(() => void look(left.signal), Math.max(0, pulse.next - Date.now()))
    return () => {
      clearTimeout(timer)
      left.abort()
      setLooking(false)
    }
  }, [active, pulse.next, question])

  const value = useMemo<Live>(() => {
    const running = looking || pulse.next === 0 ? 'looking' : 'following'
    const state = !live ? 'off' : refusal !== null ? 'rests' : hidden ? 'hidden' : !ready ? 'waits' : running
    const toggle = () => {
      if (!live) setPulse((last) => ({ ...last, next: 0 }))
      go({ live: live ? null : '1' }, { replace: true })
    }
    return { ...pulse, state, refusal, toggle }
  }, [live, refusal, hidden, ready, looking, pulse, go])
  return <LiveContext value={value}>{children}</LiveContext>
}

/** State of live mode. */
export function useLive(): Live {
  const live = useContext(LiveContext)
  if (live === null) throw new Error('useLive needs a LiveProvider')
  return live
}
