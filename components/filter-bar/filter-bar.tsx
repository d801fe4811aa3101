'use client'

import dynamic from 'next/dynamic'
import { usePathname } from 'next/navigation'
import { useRef } from 'react'
import { AddButton } from '@/components/investigations/add-button'
import { LiveStatus } from '@/components/live/live-status'
import { useUnconfigured } from '@/components/shell/use-unconfigured'
import { TimeRange } from '@/components/time-range/time-range'
import { useView } from '@/components/view/use-view'
import { isViewPath } from '@/lib/link/pages'
import { Chips } from './chips'
import { CopyLink } from './copy-link'
import { FilterInput } from './filter-input'
import { Notices } from './notices'
import { ProgressLine } from './progress-line'
import { StatusLine } from './status-line'

const EvidenceNote = dynamic(() => import('@/components/evidence/evidence-note').then((part) => part.EvidenceNote), {
  ssr: false,
  loading: () => <div className="h-9" />,
})

/** The question and what it rests on, on every page. The first line stays in sight. */
export function FilterBar() {
  const input = useRef<HTMLInputElement>(null)
  const { proof } = useView()
  const path = usePathname()
  if (useUnconfigured() || !isViewPath(path)) return null
  return (
    <section aria-label="Question" className="contents">
      <div className="relative z-30 border-b border-line bg-surface md:sticky md:top-(--header-height)">
        <div className="flex flex-wrap items-start gap-2 px-3 py-2 sm:px-4">
          <FilterInput input={input} />
          <div className="flex min-w-0 items-center gap-1 max-md:w-full">
            <TimeRange />
            <CopyLink />
            <AddButton />
          </div>
        </div>
        <ProgressLine />
      </div>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 px-3 pt-2 sm:px-4">
        <Chips input={input} />
        <StatusLine />
        <LiveStatus />
      </div>
      {proof === '' ? null : <EvidenceNote />}
      <Notices />
    </section>
  )
}
