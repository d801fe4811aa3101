'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import { useView } from '@/components/parts/view/use-view'
import type { ErrorAnswer } from '@/lib/flow/answer/error'
import type { VerifyAnswer, VerifyProgress } from '@/lib/flow/answer/evidence/verify'

export type Check =
  | { phase: 'idle' | 'cancelled' }
  | { phase: 'running'; progress: VerifyProgress | null }
  | { phase: 'done'; answer: VerifyAnswer }
  | { phase: 'failed'; message: string; requestId: string | null }

export interface Verifying {
  check: Check
  /** `pieces` hashes every counted byte too. Another check that is running stops. */
  start: (rows: number, pieces: boolean) => void
  cancel: () => void
}

/** Verifies the view as it was counted, through the events of `/api/verify`; reads nothing new. Stops when the component unmounts. */
export function useVerify(): Verifying {
  const { data } = useView()
  const [check, setCheck] = useState<Check>({ phase: 'idle' })
  const stream = useRef<EventSource | null>(null)
  useEffect(() => () => stream.current?.close(), [])

  const start = useCallback(
    (rows: number, pieces: boolean) => {
      stream.current?.close()
      const params = new URLSearchParams(data)
      params.set('rows', String(rows))
      if (pieces) params.set('pieces', '1')
      params.set('wait', '0')
      const source = new EventSource(`/api/verify?${params}`)
      stream.current = source
      const end = (ended: Check) => {
        source.close()
        setCheck(ended)
      }
      setCheck({ phase: 'running', progress: null })
      source.addEventListener('progress', (event) => setCheck({ phase: 'running', progress: JSON.parse(event.data) as VerifyProgress }))
      source.addEventListener('done', (event) => end({ phase: 'done', answer: JSON.parse(event.data) as VerifyAnswer }))
      source.addEventListener('problem', (event) => {
        const { message, requestId } = (JSON.parse(event.data) as ErrorAnswer).error
        end({ phase: 'failed', message, requestId })
      })
      source.addEventListener('error', () => end({ phase: 'failed', message: 'The server could not be reached.', requestId: null }))
    },
    [data],
  )

  const cancel = useCallback(() => {
    stream.current?.close()
    setCheck({ phase: 'cancelled' })
  }, [])
  return { check, start, cancel }
}
