'use client'

import { useQuery } from '@tanstack/react-query'
import { CircleHelp, History, ShieldCheck, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { fetchJson } from '@/components/parts/answer/fetch-answer'
import { verdictText } from '@/components/parts/evidence/verdict-text'
import { formatInstant } from '@/components/parts/format/time'
import { TryAgain } from '@/components/parts/session/try-again'
import { useView } from '@/components/parts/view/use-view'
import { Button } from '@/components/ui/button'
import { classNames } from '@/components/ui/class-names'
import { Skeleton } from '@/components/ui/marks/skeleton'
import { allRead } from '@/lib/flow/answer/all-read'
import type { EvidenceAnswer } from '@/lib/flow/answer/evidence/evidence'
import { readHref } from '@/lib/link/href'
import { write } from '@/lib/link/params'
import { VIEWS } from '@/lib/link/views'

const ICONS = { same: ShieldCheck, grown: History, changed: TriangleAlert, unknown: CircleHelp } as const

/** Shows whether a link still rests on the same data: at once if it has been read, else on demand. */
export function LinkVerdict({ href }: { href: string }) {
  const { zone } = useView()
  const [reading, setReading] = useState(false)
  const { asked, proof } = readHref(href)
  const params = write(VIEWS.evidence.route.keys, { asked, options: { proof, wait: reading } })
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['evidence', params.toString()],
    queryFn: ({ signal }) => fetchJson<EvidenceAnswer>('evidence', params, signal),
    enabled: proof !== '',
    staleTime: 0,
  })
  if (proof === '') return <p className="flex min-h-7 items-center text-label text-muted">No fingerprint: its data cannot be verified</p>
  if (error !== null) {
    return (
      <p className="flex min-h-7 flex-wrap items-center gap-2 text-label text-caution">
        <span className="wrap-anywhere">Could not be verified: {error.message}</span>
        <TryAgain onRetry={() => void refetch()} />
      </p>
    )
  }
  if (data === undefined) {
    return (
      <div className="flex h-7 items-center">
        <Skeleton className="h-3 w-80 max-w-[60vw]" />
      </div>
    )
  }
  const { verdict, coverage, reason } = data
  const Icon = ICONS[verdict]
  const unread = !reading && !allRead(coverage)
  const text = unread
    ? 'Not verified yet: its range has not been read'
    : verdictText(data, asked.asof === null ? 'now' : formatInstant(asked.asof, zone))
  return (
    <div className="flex min-h-7 flex-wrap items-center gap-x-2 gap-y-1 text-label">
      <p className={classNames('flex min-w-0 items-center gap-1.5', verdict === 'changed' && 'text-caution')}>
        <Icon aria-hidden="true" size={14} className={classNames('shrink-0', verdict !== 'changed' && 'text-muted')} />
        {text}
      </p>
      {verdict === 'unknown' && !unread && reason !== null ? <span className="wrap-anywhere text-muted">{reason}</span> : null}
      {unread ? (
        <Button disabled={isFetching} onClick={() => setReading(true)}>
          Read and verify
        </Button>
      ) : null}
    </div>
  )
}
