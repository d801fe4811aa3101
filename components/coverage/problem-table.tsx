import { formatCount } from '@/components/format/number'
import { Badge, type Tone } from '@/components/ui/badge'
import { Empty } from '@/components/ui/empty'
import type { CoverageProblem } from '@/lib/flow/answers'

const TONES: Readonly<Record<CoverageProblem['kind'], Tone>> = {
  rights: 'caution',
  source: 'caution',
  blob: 'caution',
  record: 'caution',
  tuple: 'caution',
  warning: 'neutral',
}

/** Everything that was refused or did not answer, by reason, with the place of the first case. */
export function ProblemTable({ problems }: { problems: readonly CoverageProblem[] }) {
  if (problems.length === 0) return <Empty title="Nothing was rejected">Every record and tuple of these blobs was understood.</Empty>
  return (
    <div className="overflow-x-auto">
      <table className="w-full min-w-180">
        <thead>
          <tr className="h-8 border-b border-line text-left text-label text-muted *:px-2 *:font-normal *:first:pl-3">
            <th scope="col">what</th>
            <th scope="col">reason</th>
            <th scope="col" className="text-right">
              count
            </th>
            <th scope="col">where</th>
            <th scope="col" className="text-right">
              first at byte
            </th>
            <th scope="col">sample</th>
          </tr>
        </thead>
        <tbody>
          {problems.map((problem) => (
            <tr
              key={`${problem.kind} ${problem.source} ${problem.blob} ${problem.reason}`}
              className="border-b border-line/60 align-top last:border-0 *:px-2 *:py-2 *:first:pl-3"
            >
              <td>
                <Badge tone={TONES[problem.kind]}>{problem.kind}</Badge>
              </td>
              <td className="max-w-90 wrap-anywhere">{problem.message}</td>
              <td className="data text-right">{formatCount(problem.count)}</td>
              <td className="data max-w-100 text-label wrap-anywhere text-muted">{problem.blob ?? problem.source}</td>
              <td className="data text-right whitespace-nowrap">{problem.offset === null ? '–' : formatCount(problem.offset)}</td>
              <td className="data max-w-80 truncate text-label text-muted" title={problem.sample ?? undefined}>
                {problem.sample ?? '–'}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
