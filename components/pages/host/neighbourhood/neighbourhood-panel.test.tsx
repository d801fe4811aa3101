import { screen } from '@testing-library/react'
import { expect, it, vi } from 'vitest'
import { BASIS } from '@/components/test/answers'
import { open } from '@/components/test/page'
import { NeighbourhoodPanel } from './neighbourhood-panel'

const SUMS = { tuples: 1, flows: 1, allow: 1, deny: 0, bytes: 0, denyBytes: 0 }

/** One peer, of the side that is asked for. */
function paths(asked: URLSearchParams) {
  const value = asked.get('by')!.startsWith('src') ? '10.0.0.9' : '10.0.0.5'
  const nodes = [0, 1].map((column) => ({ ...SUMS, id: `${column}`, column, value: column === 0 ? 'none' : value, other: false }))
  return { ...BASIS, nodes, links: [{ ...SUMS, from: '0', to: '1' }], values: [1, 1] }
}

function at(width: number) {
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(width)
  open(<NeighbourhoodPanel address="10.0.0.4" />, { at: '/host/10.0.0.4', routes: { paths } as object })
}

it('draws both sides beside each other where there is room', async () => {
  at(1000)
  expect(await screen.findByRole('group', { name: 'Neighbourhood of 10.0.0.4' })).toHaveAttribute('width', '976')
  expect(screen.getByText('1 host came to it, on the left')).toBeVisible()
})

it('draws them one below the other on a phone, so that neither is out of sight', async () => {
  at(364)
  for (const [side, peer] of [
    ['inbound', '10.0.0.9, in from it'],
    ['outbound', '10.0.0.5, out to it'],
  ] as const) {
    expect(await screen.findByRole('group', { name: `Neighbourhood of 10.0.0.4, ${side}` })).toHaveAttribute('width', '340')
    expect(screen.getByRole('link', { name: new RegExp(`^${peer}`) })).toBeVisible()
  }
  expect(screen.getByText('1 host came to it, above')).toBeVisible()
  expect(screen.getByText('it went to 1 host, below')).toBeVisible()
})
