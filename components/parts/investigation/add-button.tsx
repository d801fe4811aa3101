'use client'

import { FolderPlus } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { useKey } from '@/components/parts/keys/use-key'
import { IconButton } from '@/components/ui/button'

const AddDialog = dynamic(() => import('./add-dialog').then((part) => part.AddDialog), { ssr: false })

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
