'use client'

import { Copy } from 'lucide-react'
import { IconButton } from './button'
import { useToast } from './toaster'

/** Puts a text on the clipboard. `what` names it: `Copy the line`. */
export function CopyButton({ what, text }: { what: string; text: string }) {
  const say = useToast()
  async function copy() {
    try {
      await navigator.clipboard.writeText(text)
      say(`Copied ${what}`)
    } catch {
      say('The browser did not allow copying; mark the text instead')
    }
  }
  return (
    <IconButton label={`Copy ${what}`} onClick={copy}>
      <Copy aria-hidden="true" size={13} />
    </IconButton>
  )
}
