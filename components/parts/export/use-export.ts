'use client'

import { useEffect, useRef, useState } from 'react'
import { type Saved, save } from './save'
import { openSink } from './sink'

export type ExportState =
  | { phase: 'asked' }
  | { phase: 'saving'; saved: Saved }
  | { phase: 'saved'; saved: Saved; name: string }
  | { phase: 'cancelled' }
  | { phase: 'failed'; message: string }

/** Saves one file at a time. A running save is cancelled when the component unmounts. */
export function useExport(): { state: ExportState; start: (url: string, name: string) => Promise<void>; cancel: () => void } {
  const [state, setState] = useState<ExportState>({ phase: 'asked' })
  const leaving = useRef<AbortController | null>(null)
  useEffect(() => () => leaving.current?.abort(), [])

  async function start(url: string, name: string) {
    const left = new AbortController()
    leaving.current = left
    try {
      const sink = await openSink(name)
      if (sink === null) return
      setState({ phase: 'saving', saved: { bytes: 0, lines: 0 } })
      const saved = await save(url, sink, (now) => setState({ phase: 'saving', saved: now }), left.signal)
      setState({ phase: 'saved', saved, name })
    } catch (error) {
      if (left.signal.aborted) setState({ phase: 'cancelled' })
      else setState({ phase: 'failed', message: error instanceof Error ? error.message : String(error) })
    }
  }
  return { state, start, cancel: () => leaving.current?.abort() }
}
