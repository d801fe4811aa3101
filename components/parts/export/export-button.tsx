'use client'

import { Download } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { useKey } from '@/components/parts/keys/use-key'
import { Button } from '@/components/ui/button'
import type { ColumnField } from '@/lib/flow/fields'

const ExportDialog = dynamic(() => import('./export-dialog').then((module) => module.ExportDialog), { ssr: false })

/** Opens the export of every row of the view; `shown` are the columns of the table. */
export function ExportButton({ shown }: { shown: readonly ColumnField[] }) {
  const [open, setOpen] = useState(false)
  useKey({ keys: 'e', does: 'export all rows', group: 'Rows' }, () => setOpen(true))
  return (
    <>
      <Button look="ghost" onClick={() => setOpen(true)}>
        <Download aria-hidden="true" size={14} />
        <span className="max-sm:sr-only">Export</span>
      </Button>
      {open ? <ExportDialog shown={shown} onClose={() => setOpen(false)} /> : null}
    </>
  )
}
