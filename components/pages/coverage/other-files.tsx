import { formatCount } from '@/components/parts/format/number'
import type { CoverageAnswer } from '@/lib/flow/answer/read/coverage'

/** Files beside the logs that are not flow logs, counted by kind. */
export function OtherFiles({ others }: Pick<CoverageAnswer, 'others'>) {
  if (others.length === 0) return null
  return (
    <p className="border-t border-line px-3 py-2 text-label text-muted">
      Not flow logs, not read:{' '}
      {others.map(({ source, what, extension, count, sample }, i) => (
        <span key={`${source} ${what} ${extension}`} title={`${source}: such as ${sample}`}>
          {i === 0 ? '' : ', '}
          <span className="data">
            {formatCount(count)} × {extension === '' ? 'without extension' : `.${extension}`}
          </span>{' '}
          ({what})
        </span>
      ))}
    </p>
  )
}
