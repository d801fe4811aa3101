'use client'

import { type MouseEvent, memo, useId, useMemo } from 'react'
import { valueText } from '@/components/parts/format/value-text'
import { useAddressLabel } from '@/components/parts/whois/use-address-label'
import type { PathsAnswer } from '@/lib/flow/answer/traffic/paths'
import { fieldOf, type KeyField } from '@/lib/flow/field/fields'
import type { PathMetric } from '@/lib/flow/field/metric'
import { ACTIONS } from '@/lib/flow/tuple/tuple'
import { BAR, type Band, layout, type PlacedNode } from './layout'
import { isMarked, type MarkedPart } from './mark'
import { type Acts, useActs } from './use-acts'

/**
 * Maximum number of bands that are drawn individually. More are drawn as one shape for each pair of columns, and are reached by their nodes and in the table.
 */
const MOST_BANDS = 2500
/** Sizes of labels, and the width of a letter in each; the small one where columns are nearer than `NEAR`. Pixels. */
const LABELS = { usual: { size: 11, letter: 6.7 }, small: { size: 9, letter: 5.5 } } as const
const NEAR = 190
const HEAD = 22

const FILL = { allow: 'fill-allow-fill', deny: '' } as const

function fillOf(action: Band['action'], hatching: string): { className: string; fill?: string } {
  return action === 'deny' ? { className: FILL.deny, fill: `url(#${hatching})` } : { className: FILL.allow }
}

/** All bands without a highlight. */
const Bands = memo(function Bands({ bands, hatching }: { bands: readonly Band[]; hatching: string }) {
  if (bands.length <= MOST_BANDS)
    return bands.map(({ link, action, path }, i) => (
      <path key={`${link.from} ${link.to} ${action}`} d={path} data-band={i} fillOpacity={0.5} {...fillOf(action, hatching)} />
    ))
  return ACTIONS.map((action) => (
    <path
      key={action}
      d={bands
        .filter((band) => band.action === action)
        .map(({ path }) => path)
        .join('')}
      fillOpacity={0.35}
      {...fillOf(action, hatching)}
    />
  ))
})

