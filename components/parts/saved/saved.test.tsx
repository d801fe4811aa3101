import { screen, within } from '@testing-library/react'
import { expect, it } from 'vitest'
import { FilterBar } from '@/components/parts/filter-bar/filter-bar'
import { BASIS } from '@/components/test/answers'
import { linkKey, open } from '@/components/test/page'
import { asked } from '@/components/test/server'
import type { SavedList, SavedView } from '@/lib/flow/answer/kept/saved'

const KEPT = { version: 1, shared: true, by: 'Ada', mine: true, made: BASIS.view.from, changed: BASIS.view.from }
const VIEW: SavedView = { ...KEPT, id: 'aaaaaaaa', name: 'RDP from outside', href: '/?q=dport%3A3389', initial: false }
const LIST: SavedList = { ...KEPT, id: 'bbbbbbbb', name: 'partners', values: ['192.0.2.1', '192.0.2.2'] }

function bar(view: Partial<SavedView>, at: string) {
  const routes = {
    timeline: { ...BASIS, bucketMs: 60_000, buckets: [] },
    views: { views: [{ ...VIEW, ...view }], problems: [] },
    lists: { lists: [LIST], problems: [] },
  }
  return open(<FilterBar />, { at, routes: routes as never })
}

it('lists saved views with who saved them, opens one, and saves the current one', async () => {
  const { user } = bar({}, '/?q=dport:22')
  await user.click(await screen.findByRole('button', { name: 'Pin dport:22' }))
  await user.click(screen.getByRole('button', { name: /Saved views and lists/ }))
  const dialog = within(await screen.findByRole('dialog', { name: 'Saved' }))
  const item = within(await dialog.findByRole('listitem'))
  expect(item.getByText('Ada')).toBeVisible()
  expect(item.getByRole('link', { name: 'RDP from outside' })).toHaveAttribute('href', '/?q=dport:3389+dport:22')
  expect(item.getByRole('button', { name: 'Open the page with RDP from outside' })).toBeVisible()
  await user.type(dialog.getByRole('textbox', { name: 'Save this view as' }), 'Mine')
  await user.click(dialog.getByRole('checkbox', { name: 'Overview opens with it' }))
  await user.click(dialog.getByRole('button', { name: 'Save' }))
  expect(asked.filter((one) => one.startsWith('views')).length).toBeGreaterThan(1)
  sessionStorage.clear()
})

it('opens a page with its default view, unless the link says what to show', async () => {
  bar({ initial: true }, '/')
  expect(await screen.findByText('3389')).toBeVisible()
  expect(linkKey('q')).toBe('dport:3389')
})

it('lists saved lists of values, to be changed, and completes their names', async () => {
  const { user } = bar({}, '/?q=dport:22')
  await user.click(screen.getByRole('button', { name: /Saved views and lists/ }))
  const dialog = within(await screen.findByRole('dialog', { name: 'Saved' }))
  await user.click(dialog.getByRole('radio', { name: 'Lists of values' }))
  expect(await dialog.findByText('$partners')).toBeVisible()
  await user.click(dialog.getByRole('button', { name: 'Change $partners' }))
  expect(dialog.getByRole('textbox', { name: /Values/ })).toHaveValue('192.0.2.1\n192.0.2.2')
  await user.keyboard('{Escape}')
  const input = screen.getByRole('combobox', { name: /filter/i })
  await user.clear(input)
  await user.type(input, 'src:$pa')
  await user.click(await screen.findByRole('option', { name: /\$partners/ }))
  expect(input).toHaveValue('src:$partners')
})
