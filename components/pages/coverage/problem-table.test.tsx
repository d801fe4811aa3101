import { screen, within } from '@testing-library/react'
import { expect, it } from 'vitest'
import { BASIS, WHOLE } from '@/components/test/answers'
import { copied } from '@/components/test/copied'
import { open } from '@/components/test/page'
import type { CoverageProblem } from '@/lib/flow/answer/answer'
import { CoveragePage } from './coverage-page'

const problem = (message: string, count: number, offset: number | null): CoverageProblem => ({
  ...{ kind: 'tuple', source: 'demo', blob: `${message}.json`, sample: null },
  ...{ reason: 'time', message, count, bytes: 0, offset },
})
const PROBLEMS = [problem('no time', 3, 900), problem('bad port', 9, 20), problem('cut short', 1, null)]
const CELL = { log: 'nsg-1', mac: '00224871C205', hour: '2026-08-12T15:00:00Z', state: 'read' as const, tuples: 1, bytes: 1, counted: 1 }

it('sorts problems by any column, and exports them and the hours', async () => {
  const hour = { first: CELL.hour, last: CELL.hour, flushed: CELL.hour, rejected: 0, blob: 'b', etag: 'e' }
  const { user } = open(<CoveragePage />, {
    at: '/coverage',
    routes: { coverage: { ...BASIS, coverage: { ...WHOLE, problems: PROBLEMS }, cells: [{ ...CELL, ...hour }], others: [] } },
  })
  const table = within(await within(await screen.findByRole('region', { name: 'Problems' })).findByRole('table'))
  const order = () =>
    table
      .getAllByRole('row')
      .slice(1)
      .map((row) => within(row).getAllByRole('cell')[1]!.textContent)
  for (const [head, expected] of [
    ['reason', ['bad port', 'cut short', 'no time']],
    ['count', ['bad port', 'no time', 'cut short']],
    ['where', ['bad port', 'cut short', 'no time']],
    ['first at byte', ['no time', 'bad port', 'cut short']],
  ] as const) {
    await user.click(table.getByRole('button', { name: head }))
    expect(order()).toEqual(expected)
  }
  expect(await copied(user, 'problems')).toHaveLength(4)
  expect((await copied(user, 'hours'))[0]).toMatch(/^log,mac,hour,state,/)
})
