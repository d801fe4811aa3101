'use client'

import { Download } from 'lucide-react'
import { useState } from 'react'
import { useKey } from '@/components/parts/keys/use-key'
import { Button } from '@/components/ui/button'
import { late } from '@/components/ui/late'
import type { Exported } from './exported'

const ExportDialog = late(() => import('./export-dialog').then((module) => module.ExportDialog))

/** Opens the export of every row of the view. */
export function ExportButton(exported: Exported) {
  const [open, setOpen] = useState(false)
  useKey({ keys: 'e', does: 'export all rows', group: 'Rows' }, () => setOpen(true))
  return (
    <>
      <Button look="ghost" onClick={() => setOpen(true)}>
        <Download aria-hidden="true" size={14} />
        <span className="max-sm:sr-only">Export</span>
      </Button>
      {open ? <ExportDialog exported={exported} onClose={() => setOpen(false)} /> : null}
    </>
  )
}
