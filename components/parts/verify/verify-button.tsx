'use client'

import { ShieldCheck } from 'lucide-react'
import { Dialog } from 'radix-ui'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { late } from '@/components/ui/late'

const VerifyDialog = late(() => import('./verify-dialog').then((module) => module.VerifyDialog))

/** Opens the check of the view's rows against storage. */
export function VerifyButton() {
  const [open, setOpen] = useState(false)
  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Trigger asChild>
        <Button look="ghost" aria-label="Verify rows">
          <ShieldCheck aria-hidden="true" size={14} />
          <span className="max-sm:sr-only">Verify rows</span>
        </Button>
      </Dialog.Trigger>
      {open ? <VerifyDialog /> : null}
    </Dialog.Root>
  )
}
