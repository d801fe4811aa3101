import type { Group, Peer } from './peers'

export interface PlacedPeer {
  peer: Peer
  x: number
  y: number
}

export interface Side {
  peers: PlacedPeer[]
  labels: { name: string; x: number; y: number }[]
}

/** Distance between two lines of text. Pixels. */
const SLOT = 17
const LEAST = 260

export function heightFor(sides: readonly (readonly Group[])[]): number {
  return Math.max(LEAST, ...sides.map((groups) => (groups.reduce((sum, { peers }) => sum + peers.length + 1, 0) + 1) * SLOT))
}

/** Where the host stands, how far its peers are from it, and the room for the names beyond. Pixels. */
export interface Reach {
  middle: number
  reach: number
  room: number
}

/** Half the width of the host's own mark, with some air. Pixels. */
const HOST = 74
/** Least distance of peers, and the room that names take before the distance grows. Pixels. */
const NEAR = { reach: 96, room: 176 }
/** Air around a name. Pixels. */
const AIR = 12

/** Places the host in the middle, or at the edge if nobody is on that side of it. */
export function reachOf(width: number, { left, right }: { left: boolean; right: boolean }): Reach {
  if (left === right) return { middle: width / 2, reach: width / 4, room: width / 4 - AIR }
  const all = width - HOST
  const reach = Math.min(all / 2, Math.max(NEAR.reach, all - NEAR.room - AIR))
  return { middle: left ? all : HOST, reach, room: all - reach - AIR }
}

/**
 * Places one side of the circle, from top to bottom: each group under its name, with equal distances between lines, so that no texts overlap. `way` is -1 to
 * the left and 1 to the right.
 */
export function radial(
  groups: readonly Group[],
  { middle, reach, height, way }: { middle: number; reach: number; height: number; way: -1 | 1 },
): Side {
  const lines = groups.flatMap(({ name, peers }) => [{ name, peer: null }, ...peers.map((peer) => ({ name, peer }))])
  const step = Math.min(2 * SLOT, height / (lines.length + 1))
  const top = (height - step * (lines.length - 1)) / 2
  const side: Side = { peers: [], labels: [] }
  lines.forEach(({ name, peer }, i) => {
    const y = top + i * step
    const off = (y - height / 2) / (height / 2 + SLOT)
    const x = middle + way * reach * Math.sqrt(Math.max(0.15, 1 - off * off))
    if (peer) side.peers.push({ peer, x, y })
    else side.labels.push({ name, x, y })
  })
  return side
}
