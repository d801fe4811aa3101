'use client'

import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useDelete } from '@/components/parts/investigation/use-investigations'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import type { Investigation } from '@/lib/flow/answer/evidence/investigation'
import { Trouble } from './trouble'

/** Deletes an investigation after a confirmation. */
export function DeleteButton({ investigation, onDeleted }: { investigation: Investigation; onDeleted: () => void }) {
  const [open, setOpen] = useState(false)
  const remove = useDelete(investigation)
  return (
    <>
      <Button aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <Trash2 aria-hidden="true" size={13} />
        Delete
      </Button>
      {open ? (
        <Dialog title="Delete this investigation" onClose={() => setOpen(false)}>
          <p className="wrap-anywhere">
            “{investigation.title}” will be deleted for everybody, with its note and links. Its short address will stop working. The logs
            are not touched.
          </p>
          <Trouble error={remove.error} id={investigation.id} />
          <div className="mt-3 flex justify-end gap-2">
            <Button onClick={() => setOpen(false)}>Keep it</Button>
            <Button look="primary" disabled={remove.isPending} onClick={() => remove.mutate(undefined, { onSuccess: onDeleted })}>
              Delete
            </Button>
          </div>
        </Dialog>
      ) : null}
    </>
  )
}
