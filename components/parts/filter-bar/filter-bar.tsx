'use client'

import { usePathname } from 'next/navigation'
import { useRef } from 'react'
import { useUnconfigured } from '@/components/parts/configured/use-unconfigured'
import { AddButton } from '@/components/parts/investigation/add-button'
import { SavedButton } from '@/components/parts/saved/saved-button'
import { TimeRange } from '@/components/parts/time-range/time-range'
import { useView } from '@/components/parts/view/use-view'
import { late } from '@/components/ui/late'
import { viewOfPath } from '@/lib/link/pages'
import { CopyLink } from './copy-link'
import { FilterInput } from './input/filter-input'
import { Notices } from './status/notices'
import { ProgressLine } from './status/progress-line'
import { StatusLine } from './status/status-line'

const EvidenceNote = late(() => import('@/components/parts/evidence/evidence-note').then((part) => part.EvidenceNote), {
  loading: () => <div className="h-9" />,
})

const Chips = late(() => import('./chips').then((part) => part.Chips))

const KeepPins = late(() => import('./keep-pins').then((part) => part.KeepPins))

const LiveStatus = late(() => import('@/components/parts/live/live-status').then((part) => part.LiveStatus), {
  loading: () => <div className="h-7 w-86 max-w-full md:ml-auto" />,
})

const InitialView = late(() => import('@/components/parts/saved/initial-view').then((part) => part.InitialView))

const Corrections = late(() => import('./corrections').then((part) => part.Corrections))

/** The question and its basis, on every page. The first line is always visible. */
function Question() {
  const input = useRef<HTMLInputElement>(null)
  const { proof, q, off, params, live } = useView()
  const search = params.toString()
  const path = usePathname()
  if (useUnconfigured() || viewOfPath(path) === null) return null
  return (
    <section aria-label="Question" className="contents">
      <div className="relative z-30 border-b border-line bg-surface md:sticky md:top-(--header-height)">
        <div className="flex flex-wrap items-start gap-2 px-3 py-2 sm:px-4">
          <FilterInput input={input} />
          <div className="flex min-w-0 items-center gap-1 max-md:w-full">
            <TimeRange />
            <CopyLink />
            <AddButton />
            <SavedButton />
          </div>
        </div>
        <ProgressLine />
      </div>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 px-3 pt-2 sm:px-4">
        {q === '' && off === '' ? null : <Chips input={input} />}
        <StatusLine />
        {live ? <LiveStatus /> : null}
      </div>
      {search === '' ? <InitialView key={path} /> : null}
      {q === '' ? null : <Corrections />}
      {proof === '' ? null : <EvidenceNote />}
      <Notices />
    </section>
  )
}

/** The question of every page that asks one, and its pinned terms on the way from page to page. */
export function FilterBar() {
  return (
    <>
      <KeepPins />
      <Question />
    </>
  )
}
