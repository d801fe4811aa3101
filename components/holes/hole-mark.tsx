'use client'

import { TriangleAlert } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { useLoad } from '@/components/answer/load-provider'
import { formatPlural } from '@/components/format/number'
import { Popover } from '@/components/ui/popover'
import { HOUR } from '@/lib/flow/bucket'
import { useHoles } from './holes-provider'

const HoleList = dynamic(() => import('./hole-list').then((module) => module.HoleList))

/**
 * Stands in the head of a panel whose charts touch a hole, and tells which, with the way to the coverage page. Nothing while the range is being read.
 * `brief` leaves the words to its name.
 */
export function HoleMark({ brief = false }: { brief?: boolean }) {
  const { phase } = useLoad()
  const { marks, unlisted } = useHoles()
  const [open, setOpen] = useState(false)
  const holes = marks.filter(({ kind }) => kind === 'hole')
  if (phase === 'reading' || (holes.length === 0 && unlisted.length === 0)) return null
  const hours = holes.reduce((sum, { hours: span }) => sum + (span ? Math.round((span.to - span.from) / HOUR) : 0), 0)
  const files = holes.filter((mark) => mark.hours === null).length
  const told = [
    hours > 0 ? `${formatPlural(hours, 'hour')} with a hole` : '',
    files > 0 ? `${formatPlural(files, 'file')} with a hole` : '',
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
          className="inline-flex h-7 items-center min-w-7 justify-center gap-1.5 rounded-md bg-caution-soft px-1.5 text-label font-medium whitespace-nowrap text-caution hover:underline"
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
