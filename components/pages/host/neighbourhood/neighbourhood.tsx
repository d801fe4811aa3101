'use client'

import Link from 'next/link'
import { useId } from 'react'
import { formatCount } from '@/components/parts/format/number'
import { hostHref } from '@/components/parts/host-link/host-href'
import { useView } from '@/components/parts/view/use-view'
import { useAddressLabel } from '@/components/parts/whois/use-address-label'
import type { PathMetric } from '@/lib/flow/field/metric'
import type { Group, Peer } from './peers'
import { heightFor, type PlacedPeer, radial, reachOf } from './radial'

const LETTER = 6.7
const CORE = 34

/** Returns the width of a line by its share of the largest. */
function widthOf(peer: Peer, metric: PathMetric, most: number): number {
  return most === 0 ? 1 : 1 + 6 * Math.sqrt(peer[metric] / most)
}

function fitted(text: string, room: number): string {
  const most = Math.max(4, Math.floor(room / LETTER))
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`
}

/** A line from the middle to a peer, with a tip in the direction of the traffic: solid if allowed, broken if denied. */
function Line({
  placed: { peer, x, y },
  way,
  middle,
  width,
  tips,
}: {
  placed: PlacedPeer
  way: -1 | 1
  middle: { x: number; y: number }
  width: number
  tips: Readonly<Record<'allow' | 'deny', string>>
}) {
  const near = { x: middle.x + way * CORE, y: middle.y }
  const far = { x: x - way * 4, y }
  const bend = (near.x + far.x) / 2
  const parts = (['allow', 'deny'] as const).filter((action) => peer[action] > 0)
  return parts.map((action, i) => {
    const off = parts.length > 1 ? (i === 0 ? -2 : 2) : 0
    const [from, to] = way === 1 ? [near, far] : [far, near]
    const end = `${to.x} ${to.y + off}`
    return (
      <path
        key={action}
        d={`M${from.x} ${from.y + off}C${bend} ${from.y + off} ${bend} ${to.y + off} ${end}`}
        fill="none"
        strokeWidth={parts.length > 1 ? width / 2 : width}
        strokeDasharray={action === 'deny' ? '5 4' : undefined}
        strokeOpacity={0.65}
        markerEnd={`url(#${tips[action]})`}
        className={action === 'allow' ? 'stroke-allow-fill' : 'stroke-deny-fill'}
      />
    )
  })
}

interface LabelProps {
  placed: PlacedPeer
  way: -1 | 1
  room: number
}

function PeerText({ placed: { peer, x, y }, way, room, text, look }: LabelProps & { text: string; look: string }) {
  return (
    <text x={x + way * 4} y={y} dy="0.35em" textAnchor={way === 1 ? 'start' : 'end'} fontSize={11} className={`data ${look}`}>
      <title>{`${text}: ${figuresOf(peer)}`}</title>
      {fitted(text, room)}
    </text>
  )
}

function figuresOf(peer: Peer): string {
  return `${formatCount(peer.allow)} tuples allowed, ${formatCount(peer.deny)} denied`
}

/** Links a peer to its own page. */
function PeerLink({ address, ...props }: LabelProps & { address: string }) {
  const { href } = useView()
  // Its group is its organisation.
  const { text, isListed } = useAddressLabel(address, { withOrg: false })
  const look = isListed ? 'fill-deny font-semibold' : 'fill-ink'
  const target = hostHref(address, { href })
  if (target === null) return <PeerText {...props} text={text} look={look} />
  return (
    <Link
      href={target}
      prefetch={false}
      aria-label={`${text}, ${props.way === 1 ? 'out to it' : 'in from it'}: ${figuresOf(props.placed.peer)}`}
      className="group"
    >
      <PeerText {...props} text={text} look={`group-hover:fill-accent ${look}`} />
    </Link>
  )
}

function PeerLabel(props: LabelProps) {
  const { address } = props.placed.peer
  return address === null ? <PeerText {...props} text="all others" look="fill-muted" /> : <PeerLink {...props} address={address} />
}

/** Draws the host with inbound peers on its left and outbound peers on its right. The drawing is not animated. */
export function Neighbourhood({
  address,
  inbound,
  outbound,
  metric,
  width,
}: {
  address: string
  inbound: readonly Group[]
  outbound: readonly Group[]
  metric: PathMetric
  width: number
}) {
  const id = useId()
  const tips = { allow: `${id}a`, deny: `${id}d` }
  const height = heightFor([inbound, outbound])
  const { middle: x, reach, room } = reachOf(width, { left: inbound.length > 0, right: outbound.length > 0 })
  const middle = { x, y: height / 2 }
  const most = Math.max(0, ...[...inbound, ...outbound].flatMap(({ peers }) => peers.map((peer) => peer[metric])))
  const sides = [
    { way: -1 as const, ...radial(inbound, { middle: x, reach, height, way: -1 }) },
    { way: 1 as const, ...radial(outbound, { middle: x, reach, height, way: 1 }) },
  ]
  const drawn = inbound.length === 0 ? ', outbound' : outbound.length === 0 ? ', inbound' : ''
  return (
    // biome-ignore lint/a11y/useSemanticElements: a drawing with links in it
    <svg role="group" aria-label={`Neighbourhood of ${address}${drawn}`} width={width} height={height} className="block">
      <defs>
        {(['allow', 'deny'] as const).map((action) => (
          <marker
            key={action}
            id={tips[action]}
            viewBox="0 0 8 8"
            refX={7}
            refY={4}
            markerUnits="userSpaceOnUse"
            markerWidth={9}
            markerHeight={9}
            orient="auto"
          >
            <path d="M0 0L8 4L0 8Z" className={action === 'allow' ? 'fill-allow' : 'fill-deny'} />
          </marker>
        ))}
      </defs>
      {sides.map(({ way, peers, labels }) => (
        <g key={way}>
          {peers.map((placed) => (
            <Line
              key={placed.peer.address ?? ''}
              placed={placed}
              way={way}
              middle={middle}
              width={widthOf(placed.peer, metric, most)}
              tips={tips}
            />
          ))}
          {labels.map(({ name, x, y }) => (
            <text
              key={name}
              x={x + way * 4}
              y={y}
              dy="0.35em"
              fontSize={11}
              fontWeight={600}
              textAnchor={way === 1 ? 'start' : 'end'}
              className="fill-muted"
            >
              {fitted(name, room)}
            </text>
          ))}
          {peers.map((placed) => (
            <PeerLabel key={placed.peer.address ?? ''} placed={placed} way={way} room={room} />
          ))}
        </g>
      ))}
      <rect x={middle.x - 62} y={middle.y - 14} width={124} height={28} rx={14} strokeWidth={1.5} className="fill-raised stroke-accent" />
      <text x={middle.x} y={middle.y} dy="0.35em" textAnchor="middle" fontSize={11} className="data fill-ink">
        {fitted(address, 116)}
      </text>
    </svg>
  )
}
