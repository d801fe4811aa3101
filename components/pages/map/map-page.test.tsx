import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, it } from 'vitest'
import { BASIS } from '@/components/test/answers'
import { copied } from '@/components/test/copied'
import { AskFigures, counters, FIGURES } from '@/components/test/counters'
import { linkKey, open } from '@/components/test/page'
import { asked } from '@/components/test/server'
import type { ContextAnswer } from '@/lib/flow/answer/traffic/context'
import type { PathsAnswer } from '@/lib/flow/answer/traffic/paths'
import { MapPage } from './map-page'

const sums = (allow: number, deny = 0, bytes = 0) => ({ tuples: allow + deny, flows: allow + deny, allow, deny, bytes, denyBytes: 0 })
const node = (column: number, value: string, ...figures: [allow: number, deny?: number, bytes?: number]) => ({
  id: `${column}:${value}`,
  column,
  value,
  other: false,
  ...sums(...figures),
})
const ANSWER: PathsAnswer = {
  ...BASIS,
  by: 'src.net,dport,dst.net',
  metric: 'tuples',
  total: sums(30, 70, 2048),
  values: [2, 3, 1],
  nodes: [
    node(0, 'public', 10, 70, 1024),
    node(0, 'private', 20, 0, 1024),
    node(1, '3389', 10, 70, 1024),
    { id: '1', column: 1, value: 'other', other: true, ...sums(20, 0, 1024) },
    node(2, 'private', 30, 70, 2048),
  ],
  links: [
    { from: '0:public', to: '1:3389', ...sums(10, 70, 1024) },
    { from: '0:private', to: '1', ...sums(20, 0, 1024) },
    { from: '1:3389', to: '2:private', ...sums(10, 70, 1024) },
    { from: '1', to: '2:private', ...sums(20, 0, 1024) },
  ],
}
const PLAN = { blobs: 9, bytes: 9000, cachedBlobs: 4, cachedBytes: 4000, estimateMs: 0, askAbove: 1_000_000 }
const CONTEXT: Partial<ContextAnswer> = { digest: '', sets: [], names: [] }
const MATRIX: PathsAnswer = {
  ...ANSWER,
  by: 'src.net,dst.net',
  values: [2, 2],
  nodes: [node(0, 'public', 10, 70), node(0, 'private', 20), node(1, 'private', 10, 70), node(1, 'azure', 20)],
  links: [
    { from: '0:public', to: '1:private', ...sums(10, 70) },
    { from: '0:private', to: '1:azure', ...sums(20) },
  ],
}

function page(at = '/map', answer: PathsAnswer = ANSWER, names: ContextAnswer['names'] = []) {
  return open(<MapPage />, {
    at,
    routes: { context: { ...CONTEXT, names }, paths: answer, plan: PLAN, logs: { logs: [] }, health: { sources: [] } as never },
  })
}

const hasAsked = (part: string) => waitFor(() => expect(asked.filter((one) => one.startsWith('paths?')).at(-1)).toContain(part))
const table = (name: string) => screen.findByRole('table', { name })

it('groups by networks without context, and by subnets with an inventory', async () => {
  const { unmount } = page()
  await hasAsked('by=src.net%2Cdport%2Cdst.net')
  unmount()
  page('/map', ANSWER, ['subnet'])
  await hasAsked('by=src.subnet%2Cdport%2Cdst.subnet')
})

it('lists each link and each node with its figures, its share and its denied part', async () => {
  page()
  const row = within(await table('Source network → destination port')).getByRole('row', { name: /public.*3389/ })
  expect(row).toHaveTextContent('80')
  expect(row).toHaveTextContent('80 %')
  expect(within(row).getByRole('img', { name: '10 tuples allowed, 70 denied' })).toBeVisible()
  expect(within(await table('Destination network')).getAllByRole('rowheader')).toHaveLength(1)
})

it('shows the highlighted part above the picture, also by focus', async () => {
  page()
  const links = await table('Source network → destination port')
  expect(screen.getByTestId('readout')).toHaveTextContent('everything')
  fireEvent.focus(within(links).getByRole('link', { name: /3389/ }))
  expect(screen.getByTestId('readout')).toHaveTextContent(/public → 3389 rdp.*80 tuples, 80 % of all.*10 tuples allowed.*70 tuples denied/)
})

it('includes a clicked part, also the rest of a column, and excludes it with alt', async () => {
  const { unmount } = page()
  fireEvent.click(within(await table('Destination port')).getByRole('link', { name: /3389/ }), { altKey: true })
  await waitFor(() => expect(linkKey('q')).toBe('not dport:3389'))
  unmount()
  const { user } = page()
  await user.click(within(await table('Destination port')).getByRole('link', { name: 'other' }))
  expect(linkKey('q')).toBe('not dport:3389')
  fireEvent.click(within(await table('Destination port')).getByRole('link', { name: /3389/ }))
  await waitFor(() => expect(linkKey('q')).toBe('dport:3389'))
})

