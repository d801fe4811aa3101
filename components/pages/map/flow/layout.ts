import type { PathsAnswer } from '@/lib/flow/answer/traffic/paths'
import type { PathMetric } from '@/lib/flow/field/metric'
import type { Action } from '@/lib/flow/tuple/tuple'
import { split } from './measure'

type Node = PathsAnswer['nodes'][number]
type Link = PathsAnswer['links'][number]

/** Pixels. */
export interface PlacedNode {
  node: Node
  x: number
  y: number
  height: number
  /** True if its label has room; labels never overlap. */
  labelled: boolean
}

export interface Band {
  link: Link
  action: Action
  /** An outline that ends in a tip at its target. */
  path: string
}

export interface FlowLayout {
  width: number
  height: number
  nodes: PlacedNode[]
  bands: Band[]
}

export const BAR = 10
/** Minimum distance between the centres of two labels. */
export const LABEL = 14
const LEAST_BAR = 2
const LEAST_BAND = 1
const TIP = 8
/** Maximum number of nodes of a column with room for all labels. */
const ROOMY = 130
const SPREAD = 40
const LOWEST = 380

/** Returns the height of the picture for this number of nodes in its longest column. */
export function heightFor(most: number): number {
  if (most <= ROOMY) return Math.max(LOWEST, most * (LABEL + 2) + 220)
  return Math.round(ROOMY * (LABEL + 2) + 220 + (most - ROOMY) * 2)
}

function column(nodes: readonly Node[], x: number, scale: number, gap: number, height: number, metric: PathMetric): PlacedNode[] {
  const sizes = nodes.map((node) => LEAST_BAR + node[metric] * scale)
  const content = sizes.reduce((sum, size) => sum + size, 0)
  const between = nodes.length > 1 ? Math.max(gap, Math.min(SPREAD, (height - content) / (nodes.length - 1))) : 0
  let y = Math.max(0, (height - content - between * (nodes.length - 1)) / 2)
  let labelAt = Number.NEGATIVE_INFINITY
  return nodes.map((node, i) => {
    const size = sizes[i]!
    const centre = y + size / 2
    const labelled = centre - labelAt >= LABEL
    if (labelled) labelAt = centre
    const placed = { node, x, y, height: size, labelled }
    y += size + between
    return placed
  })
}

interface Part {
  link: Link
  action: Action
  value: number
}

/** Returns where each part begins and ends on the side of a node: in proportion, but thick enough to be seen. */
function stack(parts: readonly Part[], { y, height }: PlacedNode): Map<Part, [top: number, bottom: number]> {
  const least = Math.min(LEAST_BAND, height / (2 * parts.length))
  const total = parts.reduce((sum, { value }) => sum + value, 0)
  const rest = height - least * parts.length
  let top = y
  return new Map(
    parts.map((part) => {
      const share = total === 0 ? 1 / parts.length : part.value / total
      const span: [number, number] = [top, top + least + share * rest]
      top = span[1]
      return [part, span]
    }),
  )
}

function round(n: number): number {
  return Math.round(n * 10) / 10
}

function outline(x0: number, x1: number, [a0, b0]: [number, number], [a1, b1]: [number, number]): string {
  const tip = Math.min(TIP, (x1 - x0) / 4)
  const neck = x1 - tip
  const middle = (x0 + neck) / 2
  const [s, t, n, m] = [round(x0), round(x1), round(neck), round(middle)]
  const [p, q, u, v] = [round(a0), round(b0), round(a1), round(b1)]
  return `M${s} ${p}C${m} ${p} ${m} ${u} ${n} ${u}L${t} ${round((a1 + b1) / 2)}L${n} ${v}C${m} ${v} ${m} ${q} ${s} ${q}Z`
}

function partsOf(link: Link, metric: PathMetric): Part[] {
  const { allow, deny } = split(link, metric)
  return [
    ...(link.allow > 0 ? [{ link, action: 'allow' as const, value: allow }] : []),
    ...(link.deny > 0 ? [{ link, action: 'deny' as const, value: deny }] : []),
  ]
}

function gathered(parts: readonly Part[], idOf: (link: Link) => string): Map<string, Part[]> {
  const found = new Map<string, Part[]>()
  for (const part of parts) {
    const own = found.get(idOf(part.link))
    if (own) own.push(part)
    else found.set(idOf(part.link), [part])
  }
  return found
}

/**
 * Places bars from left to right in the order of the answer, and between them allowed and denied bands, each with a width in proportion. Nothing is left out.
 */
export function layout({ nodes, links }: Pick<PathsAnswer, 'nodes' | 'links'>, metric: PathMetric, width: number): FlowLayout {
  const count = Math.max(0, ...nodes.map((node) => node.column + 1))
  const columns = Array.from({ length: count }, (_, i) => nodes.filter((node) => node.column === i))
  const most = Math.max(1, ...columns.map((own) => own.length))
  const height = heightFor(most)
  const gap = most <= ROOMY ? LABEL : 1
  const total = columns[0]?.reduce((sum, node) => sum + node[metric], 0) ?? 0
  const scale = total === 0 ? 0 : (height - most * LEAST_BAR - (most - 1) * gap) / total
  const step = count > 1 ? (width - BAR) / (count - 1) : 0
  const placed = columns.flatMap((own, i) => column(own, i * step, scale, gap, height, metric))
  const byId = new Map(placed.map((one) => [one.node.id, one]))
  const parts = links.flatMap((link) => partsOf(link, metric))
  const spans = (idOf: (link: Link) => string) => {
    const all = new Map<Part, [number, number]>()
    for (const [id, own] of gathered(parts, idOf)) for (const [part, span] of stack(own, byId.get(id)!)) all.set(part, span)
    return all
  }
  const [leaving, arriving] = [spans(({ from }) => from), spans(({ to }) => to)]
  const bands = parts.map((part): Band => {
    const [from, to] = [byId.get(part.link.from)!, byId.get(part.link.to)!]
    return { link: part.link, action: part.action, path: outline(from.x + BAR, to.x, leaving.get(part)!, arriving.get(part)!) }
  })
  return { width, height, nodes: placed, bands }
}
