'use client'

import { formatCount } from '@/components/parts/format/number'
import { SortHead } from '@/components/parts/table/sort-head'
import { useOrdered } from '@/components/parts/table/use-ordered'
import { CopyButton } from '@/components/ui/copy-button'
import { Badge, type Tone } from '@/components/ui/marks/badge'
import { Empty } from '@/components/ui/states/empty'
import type { Coverage, CoverageProblem } from '@/lib/flow/answer/answer'

const TONES: Readonly<Record<CoverageProblem['kind'], Tone>> = {
  rights: 'caution',
  source: 'caution',
  blob: 'caution',
  missing: 'caution',
  passed: 'neutral',
  record: 'caution',
  tuple: 'caution',
  warning: 'neutral',
}

const NAMES: Readonly<Record<CoverageProblem['kind'], string>> = {
  rights: 'no permission',
  source: 'source',
  blob: 'blob',
  missing: 'not read',
  passed: 'no flow log',
  record: 'record',
  tuple: 'tuple',
  warning: 'warning',
}

/** The raw text of the first case: one line, all of it after a click. */
function Sample({ text }: { text: string }) {
  return (
    <div className="flex items-start gap-1">
      <details className="group min-w-0 flex-1">
        <summary className="truncate rounded-sm hover:text-ink group-open:sr-only">{text}</summary>
        <p className="wrap-anywhere whitespace-pre-wrap text-ink">{text}</p>
      </details>
      <CopyButton what="the text" text={text} />
    </div>
  )
}

type Column = 'kind' | 'message' | 'count' | 'where' | 'offset' | 'sample'

const HEADS: readonly [Column, name: string, look: string][] = [
  ['kind', 'what', ''],
  ['message', 'reason', ''],
  ['count', 'count', 'text-right'],
  ['where', 'where', ''],
  ['offset', 'first at byte', 'text-right'],
  ['sample', 'sample', ''],
]

/** Everything that was rejected or could not be read, by reason, with the position of the first case. */
export function ProblemTable({ coverage: { problems, blobsRead } }: { coverage: Coverage }) {
  const { rows, sorting } = useOrdered<CoverageProblem, Column>(problems, (problem, column) =>
    column === 'where' ? (problem.blob ?? problem.source ?? '') : (problem[column] ?? ''),
  )
  if (problems.length === 0 && blobsRead === 0) return <Empty title="Nothing was read">So there is nothing that could be rejected.</Empty>
  if (problems.length === 0) return <Empty title="Nothing was rejected">Every record and tuple of the blobs read was parsed.</Empty>
  return (
    <div className="overflow-x-auto">
      <table className="w-full sm:min-w-180">
        <thead className="max-sm:sr-only">
          <tr className="h-8 border-b border-line text-left text-label text-muted *:px-2 *:font-normal *:first:pl-3">
            {HEADS.map(([column, name, look]) => (
              <SortHead key={column} column={column} name={name} ascending={look === ''} className={look} sorting={sorting} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((problem) => (
            <tr
              key={`${problem.kind} ${problem.source} ${problem.message}`}
              className="border-b border-line/60 align-top last:border-0 *:px-2 *:py-2 *:first:pl-3 max-sm:flex max-sm:flex-wrap max-sm:py-1 max-sm:*:py-1"
            >
              <td>
                <Badge tone={TONES[problem.kind]}>{NAMES[problem.kind]}</Badge>
              </td>
              <td className="wrap-anywhere max-sm:flex-1 max-sm:basis-52 sm:max-w-90">{problem.message}</td>
              <td className="data text-right">{formatCount(problem.count)}</td>
              <td className="data text-label wrap-anywhere text-muted max-sm:basis-full sm:max-w-100">{problem.blob ?? problem.source}</td>
              <td className="data text-right whitespace-nowrap">{problem.offset === null ? '–' : formatCount(problem.offset)}</td>
              <td className="data max-w-80 text-label text-muted">{problem.sample === null ? '–' : <Sample text={problem.sample} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
