import { formatCount, formatPlural } from '@/components/parts/format/number'
import type { EvidenceAnswer } from '@/lib/flow/answer/evidence/evidence'

const WHAT = { changed: 'changed', missing: 'missing', new: 'new' } as const

/** One sentence about the basis of a link; `asof` is formatted. */
export function verdictText(
  { verdict, blobs, now, reason }: Pick<EvidenceAnswer, 'verdict' | 'blobs' | 'now' | 'reason'>,
  asof: string,
): string {
  const held = `${formatPlural(now.blobs, 'blob')}, ${formatPlural(now.tuples, 'tuple')} in the range`
  if (verdict === 'same') return `Same data as when this link was made (${held})`
  if (verdict === 'grown')
    return `${formatPlural(blobs.length, 'blob has', 'blobs have')} grown since; answer unchanged as of ${asof} (${held})`
  if (verdict === 'unknown') return 'It is unknown whether this is the same data as when the link was made'
  if (blobs.length === 0) return `Not the same data as when this link was made${reason === null ? '' : `: ${reason}`}`
  const counts = Object.entries(WHAT).map(([what, word]) => ({ word, n: blobs.filter((blob) => blob.what === what).length }))
  const parts = counts.filter(({ n }) => n > 0).map(({ word, n }) => `${formatCount(n)} ${word}`)
  return `Not the same data as when this link was made: ${parts.join(', ')}`
}

/** Number of rows, and the difference: `90 rows, 30 fewer`. */
export function rowsText(before: number | null, now: number | null): string {
  const difference = (now ?? 0) - (before ?? 0)
  const rows = `${formatCount(before ?? 0)} → ${formatCount(now ?? 0)} rows`
  if (difference === 0) return `${formatPlural(now ?? 0, 'row')}, as many as before`
  return `${rows} (${difference > 0 ? '+' : '−'}${formatCount(Math.abs(difference))})`
}
