'use client'

import { Braces, Sheet, X } from 'lucide-react'
import { formatCount, formatPlural } from '@/components/format/number'
import { Button, IconButton } from '@/components/ui/button'
import { useToast } from '@/components/ui/toaster'
import { rowsAsCsv, rowsAsJson } from './copied-rows'
import { useColumns } from './use-columns'
import type { Selection } from './use-selection'

/** How many rows are selected, and what can be done with them. */
export function SelectionBar({ selection }: { selection: Selection }) {
  const say = useToast()
  const { shown } = useColumns()
  const rows = [...selection.rows.values()]
  if (rows.length === 0) return null
  async function copy(text: string | Promise<string>, as: string) {
    try {
      await navigator.clipboard.writeText(await text)
      say(`Copied ${formatPlural(rows.length, 'row')} as ${as}, with the columns shown`)
    } catch (error) {
      say(`The rows were not copied: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  return (
    <section aria-label="Selection" className="flex min-w-0 items-center gap-1">
      <p role="status" className="pr-1 text-label whitespace-nowrap text-accent">
        <span className="data">{formatCount(rows.length)}</span> selected
      </p>
      <Button look="ghost" title="Copy the selected rows as CSV" onClick={() => void copy(rowsAsCsv(rows, shown), 'CSV')}>
        <Sheet aria-hidden="true" size={14} />
        <span className="max-sm:sr-only">Copy as </span>CSV
      </Button>
      <Button look="ghost" title="Copy the selected rows as JSON" onClick={() => void copy(rowsAsJson(rows, shown), 'JSON')}>
        <Braces aria-hidden="true" size={14} />
        <span className="max-sm:sr-only">Copy as </span>JSON
      </Button>
      <IconButton label="Select none" onClick={selection.clear}>
        <X aria-hidden="true" size={14} />
      </IconButton>
    </section>
  )
}
