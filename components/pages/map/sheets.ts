import type { Sheet } from '@/components/parts/table/sheet'
import type { PathsAnswer } from '@/lib/flow/answer/traffic/paths'

/** The tables beside the picture, for export: what goes from each value to the next, and the values themselves. */
export function sheetsOf(data: PathsAnswer | undefined): Sheet[] {
  if (data === undefined) return []
  const { nodes, links } = data
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const fields = data.by.split(',')
  const paths = () =>
    links.map(({ from, to, ...sums }) => {
      const [start, end] = [byId.get(from)!, byId.get(to)!]
      return { from: fields[start.column], value: start.value, to: fields[end.column], target: end.value, ...sums }
    })
  const values = () => nodes.map(({ id: _, column, ...node }) => ({ field: fields[column], ...node }))
  return [
    { name: 'paths', total: links.length, load: paths },
    { name: 'values', total: nodes.length, load: values },
  ]
}
