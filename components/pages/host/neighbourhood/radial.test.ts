import { expect, it } from 'vitest'
import type { PathsAnswer } from '@/lib/flow/answer/traffic/paths'
import { groupsOf, type Peer } from './peers'
import { heightFor, radial, reachOf } from './radial'

const SUMS = { tuples: 1, flows: 1, allow: 1, deny: 0, bytes: 0, denyBytes: 0 }
const peer = (address: string | null, tuples = 1): Peer => ({ address, tuples, flows: 0, allow: tuples, deny: 0, bytes: 0 })

it('has room for the text of every line of thirty peers in ten groups', () => {
  const groups = Array.from({ length: 10 }, (_, i) => ({
    name: `group ${i}`,
    peers: [peer(`10.0.${i}.1`), peer(`10.0.${i}.2`), peer(`10.0.${i}.3`)],
  }))
  const height = heightFor([groups])
  const wide = reachOf(1000, { left: true, right: true })
  const { peers, labels } = radial(groups, { ...wide, height, way: 1 })
  const lines = [...peers, ...labels].map(({ y }) => y).sort((a, b) => a - b)
  expect(lines).toHaveLength(40)
  for (const [i, y] of lines.entries()) if (i > 0) expect(y - lines[i - 1]!).toBeGreaterThanOrEqual(16)
  expect(lines[0]).toBeGreaterThanOrEqual(8)
  expect(lines.at(-1)).toBeLessThanOrEqual(height - 8)
  for (const { x } of peers) expect(x).toBeGreaterThan(500)
  expect(radial(groups, { ...wide, height, way: -1 }).peers.every(({ x }) => x < 500)).toBe(true)
})

it('stands at the edge if nobody is on that side, with all of the room for the other', () => {
  const [to, from] = [reachOf(340, { left: false, right: true }), reachOf(340, { left: true, right: false })]
  expect(to.middle).toBeLessThan(80)
  expect(from.middle).toBeGreaterThan(260)
  // Room for an IPv6 address of usual length.
  for (const { room } of [to, from]) expect(room).toBeGreaterThan(23 * 6.7)
  expect(reachOf(640, { left: true, right: true })).toEqual({ middle: 320, reach: 160, room: 148 })
})

it('groups peers inside, of the platform, and of the internet by their context', () => {
  const node = (column: number, value: string, tuples: number, other = false) => ({
    ...{ id: other ? `${column}` : `${column}:${value}`, column, value, other },
    ...SUMS,
    tuples,
  })
  const nodes = [
    ...[node(0, 'none', 9), node(0, 'Example Org', 7)],
    ...[node(1, '203.0.113.1', 4), node(1, '203.0.113.2', 3), node(1, '10.0.0.5', 5), node(1, '168.63.129.16', 2), node(1, '8.8.8.8', 1)],
    node(1, 'other', 1, true),
  ]
  const told: Readonly<Record<string, string>> = {
    '1:203.0.113.1': '0:Example Org',
    '1:203.0.113.2': '0:Example Org',
    '1': '0:Example Org',
  }
  const links = nodes.filter(({ column }) => column === 1).map(({ id }) => ({ from: told[id] ?? '0:none', to: id, ...SUMS }))
  const groups = groupsOf({ nodes, links } as unknown as PathsAnswer, 'tuples')
  expect(groups.map(({ name, peers }) => [name, peers.map(({ address }) => address)])).toEqual([
    ['inside', ['10.0.0.5']],
    ['platform', ['168.63.129.16']],
    ['Example Org', ['203.0.113.1', '203.0.113.2']],
    ['internet', ['8.8.8.8']],
    ['others', [null]],
  ])
})