function fitted(text: string, room: number, letter: number): string {
  const most = Math.max(3, Math.floor(room / letter))
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`
}

function labelOf({ node }: PlacedNode, field: KeyField, rest: number): string {
  return node.other ? `other (${rest.toLocaleString('en-US')})` : valueText(field, node.value)
}

function AddressText({ address, room, letter }: { address: string; room: number; letter: number }) {
  const { text, isListed } = useAddressLabel(address, { withOrg: true })
  const shown = fitted(text, room, letter)
  return isListed ? <tspan className="fill-deny font-semibold">{shown}</tspan> : shown
}

/** Draws the bars without room for a label, as one element each, so that thousands are drawn quickly. The drawing itself handles their clicks. */
const SmallBars = memo(function SmallBars({ nodes }: { nodes: readonly PlacedNode[] }) {
  return nodes.map(({ node, x, y, height }) => (
    <rect
      key={node.id}
      data-node={node.id}
      x={x}
      y={y}
      width={BAR}
      height={height}
      className={node.deny > node.allow ? 'fill-deny' : 'fill-allow'}
    />
  ))
})

/** The other bars with their labels, each a link to its tuples. */
const Bars = memo(function Bars({
  nodes,
  width,
  fields,
  rest,
  actsOf,
}: {
  nodes: readonly PlacedNode[]
  width: number
  fields: readonly KeyField[]
  /** Number of values that `other` stands for, column by column. */
  rest: readonly number[]
  actsOf: (nodes: readonly PlacedNode['node'][]) => Acts
}) {
  const step = fields.length > 1 ? width / (fields.length - 1) : width
  const { size, letter } = step < NEAR ? LABELS.small : LABELS.usual
  return nodes.map((placed) => {
    const { node, x, y, height } = placed
    const isLast = node.column === fields.length - 1
    const allowed = node.tuples === 0 ? 0 : (node.allow / node.tuples) * height
    const { href } = actsOf([node])
    return (
      <a key={node.id} href={href} tabIndex={-1} data-node={node.id} className={href ? 'cursor-pointer' : ''}>
        <rect x={x} y={y} width={BAR} height={allowed} className="fill-allow" />
        <rect x={x} y={y + allowed} width={BAR} height={height - allowed} className="fill-deny" />
        <text
          x={isLast ? x - 5 : x + BAR + 5}
          y={y + height / 2}
          dy="0.35em"
          textAnchor={isLast ? 'end' : 'start'}
          fontSize={size}
          strokeWidth={3}
          className="data fill-ink stroke-surface [paint-order:stroke]"
        >
          {fieldOf(fields[node.column]!).type === 'address' && !node.other ? (
            <AddressText address={node.value} room={step / 2 - BAR} letter={letter} />
          ) : (
            fitted(labelOf(placed, fields[node.column]!, rest[node.column]!), step / 2 - BAR, letter)
          )}
        </text>
      </a>
    )
  })
})

/**
 * Columns of values and the traffic between neighbouring columns: bands end in a tip, denied ones are hatched. The table beside it contains the same for screen
 * readers, and handles the keys.
 */
export function Flow({
  data,
  metric,
  width,
  mark,
  onMark,
}: {
  data: PathsAnswer
  metric: PathMetric
  width: number
  mark: MarkedPart | null
  onMark: (mark: MarkedPart | null) => void
}) {
  const hatching = useId()
  const fields = useMemo(() => data.by.split(',') as KeyField[], [data.by])
  const placed = useMemo(() => layout(data, metric, width), [data, metric, width])
  const byId = useMemo(() => new Map(data.nodes.map((node) => [node.id, node])), [data.nodes])
  const rest = useMemo(
    () => data.values.map((total, i) => total - data.nodes.filter(({ column, other }) => column === i && !other).length),
    [data],
  )
  const [large, small] = useMemo(
    () => [placed.nodes.filter(({ labelled }) => labelled), placed.nodes.filter(({ labelled }) => !labelled)],
    [placed],
  )
  const actsOf = useActs(data)
  const bandAt = (target: EventTarget): Band | undefined =>
    target instanceof SVGElement && target.dataset.band !== undefined ? placed.bands[Number(target.dataset.band)] : undefined
  const nodeAt = (target: EventTarget): string | undefined =>
    target instanceof Element ? target.closest<SVGElement>('[data-node]')?.dataset.node : undefined
  function point({ target }: MouseEvent) {
    const band = bandAt(target)
    const node = nodeAt(target)
    if (band) onMark({ from: band.link.from, to: band.link.to })
    else onMark(node === undefined ? null : { node })
  }
  function click(event: MouseEvent) {
    const band = bandAt(event.target)
    const node = nodeAt(event.target)
    if (band) actsOf([byId.get(band.link.from)!, byId.get(band.link.to)!]).onClick(event)
    else if (node !== undefined) actsOf([byId.get(node)!]).onClick(event)
  }
  const lit = placed.bands.filter(({ link }) => isMarked(mark, link))
  return (
    <svg
      aria-hidden="true"
      width={width}
      height={placed.height + HEAD + 4}
      viewBox={`0 ${-HEAD} ${width} ${placed.height + HEAD + 4}`}
      onMouseOver={point}
      onFocus={() => {}}
      onMouseLeave={() => onMark(null)}
      onClick={click}
      className="block"
    >
      <defs>
        <pattern id={hatching} width={5} height={5} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width={5} height={5} className="fill-deny-fill" />
          <rect width={2} height={5} className="fill-deny-soft" />
        </pattern>
      </defs>
      {fields.map((field, i) => (
        <text
          key={`${i} ${field}`}
          x={i === 0 ? 0 : i === fields.length - 1 ? width : (i * (width - BAR)) / (fields.length - 1) + BAR / 2}
          y={-8}
          fontSize={11}
          textAnchor={i === 0 ? 'start' : i === fields.length - 1 ? 'end' : 'middle'}
          className="fill-muted"
        >
          {i === 0 ? fieldOf(field).label : `→ ${fieldOf(field).label}`}
        </text>
      ))}
      <g className={mark === null ? '' : 'opacity-30'}>
        <Bands bands={placed.bands} hatching={hatching} />
      </g>
      <g className="pointer-events-none">
        {lit.map(({ link, action, path }) => (
          <path key={`${link.from} ${link.to} ${action}`} d={path} fillOpacity={0.9} {...fillOf(action, hatching)} />
        ))}
      </g>
      <SmallBars nodes={small} />
      <Bars nodes={large} width={placed.width} fields={fields} rest={rest} actsOf={actsOf} />
    </svg>
  )
}
