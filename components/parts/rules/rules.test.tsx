import { screen, within } from '@testing-library/react'
import { expect, it } from 'vitest'
import { BASIS, ruleRow } from '@/components/test/answers'
import { copied } from '@/components/test/copied'
import { open } from '@/components/test/page'
import { Rules } from './rules'

it('are sorted by any column, and exported', async () => {
  const ROWS = [
    ruleRow({ last: '2026-08-13T14:00:00Z' }),
    ruleRow({ rule: 'DefaultRule_DenyAll', allow: 0, deny: 900, tuples: 900, sources: 700, ports: 1, last: '2026-08-13T13:00:00Z' }),
  ]
  const { user } = open(<Rules />, { routes: { rules: { ...BASIS, rows: ROWS } } })
  const table = within(await screen.findByRole('table'))
  const first = () => within(table.getAllByRole('rowheader')[0]!).getAllByRole('link')[0]!.textContent
  for (const [head, expected] of [
    [/^denied/, 'DenyAll'],
    [/^allowed$/, 'AllowWeb'],
    ['sources', 'DenyAll'],
    ['ports', 'AllowWeb'],
    ['rule', 'AllowWeb'],
    ['allowed, denied', 'AllowWeb'],
    [/^last hit/, 'AllowWeb'],
  ] as const) {
    await user.click(table.getByRole('button', { name: head }))
    expect(first(), String(head)).toBe(expected)
  }
  expect(await copied(user, 'rules')).toHaveLength(3)
})
