'use client'

import { useIsFetching } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useLoad } from '@/components/answer/load-provider'
import type { LoadPhase } from '@/components/answer/load-state'
import { type Answered, useAnswer } from '@/components/answer/use-answer'
import { useBasis } from '@/components/answer/use-basis'
import type { CountersAnswer } from '@/lib/flow/counters-answer'

/** Of more tuples than this, what is repeated is told only when asked for: to find it, all of them are put in order. */
const UNASKED = 2_000_000

const ROUTE = 'counters'
/** Phases in which there is nothing to count yet, or soon more. */
const TOO_EARLY: readonly LoadPhase[] = ['blocked', 'starting', 'asking', 'reading']

export interface Counters extends Omit<Answered<CountersAnswer>, 'data'> {
  /** The answer to this very question, undefined while there is none. */
  data: CountersAnswer | undefined
  /** It waits for the reader, because the view is large. */
  waits: boolean
  ask: () => void
}

/** What the figures of the page are made of: asked last, so that it holds up no other answer. */
export function useCounters(): Counters {
  const { phase } = useLoad()
  const { matched, stale } = useBasis()
  const [isAsked, setAsked] = useState(false)
  const others = useIsFetching({ predicate: ({ queryKey: [kind, route] }) => kind === 'answer' && route !== ROUTE })
  const isLarge = matched !== null && matched > UNASKED
  const isReady = matched !== null && !stale && !TOO_EARLY.includes(phase)
  const [isCalm, setCalm] = useState(false)
  useEffect(() => {
    if (!isReady) setCalm(false)
    else if (others === 0) setCalm(true)
  }, [isReady, others])
  const answered = useAnswer(ROUTE, {}, { enabled: isReady && isCalm && (isAsked || !isLarge) })
  const data = answered.stale ? undefined : answered.data
  return { ...answered, data, waits: isReady && isLarge && !isAsked && data === undefined, ask: () => setAsked(true) }
}
