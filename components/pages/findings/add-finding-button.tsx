'use client'

import { FolderPlus } from 'lucide-react'
import { useState } from 'react'
import { useView } from '@/components/parts/view/use-view'
import { IconButton } from '@/components/ui/button'
import { late } from '@/components/ui/late'
import type { Finding } from '@/lib/flow/answer/traffic/findings'
import { findingLink } from './finding-link'

const AddDialog = late(() => import('@/components/parts/investigation/add-dialog').then((part) => part.AddDialog))

/** Adds a link to the tuples of a finding to an investigation, a new one or one that exists. */
export function AddFindingButton({ finding }: { finding: Finding }) {
  const view = useView()
  const [open, setOpen] = useState(false)
  return (
    <>
      <IconButton label={`Add to investigation: ${finding.sentence}`} aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <FolderPlus aria-hidden="true" size={13} />
      </IconButton>
      {open ? <AddDialog given={findingLink(view, finding)} onClose={() => setOpen(false)} /> : null}
    </>
  )
}
