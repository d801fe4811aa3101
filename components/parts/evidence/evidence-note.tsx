'use client'

import { ChevronRight, History, ShieldCheck } from 'lucide-react'
import type { ReactNode } from 'react'
import { useLoad } from '@/components/parts/answer/load/load-provider'
import { useAnswer } from '@/components/parts/answer/use-answer'
import { formatInstant } from '@/components/parts/format/time'
import { TryAgain } from '@/components/parts/session/try-again'
import { useView } from '@/components/parts/view/use-view'
import { ViewLink } from '@/components/parts/view/view-link'
import { buttonClass } from '@/components/ui/button'
import { Skeleton } from '@/components/ui/marks/skeleton'
import { Notice } from '@/components/ui/states/notice'
import { ChangedBlobs } from './changed-blobs'
import { verdictText } from './verdict-text'

const TODAY = { asof: null, proof: null }

function Today() {
  return (
    <ViewLink patch={TODAY} className={buttonClass()}>
      Show today’s data
    </ViewLink>
  )
}

function Details({ summary, children }: { summary: string; children: ReactNode }) {
  return (
    <details className="group">
      <summary className="inline-flex min-h-7 list-none items-center gap-1 rounded-sm text-muted hover:text-ink">
        <ChevronRight aria-hidden="true" size={14} className="group-open:rotate-90" />
        {summary}
      </summary>
      {children}
    </details>
  )
}

/** Shows whether the view still rests on the data that its link was made from. */
function Verdict() {
  const { asked, zone, proof } = useView()
  const { phase } = useLoad()
  const ended = phase === 'done' || phase === 'failed'
  const { data, error, stale, retry } = useAnswer('evidence', { proof }, { enabled: ended })
  if (error !== null) {
    return (
      <Notice tone="caution" title="This link could not be verified" actions={<TryAgain onRetry={retry} />}>
        {error.message}
      </Notice>
    )
  }
  if (!ended && phase !== 'starting' && phase !== 'reading')
    return <p className="flex min-h-7 items-center text-label text-caution">This link is verified once its range has been read</p>
  if (data === undefined || stale) {
    return (
      <div className="flex h-7 items-center">
        <Skeleton className="h-3 w-96 max-w-[70vw]" />
      </div>
    )
  }
  const title = verdictText(data, asked.asof === null ? 'now' : formatInstant(asked.asof, zone))
  const listed = data.blobs.length > 0 ? <ChangedBlobs blobs={data.blobs} /> : null
  if (data.verdict === 'same' || data.verdict === 'grown') {
    const Icon = data.verdict === 'same' ? ShieldCheck : History
    return (
      <div role="status" className="flex min-h-7 flex-wrap items-start gap-x-3 text-label">
        <p className="flex min-h-7 items-center gap-1.5">
          <Icon aria-hidden="true" size={14} className="shrink-0 text-muted" />
          {title}
        </p>
        {listed === null ? null : <Details summary="Which blobs">{listed}</Details>}
        <ViewLink patch={TODAY} className="flex min-h-7 items-center text-accent underline-offset-3 hover:underline">
          Show today’s data
        </ViewLink>
      </div>
    )
  }
  return (
    <Notice tone="caution" title={title} actions={<Today />}>
      {data.reason !== null && data.verdict === 'unknown' ? <p className="wrap-anywhere">{data.reason}</p> : null}
      {listed === null ? null : <Details summary="Which blobs, and how they differ">{listed}</Details>}
    </Notice>
  )
}

/** Verdict on the link's fingerprint. */
export function EvidenceNote() {
  return (
    <div className="px-3 pt-1 sm:px-4">
      <Verdict />
    </div>
  )
}
