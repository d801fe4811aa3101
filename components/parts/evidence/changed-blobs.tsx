import { formatCount } from '@/components/parts/format/number'
import { Badge } from '@/components/ui/marks/badge'
import type { Difference } from '@/lib/flow/answer/evidence/evidence'
import { rowsText } from './verdict-text'

/** Blobs listed at once; the API names them all. */
const MOST = 200
const ABOUT: Record<Difference['what'], string> = {
  changed: 'its rows in this view have changed',
  missing: 'it is no longer listed',
  new: 'it had no rows in this view',
  grown: 'it has grown since; its rows in this view are unchanged',
}

function sideText(side: Difference['now']): string {
  return side === null ? 'none' : `${side.etag}, ${formatCount(side.length)} bytes`
}

/** Each blob that changed, with its rows, ETag and length then and now. */
export function ChangedBlobs({ blobs }: { blobs: readonly Difference[] }) {
  return (
    <ul
      aria-label="Changed blobs"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      className="mt-1 flex max-h-80 flex-col gap-2 overflow-auto"
    >
      {blobs.slice(0, MOST).map(({ source, container, blob, what, bytesKept, before, now }) => (
        <li key={`${source} ${container} ${blob}`} className="min-w-0">
          <p className="flex flex-wrap items-center gap-x-2">
            <Badge tone={what === 'grown' ? 'neutral' : 'caution'} title={ABOUT[what]}>
              {what === 'grown' ? 'grown' : what}
            </Badge>
            <span className="data text-ink">{rowsText(before?.rows ?? null, now?.rows ?? null)}</span>
            <span>{bytesKept === true ? `${ABOUT[what]}; by SHA-256 it still begins with the same bytes` : ABOUT[what]}</span>
          </p>
          <p className="data text-label wrap-anywhere">{[container, blob].filter(Boolean).join('/')}</p>
          <p className="data text-label wrap-anywhere">
            ETag then {sideText(before)} · now {sideText(now)}
          </p>
        </li>
      ))}
      {blobs.length > MOST ? <li>{formatCount(blobs.length - MOST)} more; /api/evidence names them all</li> : null}
    </ul>
  )
}
