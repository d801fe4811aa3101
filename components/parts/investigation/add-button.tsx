'use client'

import { FolderPlus } from 'lucide-react'
import { useState } from 'react'
import { useKey } from '@/components/parts/keys/use-key'
import { IconButton } from '@/components/ui/button'
import { late } from '@/components/ui/late'

const AddDialog = late(() => import('./add-dialog').then((part) => part.AddDialog))

/** Adds a link to the current view to an investigation. */
export function AddButton() {
  const [open, setOpen] = useState(false)
  useKey({ keys: 'a', does: 'add this view to an investigation', group: 'Ask' }, () => setOpen(true))
  return (
    <>
      <IconButton label="Add to investigation (a)" look="plain" className="h-8 w-8" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <FolderPlus aria-hidden="true" size={15} />
      </IconButton>
      {open ? <AddDialog onClose={() => setOpen(false)} /> : null}
    </>
  )
}
