import type { PathsAnswer } from '@/lib/flow/answer/traffic/paths'
import type { PathMetric } from '@/lib/flow/field/metric'
import { split } from '../flow/measure'

export type Node = PathsAnswer['nodes'][number]
export type PathLink = PathsAnswer['links'][number]

/** Allowed or denied traffic of a cell. */
export interface Half {
  value: number
  /** 0 if there is no traffic, else 1 to SHADES by rank among all cells. */
  shade: number
  /** True if the part of the baseline that has been read has no such traffic. */
  isNew: boolean
}

export interface ShadedCell {
  link: PathLink
  allow: Half
  deny: Half
}

export interface Cells {
  rows: readonly Node[]
  columns: readonly Node[]
  /** Null without traffic. */
  at: (row: number, column: number) => ShadedCell | null
  /** Positions of cells with new traffic, row by row. */
  fresh: readonly (readonly [row: number, column: number])[]
}

export const SHADES = 5

/** Returns a function for shades: equal values have equal shades, and the largest has the darkest, however much larger it is. */
function shadesOf(values: readonly number[]): (value: number) => number {
  const distinct = [...new Set(values)].sort((a, b) => a - b)
  const rank = new Map(distinct.map((value, i) => [value, i]))
  return (value) => Math.floor((rank.get(value)! * SHADES) / distinct.length) + 1
}

/** Arranges links as cells of rows by columns. If none of the baseline has been read, no cell is new. */
export function cellsOf({ nodes, links, baseline }: Pick<PathsAnswer, 'nodes' | 'links' | 'baseline'>, metric: PathMetric): Cells {
  const rows = nodes.filter(({ column }) => column === 0)
  const columns = nodes.filter(({ column }) => column === 1)
  const isCompared = baseline !== undefined && baseline.share > 0
  const shadeOf = {
    allow: shadesOf(links.filter(({ allow }) => allow > 0).map((link) => split(link, metric).allow)),
    deny: shadesOf(links.filter(({ deny }) => deny > 0).map((link) => split(link, metric).deny)),
  }
  const rowAt = new Map(rows.map(({ id }, i) => [id, i]))
  const columnAt = new Map(columns.map(({ id }, i) => [id, i]))
  const cells = new Map<number, ShadedCell>()
  for (const link of links) {
    const values = split(link, metric)
    const half = (action: 'allow' | 'deny'): Half => ({
      value: values[action],
      shade: link[action] > 0 ? shadeOf[action](values[action]) : 0,
      isNew: isCompared && link[action] > 0 && link.before?.[action] === 0,
    })
    cells.set(rowAt.get(link.from)! * columns.length + columnAt.get(link.to)!, { link, allow: half('allow'), deny: half('deny') })
  }
  const fresh = [...cells]
    .filter(([, { allow, deny }]) => allow.isNew || deny.isNew)
    .map(([place]) => place)
    .sort((a, b) => a - b)
    .map((place) => [Math.floor(place / columns.length), place % columns.length] as const)
  return { rows, columns, at: (row, column) => cells.get(row * columns.length + column) ?? null, fresh }
}
