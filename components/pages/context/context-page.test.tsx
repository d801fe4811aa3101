import { screen, within } from '@testing-library/react'
import { expect, it } from 'vitest'
import { open } from '@/components/test/page'
import type { ContextSet } from '@/lib/flow/answer/traffic/context'
import { ContextPage } from './context-page'

const set = (some: Partial<ContextSet>): ContextSet => ({
  id: some.file ?? 'a',
  file: 'a.csv',
  kind: 'country',
  name: 'a',
  entries: 3,
  refused: [],
  modified: '2026-08-12T14:37:00Z',
  sha256: 'ab'.repeat(32),
  about: 'ranges (CSV)',
  credit: null,
  ...some,
})

function page(sets: ContextSet[]) {
  return open(<ContextPage />, { at: '/context', routes: { context: { digest: sets.length === 0 ? '' : 'd', names: [], sets } } })
}

it('explains how to add files if there are none', async () => {
  page([])
  expect(await screen.findByText('No context files')).toBeVisible()
  expect(screen.getByText(/FLOWLENS_CONTEXT=/)).toBeVisible()
})

it('shows the entries of each file, and its rejected entries by line', async () => {
  page([set({ refused: [{ reason: 'no range of addresses', count: 1200, line: 7, sample: 'oops' }] })])
  const row = await screen.findByRole('row', { name: /a\.csv/ })
  expect(row).toHaveTextContent('countries')
  expect(row).toHaveTextContent('3 ranges')
  expect(row).toHaveTextContent('1,200 refused')
  expect(row).toHaveTextContent('no range of addresses, first in line 7: oops')
})

it('shows why a file could not be read, and the attribution of its data', async () => {
  page([
    set({ file: 'broken.json', kind: null, entries: 0, refused: [{ reason: 'it is no JSON', count: 1, line: 1, sample: null }] }),
    set({ file: 'geo.mmdb', credit: 'This product includes GeoLite2 data created by MaxMind' }),
  ])
  const row = await screen.findByRole('row', { name: /broken\.json/ })
  expect(row).toHaveTextContent('not read')
  expect(row).toHaveTextContent('it is no JSON')
  const credits = screen.getByRole('region', { name: 'Credits' })
  expect(within(credits).getByText(/GeoLite2/)).toBeVisible()
})
