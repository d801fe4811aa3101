import { formatBytes, formatCount } from '@/components/format/number'
import type { Choice } from './export-href'
import type { Saved } from './save'

/** A folder begins with its README, and goes on when the rows and the manifest are made. Bytes. */
const README = 8192

/** Rows that have come so far, or null where only bytes can be counted. */
function rowsOf({ lines }: Saved, { format, folder }: Choice): number | null {
  if (folder || format === 'parquet') return null
  return format === 'csv' ? Math.max(0, lines - 1) : lines
}

function progressText(saved: Saved, total: number, choice: Choice): string {
  const rows = rowsOf(saved, choice)
  if (rows !== null) return `${formatCount(rows)} of ${formatCount(total)} rows, ${formatBytes(saved.bytes)}`
  if (choice.folder && saved.bytes < README) return `Rows and manifest are being put together, ${formatCount(total)} rows`
  return `${formatBytes(saved.bytes)} of ${formatCount(total)} rows`
}

/** How much of the file has come. */
export function ExportProgress({ saved, total, choice }: { saved: Saved; total: number; choice: Choice }) {
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
