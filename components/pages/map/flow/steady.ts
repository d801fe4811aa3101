import type { PathsAnswer } from '@/lib/flow/answer/traffic/paths'

type Drawn = Pick<PathsAnswer, 'nodes' | 'links'>

/** Returns the same picture with nodes in their previous order, new ones below them, so that it does not jump in live mode. */
export function steady<Answer extends Drawn>(answer: Answer, before: readonly string[]): Answer {
  const known = new Map(before.map((id, i) => [id, i]))
  const place = new Map(answer.nodes.map(({ id }, i) => [id, known.get(id) ?? before.length + i]))
  const nodes = answer.nodes.toSorted(
    (a, b) => a.column - b.column || Number(a.other) - Number(b.other) || place.get(a.id)! - place.get(b.id)!,
  )
  const order = new Map(nodes.map(({ id }, i) => [id, i]))
  const links = answer.links.toSorted((a, b) => order.get(a.from)! - order.get(b.from)! || order.get(a.to)! - order.get(b.to)!)
  return { ...answer, nodes, links }
}
