'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { type AnswerRoute, fetchAnswer } from '@/components/parts/answer/fetch-answer'
import { describePlan } from '@/components/parts/answer/load/read-button'
import { formatRange } from '@/components/parts/format/time'
import { useView } from '@/components/parts/view/use-view'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/states/notice'
import type { BaselineAnswer } from '@/lib/flow/answer/baseline'
import type { Progress } from '@/lib/flow/answer/read/load'

/** Returns the keys that request the range of the baseline. */
function paramsOf(data: URLSearchParams, { from, to }: BaselineAnswer): URLSearchParams {
  const params = new URLSearchParams(data)
  for (const key of ['last', 'q']) params.delete(key)
  params.set('from', from)
  params.set('to', to)
  return params
}

/** Tells how much of the baseline of a route's answers has been read, with a button that reads the rest. */
export function BaselineNotice({ baseline, of, children }: { baseline: BaselineAnswer; of: AnswerRoute; children: string }) {
  const { data: asked, zone } = useView()
  const client = useQueryClient()
  const [reading, setReading] = useState(false)
  const [progress, setProgress] = useState<Progress | null>(null)
  const [failed, setFailed] = useState(false)
  const search = paramsOf(asked, baseline).toString()
  const { data: plan } = useQuery({
    queryKey: ['baseline plan', search],
    queryFn: ({ signal }) => fetchAnswer('plan', new URLSearchParams(search), signal),
    enabled: !baseline.complete,
  })

  useEffect(() => {
    if (!reading) return
    const source = new EventSource(`/api/load?${search}`)
    const end = (isFailure: boolean) => {
      source.close()
      setReading(false)
      setProgress(null)
      setFailed(isFailure)
      void client.invalidateQueries({ queryKey: ['answer', of] })
      void client.invalidateQueries({ queryKey: ['baseline plan'] })
    }
    source.addEventListener('progress', (event) => setProgress(JSON.parse(event.data) as Progress))
    source.addEventListener('done', () => end(false))
    for (const failure of ['problem', 'error']) source.addEventListener(failure, () => end(true))
    return () => source.close()
  }, [reading, search, client, of])

  if (baseline.complete) return null
  const missing = plan === undefined ? 0 : plan.blobs - plan.cachedBlobs
  const share = Math.round(baseline.share * 100)
  return (
    <Notice
      tone="neutral"
      title={`The time before is known for ${share} %: ${formatRange(baseline.from, baseline.to, zone)}`}
      actions={
        reading ? (
          <Button onClick={() => setReading(false)}>Stop</Button>
        ) : plan !== undefined && missing > 0 ? (
          <Button onClick={() => setReading(true)}>{describePlan(plan)}</Button>
        ) : null
      }
    >
      {reading
        ? `Reading: ${progress === null ? 0 : Math.round((progress.bytesRead / Math.max(1, progress.bytes)) * 100)} %`
        : failed
          ? 'It could not be read.'
          : plan === undefined || missing > 0
            ? children
            : `The logs hold no more of it. ${children}`}
    </Notice>
  )
}
