import { formatCount } from '@/components/parts/format/number'
import { formatBytes } from '@/lib/flow/text/bytes'
import type { ExportChoice } from './export-href'
import type { Saved } from './save'

/** Bytes of the README at the start of a folder; the rest follows when the rows and the manifest are ready. */
const README = 8192

/** Rows received so far, or null if only bytes can be counted. */
function rowsOf({ lines }: Saved, { format, folder }: ExportChoice): number | null {
  if (folder || format === 'parquet') return null
  return format === 'csv' ? Math.max(0, lines - 1) : lines
}

function progressText(saved: Saved, total: number, choice: ExportChoice): string {
  const rows = rowsOf(saved, choice)
  if (rows !== null) return `${formatCount(rows)} of ${formatCount(total)} rows, ${formatBytes(saved.bytes)}`
  if (choice.folder && saved.bytes < README) return `Preparing rows and manifest, ${formatCount(total)} rows`
  return `${formatBytes(saved.bytes)} of ${formatCount(total)} rows`
}

/** Progress of the file. */
export function ExportProgress({ saved, total, choice }: { saved: Saved; total: number; choice: ExportChoice }) {
  const rows = rowsOf(saved, choice)
  return (
    <div className="flex flex-col gap-1.5">
      <progress
        aria-label="Export"
        className="h-1.5 w-full overflow-hidden rounded-full accent-accent-fill"
        max={Math.max(1, total)}
        {...(rows === null ? {} : { value: Math.min(rows, total) })}
      />
      <p className="data text-label text-muted">{progressText(saved, total, choice)}</p>
    </div>
  )
}
