'use client'

import { Keyboard } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { IconButton } from '@/components/ui/button'
import type { PressedKey } from './key'
import { useKey, useKeys, useListedKeys } from './use-key'

const KeysDialog = dynamic(() => import('./keys-dialog').then((file) => file.KeysDialog), { ssr: false })

const KEYS: readonly PressedKey[] = [{ keys: 'Escape', does: 'close what is open', group: 'Always' }]

/** The list of all active keys of the page. */
export function KeysHelp() {
  const [open, setOpen] = useState(false)
  const keys = useKeys()
  useListedKeys(KEYS)
  useKey({ keys: '?', does: 'this list', group: 'Always' }, () => setOpen(true))
  return (
    <>
      <IconButton label="Keys (?)" aria-haspopup="dialog" aria-expanded={open} onClick={() => setOpen(true)}>
        <Keyboard aria-hidden="true" size={15} />
      </IconButton>
      {open && <KeysDialog keys={keys} onClose={() => setOpen(false)} />}
    </>
  )
}
