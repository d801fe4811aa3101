'use client'

import { Keyboard } from 'lucide-react'
import { useState } from 'react'
import { IconButton } from '@/components/ui/button'
import { late } from '@/components/ui/late'
import type { PressedKey } from './key'
import { useKey, useKeys, useListedKeys } from './use-key'

const KeysDialog = late(() => import('./keys-dialog').then((file) => file.KeysDialog))

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
