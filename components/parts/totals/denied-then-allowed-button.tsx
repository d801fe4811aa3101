'use client'

import { ChevronDown } from 'lucide-react'
import { late } from '@/components/ui/late'
import { Popover } from '@/components/ui/popover'
import type { DeniedThenAllowedScan } from './denied-then-allowed-scan'

const DeniedThenAllowedList = late(() => import('./denied-then-allowed-list').then((part) => part.DeniedThenAllowedList), {
  loading: () => <div className="h-20 w-120 max-w-full" aria-busy="true" />,
})

/** Opens the list of sources that were allowed after they had been denied. */
export function DeniedThenAllowedButton({ rows }: { rows: readonly DeniedThenAllowedScan[] }) {
  return (
    <Popover
      label="Sources that were denied, then allowed"
      trigger={
        <button
          type="button"
          className="inline-flex h-7 items-center gap-1 rounded-md border border-ground/30 px-2 text-label font-medium hover:bg-ground/10"
        >
          {rows.length === 1 ? 'Details' : 'Show all'}
          <ChevronDown aria-hidden="true" size={12} />
        </button>
      }
    >
      <DeniedThenAllowedList rows={rows} />
    </Popover>
  )
}
