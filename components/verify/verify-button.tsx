'use client'

import { ShieldCheck } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { Button } from '@/components/ui/button'

const VerifyDialog = dynamic(() => import('./verify-dialog').then((module) => module.VerifyDialog), { ssr: false })

/** Leads to the check of the view's rows against storage. */
export function VerifyButton() {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button look="ghost" aria-label="Verify rows" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <ShieldCheck aria-hidden="true" size={14} />
        <span className="max-sm:sr-only">Verify</span>
      </Button>
      {open ? <VerifyDialog onClose={() => setOpen(false)} /> : null}
    </>
  )
}