it('sorts each of its tables by any column, and exports them', async () => {
  const { user } = page()
  const links = within(await table('Source network → destination port'))
  const first = () => within(links.getAllByRole('row')[1]!).getByRole('rowheader').textContent
  expect(first()).toContain('public')
  for (const [head, expected] of [
    ['source network', 'private'],
    ['tuples', 'public'],
    ['denied', 'public'],
  ] as const) {
    await user.click(links.getByRole('button', { name: head }))
    expect(first()).toContain(expected)
  }
  await user.click(links.getByRole('button', { name: 'share' }))
  await user.click(links.getByRole('button', { name: 'share' }))
  expect(first()).toContain('private')
  expect(links.getByRole('columnheader', { name: 'share' })).toHaveAttribute('aria-sort', 'ascending')
  const [head, line] = await copied(user, 'paths or values')
  expect(head).toMatch(/^from,value,to,target,tuples,/)
  expect(line).toMatch(/^src\.net,public,dport,3389,80,/)
})

it('says in the matrix too how many bytes are counted twice', async () => {
  open(
    <>
      <MapPage />
      <AskFigures />
    </>,
    {
      at: '/map?show=matrix&metric=bytes',
      routes: { ...FIGURES, context: CONTEXT, paths: MATRIX, plan: PLAN, logs: { logs: [] }, counters: counters({ repeated: 2048 }) },
    },
  )
  expect(await screen.findByText(/^2.00 KiB counted twice/)).toBeVisible()
})

it('opens a group to its inside', async () => {
  const { user } = page('/map', ANSWER, ['subnet'])
  await user.click(within(await table('Source network')).getByRole('button', { name: 'Open private' }))
  expect([linkKey('q'), linkKey('by')]).toEqual(['src.net:private', 'src.subnet,dport,dst.net'])
})

it('changes columns, metric and number, all in the link', async () => {
  const { user } = page()
  await table('Destination port')
  await user.selectOptions(screen.getByRole('combobox', { name: 'Column 2' }), 'rule')
  expect(linkKey('by')).toBe('src.net,rule,dst.net')
  await user.click(screen.getByRole('radio', { name: 'bytes' }))
  expect(linkKey('metric')).toBe('bytes')
  await user.selectOptions(screen.getByRole('combobox', { name: 'Values of each column' }), '50')
  expect(linkKey('limit')).toBe('50')
  await hasAsked('metric=bytes&limit=50')
})

it('is a matrix of the first by the last column, with empty cells without traffic', async () => {
  const { user } = page('/map?show=matrix', MATRIX)
  await hasAsked('by=src.net%2Cdst.net')
  const matrix = await table('Source network by Destination network')
  const cell = within(matrix).getByRole('link', { name: 'public → private: 10 tuples allowed, 70 tuples denied' })
  const cells = within(matrix).getAllByRole('cell')
  expect(cells).toHaveLength(4)
  expect(cells.filter(({ textContent }) => textContent === '')).toHaveLength(2)
  cell.focus()
  await user.keyboard('{ArrowDown}')
  expect(cell).toHaveFocus()
  await user.click(cell)
  expect(linkKey('q')).toBe('src.net:public dst.net:private')
})

it('marks cells of the matrix that are new since the baseline, and says how much of the baseline is known', async () => {
  const baseline = { from: '2024-08-05T13:00:00Z', to: '2024-08-12T13:00:00Z', complete: false, share: 0.5 }
  const [into, out] = MATRIX.links
  const { user, unmount } = page('/map?show=matrix', {
    ...MATRIX,
    links: [
      { ...into!, before: { allow: 0, deny: 12 } },
      { ...out!, before: { allow: 3, deny: 0 } },
    ],
    baseline,
  })
  await hasAsked('baseline=7d')
  const matrix = await table('Source network by Destination network')
  const cell = within(matrix).getByRole('link', { name: 'public → private: 10 tuples allowed, new, 70 tuples denied' })
  expect(within(cell).getAllByText('new')).toHaveLength(1)
  expect(within(matrix).getAllByText('new')).toHaveLength(1)
  expect(screen.getByText(/of which the logs cover 50 %/)).toBeVisible()
  expect(await screen.findByRole('button', { name: /5 blobs/ })).toBeVisible()
  await user.click(screen.getByRole('button', { name: /1 new cell/ }))
  await waitFor(() => expect(cell).toHaveFocus())
  await user.selectOptions(screen.getByRole('combobox', { name: 'compared with' }), 'nothing')
  expect(linkKey('baseline')).toBe('none')
  await waitFor(() => expect(asked.filter((one) => one.startsWith('paths?')).at(-1)).not.toContain('baseline'))
  unmount()
  page('/map?show=matrix', {
    ...MATRIX,
    links: MATRIX.links.map((link) => ({ ...link, before: { allow: 0, deny: 0 } })),
    baseline: { ...baseline, share: 0 },
  })
  expect(within(await table('Source network by Destination network')).queryByText('new')).toBeNull()
  expect(screen.getByText(/nothing can be called new/)).toBeVisible()
})
