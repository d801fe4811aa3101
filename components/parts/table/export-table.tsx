'use client'

import { Download } from 'lucide-react'
import { IconButton } from '@/components/ui/button'
import { late } from '@/components/ui/late'
import { Popover } from '@/components/ui/popover'
import type { Sheet } from './sheet'

const ExportMenu = late(() => import('./export-menu').then((part) => part.ExportMenu), {
  loading: () => <div className="h-30 w-60" aria-busy="true" />,
})

/** A button that exports a table as it is shown, or one of several. */
export function ExportTable({ sheets }: { sheets: readonly Sheet[] }) {
  if (sheets.every(({ total }) => total === 0)) return null
  const label = `Export ${sheets.map(({ name }) => name).join(' or ')}`
  return (
    <Popover
      label={label}
      trigger={
        <IconButton label={label}>
          <Download aria-hidden="true" size={14} />
        </IconButton>
      }
    >
      <ExportMenu sheets={sheets} />
    </Popover>
  )
}
