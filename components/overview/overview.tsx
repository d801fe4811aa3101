'use client'

import { Rules } from '@/components/rules/rules'
import { Configured } from '@/components/shell/configured'
import { Talkers } from '@/components/talkers/talkers'
import { Timeline } from '@/components/timeline/timeline'
import { Totals } from '@/components/totals/totals'

/** The first page: how much, when, who, and by which rule. */
export function Overview() {
  return (
    <Configured>
      <h1 className="sr-only">Overview</h1>
      <div className="flex flex-col gap-3 px-3 pt-2 pb-4 sm:px-4">
        <Totals />
        <Timeline />
        <div className="grid gap-3 lg:grid-cols-[7fr_5fr] *:min-w-0">
          <Talkers />
          <Rules />
        </div>
      </div>
    </Configured>
  )
}
