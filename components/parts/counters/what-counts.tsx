'use client'

import { Info } from 'lucide-react'
import { IconButton } from '@/components/ui/button'
import { late } from '@/components/ui/late'
import { Popover } from '@/components/ui/popover'

const Explained = late(() => import('./explained').then(({ Explained }) => Explained), {
  loading: () => <div className="h-80 w-104 max-w-full" aria-busy="true" />,
})

/** A button that explains the figures beside it, with the number of tuples that have them. */
export function WhatCounts({ of, className }: { of: string; className?: string }) {
  return (
    <Popover
      label="What is counted"
      align="start"
      trigger={
        <IconButton label={`What is counted: ${of}`} className={className}>
          <Info aria-hidden="true" size={13} />
        </IconButton>
      }
    >
      <Explained />
    </Popover>
  )
}
