import { screen, within } from '@testing-library/react'
import { expect, it } from 'vitest'
import { copied } from '@/components/test/copied'
import { open } from '@/components/test/page'
import { DetailsPorts } from './details-list'

it('is sorted by any column, and exported', async () => {
  const port = (dport: number, tuples: number, hour: string) => ({
    ...{ dport, tuples, proto: 'tcp', sources: 1 },
    ...{ first: `2026-08-12T${hour}:00:00Z`, last: '2026-08-13T12:00:00Z' },
  })
  const rows = [port(443, 9, '16'), port(3389, 7, '15'), port(80, 2, '17')]
  const { user } = open(<DetailsPorts ports={{ total: 5, rows, cover: [] }} />)
  const table = within(screen.getByRole('table', { name: 'Ports' }))
  const order = () => table.getAllByRole('rowheader').map((head) => Number.parseInt(head.textContent, 10))
  expect(order()).toEqual([443, 3389, 80])
  for (const [head, expected] of [
    ['port', [80, 443, 3389]],
    [/^first/, [80, 443, 3389]],
    ['tuples', [443, 3389, 80]],
  ] as const) {
    await user.click(table.getByRole('button', { name: head }))
    expect(order()).toEqual(expected)
  }
  expect((await copied(user, 'ports'))[1]).toMatch(/^443,9,tcp,/)
  expect(screen.getByText('Copied 3 rows of 5 of ports')).toBeVisible()
})
