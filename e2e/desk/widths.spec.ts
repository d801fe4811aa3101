import type { Page } from '@playwright/test'
import { expect, test } from '../world/apps'
import { untilRead } from '../world/desk'

/** What an element cuts, to whole pixels. */
const cutIn = (page: Page, cells: string) =>
  page.locator(cells).evaluateAll((all) => all.filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.textContent))

test.describe('at 1,440 pixels', () => {
  for (const [shape, name] of [
    ['tuple', 'Tuples'],
    ['flow', 'Flows'],
  ] as const)
    test(`every column of ${shape}s is in sight, and no address or port is cut`, async ({ page, demo }) => {
      await page.goto(`${demo.url}/explorer?per=${shape}`)
      await untilRead(page)
      const grid = page.getByRole('grid', { name })
      await expect(grid.getByRole('row').nth(3)).toBeVisible()
      expect(await grid.evaluate((table) => table.parentElement!.scrollWidth - table.parentElement!.clientWidth)).toBe(0)
      const address = '[role=grid] tbody [data-field]'
      for (const field of ['src', 'dst', 'sport', 'dport']) {
        expect(await page.locator(`${address}[data-field=${field}]`).count()).toBeGreaterThan(3)
        expect(await cutIn(page, `[role=grid] td:has([data-field=${field}]), ${address}[data-field=${field}]`)).toEqual([])
      }
    })

  test('no name of a rule is cut in the ranking', async ({ page, demo }) => {
    await page.goto(`${demo.url}/rules?flat=1`)
    await untilRead(page)
    await expect(page.getByRole('table', { name: 'All rules' }).getByRole('row').nth(3)).toBeVisible()
    expect(await cutIn(page, '[aria-label="All rules"] th[scope=row] .truncate')).toEqual([])
  })
})

test.describe('at 2,560 pixels', () => {
  test.use({ viewport: { width: 2560, height: 1300 } })

  test('the hours of the coverage take the width', async ({ page, demo }) => {
    await page.goto(`${demo.url}/coverage`)
    await untilRead(page)
    const grid = page.getByRole('grid', { name: 'Hours by flow log and NIC' })
    await expect(grid).toBeVisible()
    const last = grid.getByRole('columnheader').last()
    await expect.poll(async () => (await last.boundingBox())!.x).toBeGreaterThan(2200)
  })

  test('every column of flows is shown', async ({ page, demo }) => {
    await page.goto(`${demo.url}/explorer?per=flow`)
    await untilRead(page)
    for (const name of ['End', 'Packets →', 'NICs']) await expect(page.getByRole('columnheader', { name, exact: true })).toBeInViewport()
  })
})
