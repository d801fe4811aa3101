'use client'

import { useState } from 'react'
import { downloadOf } from '@/components/parts/export/sink'
import { formatCount, formatPlural } from '@/components/parts/format/number'
import { Button } from '@/components/ui/button'
import { Segmented } from '@/components/ui/segmented'
import { useToast } from '@/components/ui/toaster'
import { type Sheet, toCsv, toNdjson } from './sheet'

const WAYS = [
  { way: 'csv', label: 'CSV file' },
  { way: 'ndjson', label: 'NDJSON file' },
  { way: 'copy', label: 'Copy as CSV' },
] as const

async function save(name: string, text: string): Promise<void> {
  const sink = downloadOf(name)
  await sink.write(new TextEncoder().encode(text))
  await sink.close()
}

/** Saves or copies the rows of a table, or of one of several. */
export function ExportMenu({ sheets }: { sheets: readonly Sheet[] }) {
  const say = useToast()
  const [chosen, setChosen] = useState(sheets[0]!.name)
  const [busy, setBusy] = useState(false)
  const sheet = sheets.find(({ name }) => name === chosen) ?? sheets[0]!
  async function take(way: (typeof WAYS)[number]['way']) {
    setBusy(true)
    try {
      const rows = await sheet.load()
      const of = rows.length < sheet.total ? ` of ${formatCount(sheet.total)}` : ''
      if (way === 'copy') await navigator.clipboard.writeText(await toCsv(rows))
      else await save(`flowlens-${sheet.name.replaceAll(' ', '-')}.${way}`, way === 'csv' ? await toCsv(rows) : toNdjson(rows))
      say(`${way === 'copy' ? 'Copied' : 'Saved'} ${formatPlural(rows.length, 'row')}${of} of ${sheet.name}`)
    } catch (error) {
      say(`Nothing was exported: ${error instanceof Error ? error.message : String(error)}`)
    } finally {
      setBusy(false)
    }
  }
  return (
    <div className="flex w-60 max-w-full flex-col gap-2">
      <p className="text-label text-muted">
        {formatPlural(sheet.total, 'row')} of {sheet.name}
      </p>
      {sheets.length > 1 ? (
        <Segmented
          label="Table"
          choices={sheets.map(({ name }) => ({ value: name, label: name }))}
          value={sheet.name}
          onChange={setChosen}
        />
      ) : null}
      {WAYS.map(({ way, label }) => (
        <Button key={way} disabled={busy} onClick={() => void take(way)}>
          {label}
        </Button>
      ))}
    </div>
  )
}
