import type { PathsAnswer } from '@/lib/flow/answer/paths'
import type { PathMetric } from '@/lib/flow/fields'
import { split } from '../flow/measure'

export type Node = PathsAnswer['nodes'][number]
export type Link = PathsAnswer['links'][number]

/** One cell; 0 where nothing went, else 1 to SHADES by rank among all cells. */
export interface Cell {
  link: Link
  allow: { value: number; shade: number }
  deny: { value: number; shade: number }
}

export interface Cells {
  rows: readonly Node[]
  columns: readonly Node[]
  /** Null where nothing went. */
  at: (row: number, column: number) => Cell | null
}

export const SHADES = 5

/** Equal values have equal shades, and the largest the darkest, however much larger they are. */
function shadesOf(values: readonly number[]): (value: number) => number {
  const distinct = [...new Set(values)].sort((a, b) => a - b)
  const rank = new Map(distinct.map((value, i) => [value, i]))
  return (value) => Math.floor((rank.get(value)! * SHADES) / distinct.length) + 1
}

/** Rows by columns with what went from each to each. */
export function cellsOf({ nodes, links }: Pick<PathsAnswer, 'nodes' | 'links'>, metric: PathMetric): Cells {
  const rows = nodes.filter(({ column }) => column === 0)
  const columns = nodes.filter(({ column }) => column === 1)
  const shadeOf = {
    allow: shadesOf(links.filter(({ allow }) => allow > 0).map((link) => split(link, metric).allow)),
    deny: shadesOf(links.filter(({ deny }) => deny > 0).map((link) => split(link, metric).deny)),
  }
  const rowAt = new Map(rows.map(({ id }, i) => [id, i]))
  const columnAt = new Map(columns.map(({ id }, i) => [id, i]))
  const cells = new Map<number, Cell>()
  for (const link of links) {
    const { allow, deny } = split(link, metric)
    cells.set(rowAt.get(link.from)! * columns.length + columnAt.get(link.to)!, {
      link,
      allow: { value: allow, shade: link.allow > 0 ? shadeOf.allow(allow) : 0 },
      deny: { value: deny, shade: link.deny > 0 ? shadeOf.deny(deny) : 0 },
    })
  }
  return { rows, columns, at: (row, column) => cells.get(row * columns.length + column) ?? null }
}
