'use client'

import { Bookmark } from 'lucide-react'
import { useState } from 'react'
import { useKey } from '@/components/parts/keys/use-key'
import { IconButton } from '@/components/ui/button'
import { late } from '@/components/ui/late'

const SavedDialog = late(() => import('./saved-dialog').then((part) => part.SavedDialog))

/** Opens the saved views and lists. */
export function SavedButton() {
  const [open, setOpen] = useState(false)
  useKey({ keys: 'v', does: 'saved views and lists', group: 'Ask' }, () => setOpen(true))
  return (
    <>
      <IconButton label="Saved views and lists (v)" look="plain" className="h-8 w-8" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <Bookmark aria-hidden="true" size={15} />
      </IconButton>
      {open ? <SavedDialog onClose={() => setOpen(false)} /> : null}
    </>
  )
}
