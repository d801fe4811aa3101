'use client'

import { useRef } from 'react'
import { LiveStatus } from '@/components/live/live-status'
import { useUnconfigured } from '@/components/shell/use-unconfigured'
import { TimeRange } from '@/components/time-range/time-range'
import { Chips } from './chips'
import { CopyLink } from './copy-link'
import { FilterInput } from './filter-input'
import { Notices } from './notices'
import { ProgressLine } from './progress-line'
import { StatusLine } from './status-line'

/** The question and what it rests on, on every page. The first line stays in sight. */
export function FilterBar() {
  const input = useRef<HTMLInputElement>(null)
  if (useUnconfigured()) return null
  return (
    <section aria-label="Question" className="contents">
      <div className="relative z-30 border-b border-line bg-surface md:sticky md:top-(--header-height)">
        <div className="flex flex-wrap items-start gap-2 px-3 py-2 sm:px-4">
          <FilterInput input={input} />
          <div className="flex min-w-0 items-center gap-1 max-md:w-full">
            <TimeRange />
            <CopyLink />
          </div>
        </div>
        <ProgressLine />
      </div>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 px-3 pt-2 sm:px-4">
        <Chips input={input} />
        <StatusLine />
        <LiveStatus />
      </div>
      <Notices />
    </section>
  )
}
