import { formatShare } from '@/components/parts/format/number'
import { valueText } from '@/components/parts/format/value-text'
import type { PathsAnswer } from '@/lib/flow/answer/traffic/paths'
import type { KeyField } from '@/lib/flow/field/fields'
import type { PathMetric } from '@/lib/flow/field/metric'
import type { MarkedPart } from './mark'
import { measured, type PathSums, split } from './measure'

function nameOf(data: PathsAnswer, id: string): string {
  const node = data.nodes.find((one) => one.id === id)
  if (node === undefined) return ''
  return node.other ? 'other' : valueText(data.by.split(',')[node.column] as KeyField, node.value)
}

function found(data: PathsAnswer, mark: MarkedPart): { name: string; sums: PathSums } | null {
  if ('node' in mark) {
    const node = data.nodes.find(({ id }) => id === mark.node)
    return node ? { name: nameOf(data, mark.node), sums: node } : null
  }
  const link = data.links.find(({ from, to }) => from === mark.from && to === mark.to)
  return link ? { name: `${nameOf(data, mark.from)} → ${nameOf(data, mark.to)}`, sums: link } : null
}

/** Figures and shares of the highlighted part, or of everything. */
export function Readout({ data, metric, mark }: { data: PathsAnswer; metric: PathMetric; mark: MarkedPart | null }) {
  const { name, sums } = (mark && found(data, mark)) ?? { name: 'everything', sums: data.total }
  const { allow, deny } = split(sums, metric)
  return (
    <p className="flex min-h-8 flex-wrap items-center gap-x-3 px-3 py-1 text-label text-muted" data-testid="readout">
      <span className="data wrap-anywhere text-ink">{name}</span>
      <span>
        <span className="data text-ink">{measured(sums[metric], metric)}</span>, {formatShare(sums[metric], data.total[metric])} of all
      </span>
      <span>
        <span className="data text-allow">{measured(allow, metric)}</span> allowed
      </span>
      <span>
        <span className="data text-deny">{measured(deny, metric)}</span> denied
        {metric === 'bytes' ? `, ${measured(sums.deny, 'tuples')}` : ''}
      </span>
    </p>
  )
}
