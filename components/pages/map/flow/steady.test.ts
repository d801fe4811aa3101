import { expect, it } from 'vitest'
import { steady } from './steady'

const SUMS = { tuples: 1, flows: 1, allow: 1, deny: 0, bytes: 0, denyBytes: 0 }
const node = (id: string, column: number, other = false) => ({ id, column, value: id, other, ...SUMS })

it('keeps the previous order, and puts new nodes below it and above the rest', () => {
  const answer = {
    nodes: [node('b', 0), node('new', 0), node('a', 0), node('0', 0, true), node('y', 1), node('x', 1)],
    links: [
      { from: 'b', to: 'y', ...SUMS },
      { from: 'a', to: 'x', ...SUMS },
      { from: 'a', to: 'y', ...SUMS },
    ],
  }
  const { nodes, links } = steady(answer, ['a', 'b', '0', 'x', 'y'])
  expect(nodes.map(({ id }) => id)).toEqual(['a', 'b', 'new', '0', 'x', 'y'])
  expect(links.map(({ from, to }) => `${from}${to}`)).toEqual(['ax', 'ay', 'by'])
})

it("uses the answer's order the first time", () => {
  const answer = { nodes: [node('b', 0), node('a', 0), node('0', 0, true)], links: [] }
  expect(steady(answer, []).nodes).toEqual(answer.nodes)
})
