'use client'

import { Braces, Sheet, X } from 'lucide-react'
import { formatCount, formatPlural } from '@/components/parts/format/number'
import { Button, IconButton } from '@/components/ui/button'
import { useToast } from '@/components/ui/toaster'
import { fieldsInSight, type TupleModel } from './columns/model'
import { rowsAsCsv, rowsAsJson } from './rows/copied-rows'
import type { PickedRows } from './rows/use-picked-rows'

/** Number of selected rows, and the actions for them. */
export function SelectionBar({ table, picked }: { table: TupleModel; picked: PickedRows }) {
  const say = useToast()
  const shown = fieldsInSight(table)
  const rows = [...picked.rows.values()]
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
      <IconButton label="Select none" onClick={() => picked.clear()}>
        <X aria-hidden="true" size={14} />
      </IconButton>
    </section>
  )
}
