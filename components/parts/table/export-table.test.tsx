import { screen } from '@testing-library/react'
import { expect, it, vi } from 'vitest'
import { open } from '@/components/test/page'
import { ExportTable } from './export-table'
import { columnsOf, flatRow, toCsv, toNdjson } from './sheet'

const ROWS = [
  { source: '=1', allowed: null, topPorts: [{ dport: 22, attempts: 3 }], spark: { allow: [1] } },
  { source: '203.0.113.7', allowed: { rule: 'Rdp', dport: 3389 }, topPorts: [] },
]

it('is copied as CSV with all rows, and reports their number', async () => {
  const { user } = open(<ExportTable sheets={[{ name: 'denied sources', total: 9, load: () => ROWS }]} />)
  const write = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue()
  await user.click(screen.getByRole('button', { name: 'Export denied sources' }))
  await user.click(await screen.findByRole('button', { name: 'Copy as CSV' }))
  expect(await screen.findByText('Copied 2 rows of 9 of denied sources')).toBeVisible()
  expect(write).toHaveBeenCalledWith("source,allowed,topPorts,allowed.rule,allowed.dport\r\n'=1,,22 3,,\r\n203.0.113.7,,,Rdp,3389\r\n")
})

it('offers the tables of a panel, and is absent without rows', async () => {
  const sheets = [
    { name: 'ports', total: 1, load: () => [] },
    { name: 'peers', total: 2, load: () => [] },
  ]
  const { user, rerender } = open(<ExportTable sheets={sheets} />)
  await user.click(screen.getByRole('button', { name: 'Export ports or peers' }))
  await user.click(await screen.findByRole('radio', { name: 'peers' }))
  expect(await screen.findByText('2 rows of peers')).toBeVisible()
  rerender(<ExportTable sheets={[{ name: 'ports', total: 0, load: () => [] }]} />)
  expect(screen.queryByRole('button', { name: 'Export ports' })).toBeNull()
})

it('flattens rows the same way for every format', async () => {
  expect(columnsOf(ROWS.map((row) => flatRow(row)))).toEqual(['source', 'allowed', 'topPorts', 'allowed.rule', 'allowed.dport'])
  expect(
    toNdjson(ROWS)
      .split('\n')
      .slice(0, 2)
      .map((line) => JSON.parse(line)),
  ).toEqual(ROWS.map((row) => flatRow(row)))
  expect(await toCsv([])).toBe('\r\n')
})
