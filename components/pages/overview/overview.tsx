'use client'

import { Configured } from '@/components/parts/configured/configured'
import { WhatItIs } from '@/components/parts/configured/what-it-is'
import { BestFindings } from '@/components/parts/findings/best-findings'
import { Listed } from '@/components/parts/listed/listed'
import { Rules } from '@/components/parts/rules/rules'
import { Talkers } from '@/components/parts/talkers/talkers'
import { Timeline } from '@/components/parts/timeline/timeline'
import { Totals } from '@/components/parts/totals/totals'
import { late } from '@/components/ui/late'

const New = late(() => import('./new').then((part) => part.New))

/** The first page: totals, timeline, talkers and rules. */
export function Overview() {
  return (
    <Configured>
      <h1 className="sr-only">Overview</h1>
      <div className="flex flex-col gap-3 px-3 pt-2 pb-4 sm:px-4">
        <Totals />
        <WhatItIs className="text-label text-muted" />
        <BestFindings />
        <Listed />
        <Timeline />
        <div className="grid gap-3 lg:grid-cols-[7fr_5fr] *:min-w-0">
          <Talkers />
          <Rules />
        </div>
        <New />
      </div>
    </Configured>
  )
}
