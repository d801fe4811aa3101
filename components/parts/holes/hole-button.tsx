'use client'

import { TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { formatPlural } from '@/components/parts/format/number'
import { Popover } from '@/components/ui/popover'
import { HOUR } from '@/lib/flow/time/bucket'
import { HoleList } from './hole-list'
import type { Mark } from './marks'

/** Amount of missing data; opens the list. `brief` shows the words only in its accessible name. */
export function HoleButton({ holes, unlisted, brief }: { holes: readonly Mark[]; unlisted: readonly string[]; brief: boolean }) {
  const [open, setOpen] = useState(false)
  const hoursOf = (some: readonly Mark[]) =>
    some.reduce((sum, { hours }) => sum + (hours ? Math.round((hours.to - hours.from) / HOUR) : 0), 0)
  const hours = hoursOf(holes.filter(({ kind }) => kind === 'hole'))
  const silent = hoursOf(holes.filter(({ kind }) => kind === 'silent'))
  const files = holes.filter((mark) => mark.hours === null).length
  const told = [
    hours > 0 ? `${formatPlural(hours, 'hour')} with a hole` : '',
    files > 0 ? 'files with a hole' : '',
    silent > 0 ? `${formatPlural(silent, 'hour')} without blobs` : '',
    unlisted.length > 0 ? `${formatPlural(unlisted.length, 'source')} missing` : '',
  ]
  const words = told.filter(Boolean).join(', ')
  return (
    <Popover
      label="Holes"
      align="start"
      open={open}
      onOpenChange={setOpen}
      trigger={
        <button
          type="button"
          aria-label={words}
          title={words}
          className="inline-flex h-7 min-w-7 items-center justify-center gap-1.5 rounded-md bg-caution-soft px-1.5 text-label font-medium whitespace-nowrap text-caution hover:underline"
        >
          <TriangleAlert aria-hidden="true" size={13} />
          {brief ? null : words}
        </button>
      }
    >
      <HoleList holes={holes} unlisted={unlisted} onRetry={() => setOpen(false)} />
    </Popover>
  )
}
