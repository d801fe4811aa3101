'use client'

import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react'
import { useView } from '@/components/view/use-view'
import type { Progress } from '@/lib/flow/answers'
import type { LoadPhase, LoadState } from './load-state'

/** A load that has said nothing for this long no longer holds the panels back. Milliseconds. */
const PATIENCE = 400

interface Stand {
  /** What is being read; a stand about anything else is out of date. */
  about: string
  phase: LoadPhase
  progress: Progress | null
}

const LoadContext = createContext<LoadState | null>(null)

/** Reads the view's range through `/api/load` (server-sent `progress`, `done`, `problem`) and tells the page how far it is. */
export function LoadProvider({ children }: { children: ReactNode }) {
  const { data, problem } = useView()
  const [round, setRound] = useState(0)
  const search = data.toString()
  const about = `${round} ${search}`
  const blocked = problem !== null
  const stream = useRef<EventSource | null>(null)
  const [stand, setStand] = useState<Stand>({ about: '', phase: 'starting', progress: null })

  useEffect(() => {
    if (blocked) return
    const source = new EventSource(`/api/load${search === '' ? '' : `?${search}`}`)
    stream.current = source
    const say = (phase: LoadPhase, progress?: Progress) =>
      setStand((last) => ({ about, phase, progress: progress ?? (last.about === about ? last.progress : null) }))
    const end = (phase: LoadPhase) => {
      clearTimeout(timer)
      source.close()
      say(phase)
    }
    const timer = setTimeout(() => say('reading'), PATIENCE)
    source.addEventListener('progress', (event) => {
      clearTimeout(timer)
      say('reading', JSON.parse(event.data) as Progress)
    })
    source.addEventListener('done', () => end('done'))
    source.addEventListener('problem', () => end('failed'))
    source.addEventListener('error', () => end('failed'))
    return () => {
      clearTimeout(timer)
      source.close()
    }
  }, [about, search, blocked])

  const cancel = useCallback(() => {
    stream.current?.close()
    setStand((last) => ({ ...last, phase: 'cancelled' }))
  }, [])
  const resume = useCallback(() => setRound((n) => n + 1), [])
  const current = stand.about === about
  const phase = blocked ? 'blocked' : current ? stand.phase : 'starting'
  const progress = current ? stand.progress : null
  const value = useMemo(() => ({ phase, progress, cancel, resume }), [phase, progress, cancel, resume])
  return <LoadContext value={value}>{children}</LoadContext>
}

export function useLoad(): LoadState {
  const load = useContext(LoadContext)
  if (load === null) throw new Error('useLoad needs a LoadProvider')
  return load
}
