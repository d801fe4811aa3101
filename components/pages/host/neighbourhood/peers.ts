import { parseAddress } from '@/lib/flow/address/address'
import { addressScope } from '@/lib/flow/address/scope'
import type { PathsAnswer } from '@/lib/flow/answer/traffic/paths'
import { NONE } from '@/lib/flow/field/context'
import type { PathMetric } from '@/lib/flow/field/metric'

type Node = PathsAnswer['nodes'][number]

/** A peer of the host in one direction, or the rest of them. */
export interface Peer extends Pick<Node, 'tuples' | 'flows' | 'allow' | 'deny' | 'bytes'> {
  /** Null for the rest. */
  address: string | null
}

export interface Group {
  name: string
  peers: Peer[]
}

/** Inside first, then the platform, then the internet, then the rest. */
const ORDER = ['inside', 'platform', 'internet', 'rest'] as const

function kindOf(address: string): (typeof ORDER)[number] {
  const value = parseAddress(address)
  const scope = value === null ? 'public' : addressScope(value)
  if (scope === 'public') return 'internet'
  return scope === 'azure' || scope === 'link-local' ? 'platform' : 'inside'
}

/** Groups the peers of an answer by context and address: inside, the platform, and the internet by context; the largest first within each. */
export function groupsOf({ nodes, links }: PathsAnswer, metric: PathMetric): Group[] {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const last = Math.max(0, ...nodes.map(({ column }) => column))
  const toldOf = new Map(links.filter(({ to }) => byId.get(to)?.column === last).map(({ from, to }) => [to, byId.get(from)!]))
  const groups = new Map<string, { rank: number; peers: Peer[] }>()
  for (const node of nodes.filter(({ column }) => column === last)) {
    const kind = node.other ? 'rest' : kindOf(node.value)
    const told = toldOf.get(node.id)
    const isTold = kind === 'internet' && told !== undefined && !told.other && told.value !== NONE && told.column !== last
    const name = isTold ? told.value : kind === 'rest' ? 'others' : kind
    const { tuples, flows, allow, deny, bytes } = node
    const peer = { address: node.other ? null : node.value, tuples, flows, allow, deny, bytes }
    const group = groups.get(name)
    if (group) group.peers.push(peer)
    else groups.set(name, { rank: ORDER.indexOf(kind), peers: [peer] })
  }
  const size = ({ peers }: { peers: readonly Peer[] }) => peers.reduce((sum, peer) => sum + peer[metric], 0)
  return [...groups]
    .sort(([, a], [, b]) => a.rank - b.rank || size(b) - size(a))
    .map(([name, { peers }]) => ({ name, peers: peers.toSorted((a, b) => b[metric] - a[metric]) }))
}
