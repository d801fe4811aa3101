'use client'

import { ChevronRight } from 'lucide-react'
import { formatCount, formatPlural } from '@/components/parts/format/number'
import { Notice } from '@/components/ui/states/notice'
import type { CoverageProblem } from '@/lib/flow/answer/answer'
import { explainReason } from '@/lib/flow/reading/reasons'

function headline(problems: readonly CoverageProblem[]): string {
  const sources = new Set(problems.filter(({ kind }) => kind === 'source').map(({ source }) => source)).size
  const countOf = (of: CoverageProblem['kind']) => problems.filter(({ kind }) => kind === of).reduce((sum, { count }) => sum + count, 0)
  const blobs = countOf('blob')
  const missing = countOf('missing')
  const parts = [
    sources > 0 ? `${formatPlural(sources, 'source')} did not answer` : '',
    blobs > 0 ? `${formatPlural(blobs, 'blob')} could not be read` : '',
    missing > 0 ? `${formatPlural(missing, 'file')} not read` : '',
  ]
  return parts.filter(Boolean).join(', ')
}

/** Sources or blobs that could not be read, while the rest could. */
export function ProblemsNotice({ problems, rest }: { problems: readonly CoverageProblem[]; rest: string }) {
  return (
    <Notice tone="caution" title={`${headline(problems)}. ${rest}`}>
      <details className="group">
        <summary className="inline-flex min-h-7 list-none items-center gap-1 rounded-sm text-muted hover:text-ink">
          <ChevronRight aria-hidden="true" size={14} className="group-open:rotate-90" />
          What happened
        </summary>
        <ul className="mt-1 flex flex-col gap-2">
          {problems.map((problem) => (
            <li key={`${problem.source} ${problem.blob} ${problem.reason}`} className="min-w-0">
              <p className="wrap-anywhere text-ink">{problem.message}</p>
              <p className="data text-label wrap-anywhere">
                {[
                  problem.blob ?? problem.source,
                  explainReason(problem.kind, problem.reason),
                  problem.count > 1 ? `${formatCount(problem.count)} times` : null,
                  problem.offset === null ? null : `at byte ${formatCount(problem.offset)}`,
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </p>
            </li>
          ))}
        </ul>
      </details>
    </Notice>
  )
}
