'use client'

import { useQueryClient } from '@tanstack/react-query'
import { usePathname } from 'next/navigation'
import { createContext, type ReactNode, useCallback, useContext, useEffect, useEffectEvent, useMemo, useRef, useState } from 'react'
import { useView } from '@/components/parts/view/use-view'
import type { ResolvedView } from '@/lib/flow/answer/answer'
import type { Progress } from '@/lib/flow/answer/read/load'
import type { Plan } from '@/lib/flow/answer/read/plan'
import { viewOfPath } from '@/lib/link/pages'
import { SET_UP } from '@/lib/link/set-up'
import { type Agreement, agreementTo, isAgreed } from './agreement'
import type { LoadPhase, LoadState } from './load-state'

/** A load shorter than this is never shown as reading, and the panels ask only once. Milliseconds. */
const PATIENCE = 350

interface Stand {
  /** The load that this state is about; a state about any other is outdated. */
  about: string
  phase: LoadPhase
  view: ResolvedView | null
  progress: Progress | null
  plan: Plan | null
}

const NOTHING = { phase: 'starting', view: null, progress: null, plan: null } as const

const LoadContext = createContext<LoadState | null>(null)

/**
 * Reads the view's range through `/api/load` (server-sent `view`, `progress`, `done`, `problem`; `ask` instead if much is to be read that the reader has not
 * agreed to) and publishes the progress.
 */
export function LoadProvider({ children }: { children: ReactNode }) {
  const { data, asked, problem } = useView()
  const [round, setRound] = useState(0)
  const client = useQueryClient()
  const stream = useRef<EventSource | null>(null)
  const agreements = useRef<Agreement[]>([])
  const { range } = asked
  const search = data.toString()
  const about = `${round} ${search}`
  const path = usePathname()
  const blocked = problem !== null || viewOfPath(path) === null
  const [stand, setStand] = useState<Stand>({ about: '', ...NOTHING })
  const mayReadMuch = useEffectEvent(() => isAgreed(agreements.current, range))

  useEffect(() => {
    if (blocked) return
    const params = new URLSearchParams(search)
    if (!mayReadMuch()) params.set('ask', '1')
    const source = new EventSource(`/api/load${params.size === 0 ? '' : `?${params}`}`)
    stream.current = source
    let begun = false
    const say = (change: Partial<Stand>) => setStand((last) => ({ ...(last.about === about ? last : { about, ...NOTHING }), ...change }))
    const timer = setTimeout(() => say({ phase: 'reading' }), PATIENCE)
    const end = (change: Partial<Stand> & { phase: LoadPhase }) => {
      clearTimeout(timer)
      source.close()
      say(change)
    }
    source.addEventListener('view', (event) => say({ view: JSON.parse(event.data) as ResolvedView }))
    source.addEventListener('ask', (event) => end({ phase: 'asking', plan: JSON.parse(event.data) as Plan }))
    source.addEventListener('progress', (event) => {
      begun = true
      say({ progress: JSON.parse(event.data) as Progress })
    })
    source.addEventListener('done', () => {
      end({ phase: 'done' })
      for (const route of Object.keys(SET_UP)) void client.invalidateQueries({ queryKey: ['answer', route] })
    })
    for (const failure of ['problem', 'error']) source.addEventListener(failure, () => end({ phase: begun ? 'failed' : 'unstarted' }))
    return () => {
      clearTimeout(timer)
      source.close()
    }
  }, [about, search, blocked, client])

  const cancel = useCallback(() => {
    stream.current?.close()
    setStand((last) => ({ ...last, phase: 'cancelled' }))
  }, [])
  const current = stand.about === about ? stand : null
  const phase = blocked ? 'blocked' : (current?.phase ?? 'starting')
  const view = current?.view ?? null
  const progress = current?.progress ?? null
  const plan = current?.plan ?? null
  const resume = useCallback(() => {
    if (plan !== null && view !== null) agreements.current.push(agreementTo(range, view))
    // Earlier answers are shown until the load has ended, and then requested again.
    void client.invalidateQueries({ queryKey: ['answer'], refetchType: 'none' })
    setRound((n) => n + 1)
  }, [plan, view, range, client])
  const value = useMemo(() => ({ phase, view, progress, plan, cancel, resume }), [phase, view, progress, plan, cancel, resume])
  return <LoadContext value={value}>{children}</LoadContext>
}

/** Progress of reading the view's range. */
export function useLoad(): LoadState {
  const load = useContext(LoadContext)
  if (load === null) throw new Error('useLoad needs a LoadProvider')
  return load
}
