'use client'

import { Copy } from 'lucide-react'
import { IconButton } from './button'
import { useToast } from './toaster'

/** A command to copy. */
export function CodeLine({ children }: { children: string }) {
  const say = useToast()
  async function copy() {
    try {
      await navigator.clipboard.writeText(children)
      say('Copied')
    } catch {
      say('The browser did not allow copying')
    }
  }
  return (
    <div className="flex items-center gap-2 rounded-md border border-line bg-sunken py-1 pr-1 pl-3">
      <code className="data min-w-0 flex-1 wrap-anywhere">{children}</code>
      <IconButton label="Copy" onClick={copy}>
        <Copy aria-hidden="true" size={14} />
      </IconButton>
    </div>
  )
}
