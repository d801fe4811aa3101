'use client'

import { useQueryClient } from '@tanstack/react-query'
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react'
import { useView } from '@/components/view/use-view'
import type { Progress, ResolvedView } from '@/lib/flow/answers'
import { SET_UP } from './fetch-answer'
import type { LoadPhase, LoadState } from './load-state'

/** A load that is done sooner is never shown as reading, and the panels ask only once. Milliseconds. */
const PATIENCE = 350

interface Stand {
  /** What is being read; a stand about anything else is out of date. */
  about: string
  phase: LoadPhase
  view: ResolvedView | null
  progress: Progress | null
}

const LoadContext = createContext<LoadState | null>(null)

/** Reads the view's range through `/api/load` (server-sent `view`, `progress`, `done`, `problem`) and tells the page how far it is. */
export function LoadProvider({ children }: { children: ReactNode }) {
  const { data, problem } = useView()
  const [round, setRound] = useState(0)
  const client = useQueryClient()
  const stream = useRef<EventSource | null>(null)
  const search = data.toString()
  const about = `${round} ${search}`
  const blocked = problem !== null
  const [stand, setStand] = useState<Stand>({ about: '', phase: 'starting', view: null, progress: null })

  useEffect(() => {
    if (blocked) return
    const source = new EventSource(`/api/load${search === '' ? '' : `?${search}`}`)
    stream.current = source
    const say = (change: Partial<Stand>) =>
      setStand((last) => ({ ...(last.about === about ? last : { about, phase: 'starting', view: null, progress: null }), ...change }))
    const timer = setTimeout(() => say({ phase: 'reading' }), PATIENCE)
    const end = (phase: LoadPhase) => {
      clearTimeout(timer)
      source.close()
      say({ phase })
    }
    source.addEventListener('view', (event) => say({ view: JSON.parse(event.data) as ResolvedView }))
    source.addEventListener('progress', (event) => say({ progress: JSON.parse(event.data) as Progress }))
    source.addEventListener('done', () => {
      end('done')
      for (const route of SET_UP) void client.invalidateQueries({ queryKey: ['answer', route] })
    })
    source.addEventListener('problem', () => end('failed'))
    source.addEventListener('error', () => end('failed'))
    return () => {
      clearTimeout(timer)
      source.close()
    }
  }, [about, search, blocked, client])

  const cancel = useCallback(() => {
    stream.current?.close()
    setStand((last) => ({ ...last, phase: 'cancelled' }))
  }, [])
  const resume = useCallback(() => setRound((n) => n + 1), [])
  const current = stand.about === about ? stand : null
  const phase = blocked ? 'blocked' : (current?.phase ?? 'starting')
  const view = current?.view ?? null
  const progress = current?.progress ?? null
  const value = useMemo(() => ({ phase, view, progress, cancel, resume }), [phase, view, progress, cancel, resume])
  return <LoadContext value={value}>{children}</LoadContext>
}

/** How far the reading of the view's range is. */
export function useLoad(): LoadState {
  const load = useContext(LoadContext)
  if (load === null) throw new Error('useLoad needs a LoadProvider')
  return load
}
