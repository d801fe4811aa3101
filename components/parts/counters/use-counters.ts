'use client'

import { useIsFetching } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useLoad } from '@/components/parts/answer/load/load-provider'
import type { LoadPhase } from '@/components/parts/answer/load/load-state'
import { type Answered, useAnswer } from '@/components/parts/answer/use-answer'
import { useBasis } from '@/components/parts/answer/use-basis'
import { both } from '@/components/parts/view/both'
import { useView } from '@/components/parts/view/use-view'
import type { CountersAnswer } from '@/lib/flow/answer/traffic/counters'

/** Above this many tuples, duplicates are counted only on request: all tuples have to be sorted for it. */
const UNASKED = 2_000_000

const ROUTE = 'counters'
/** Phases without data to count, or with more to come soon. */
const TOO_EARLY: readonly LoadPhase[] = ['blocked', 'starting', 'asking', 'reading']

export interface CountersState extends Omit<Answered<CountersAnswer>, 'data'> {
  /** The answer to this very question, or undefined. */
  data: CountersAnswer | undefined
  /** True if the view is so large that the reader has to start it. */
  waits: boolean
  ask: () => void
}

/** The composition of the page's figures, or of those of a term beside the filter, requested last so that it delays no other answer. */
export function useCounters(term?: string): CountersState {
  const { q } = useView()
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
  const answered = useAnswer(ROUTE, term === undefined ? {} : { q: both(q, term) }, { enabled: isReady && isCalm && (isAsked || !isLarge) })
  const data = answered.stale ? undefined : answered.data
  return { ...answered, data, waits: isReady && isLarge && !isAsked && data === undefined, ask: () => setAsked(true) }
}
