'use client'

import { ChevronRight } from 'lucide-react'
import { formatPlural } from '@/components/parts/format/number'
import { Notice } from '@/components/ui/states/notice'
import type { CoverageProblem } from '@/lib/flow/answer/answer'

/** `12 blobs you may not read`; the number of blobs in places that may not be listed is unknown. */
function rightsHeadline(problems: readonly CoverageProblem[]): string {
  const blobs = problems.reduce((sum, { count }) => sum + count, 0)
  const places = problems.filter(({ count }) => count === 0).length
  const parts = [
    blobs > 0 ? `${formatPlural(blobs, 'blob')} you may not read` : '',
    places > 0 ? `${formatPlural(places, 'place')} you may not list` : '',
  ]
  return parts.filter(Boolean).join(', ')
}

/** Data that the reader has no permission to read: no fault of the tool, and no sign that nothing was logged. */
export function RightsNotice({ problems, rest }: { problems: readonly CoverageProblem[]; rest: string }) {
  return (
    <Notice tone="caution" title={`${rightsHeadline(problems)}. ${rest}`}>
      <details className="group">
        <summary className="inline-flex min-h-7 list-none items-center gap-1 rounded-sm text-muted hover:text-ink">
          <ChevronRight aria-hidden="true" size={14} className="group-open:rotate-90" />
          Why, and who can change it
        </summary>
        <p className="mt-1">
          Flowlens reads storage with your own rights. To see these blobs you need the role Storage Blob Data Reader on the account or its
          container: whoever manages access to the account can give it. A new role arrives within minutes, and needs no new sign-in.
        </p>
        <ul className="mt-1 flex flex-col gap-1">
          {problems.map(({ source, message }) => (
            <li key={`${source} ${message}`} className="wrap-anywhere text-ink">
              {message}
            </li>
          ))}
        </ul>
      </details>
    </Notice>
  )
}
