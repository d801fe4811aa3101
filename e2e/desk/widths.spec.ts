import type { Page } from '@playwright/test'
import { expect, test } from '../world/apps'
import { panel, untilRead } from '../world/desk'

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

const HOURS = 'from=2026-08-13T10:00:00Z&to=2026-08-13T12:00:00Z'

for (const width of [390, 1440])
  test.describe(`at ${width} pixels`, () => {
    test.use({ viewport: { width, height: 900 } })

    for (const [what, keys] of [
      ['the previous period', 'prev=1'],
      ['a baseline', 'base=7d'],
    ] as const)
      test(`no figure and no address is cut beside ${what}`, async ({ page, known }) => {
        // Both need what lies before the range.
        await page.goto(`${known.url}/?from=2026-08-12T10:00:00Z&to=2026-08-13T12:00:00Z`)
        await untilRead(page)
        await page.goto(`${known.url}/?${HOURS}&${keys}`)
        await untilRead(page)
        await expect(panel(page, 'Talkers').getByRole('row')).toHaveCount(12)
        if (keys === 'prev=1') await expect(panel(page, 'Timeline')).toContainText('previous period, the line')
        else
          await expect(
            panel(page, 'Talkers')
              .getByTitle(/in the baseline$/)
              .first(),
          ).toBeVisible()
        expect(await cutIn(page, '[aria-label=Totals] .data, [aria-label=Totals] p')).toEqual([])
        expect(await cutIn(page, 'tbody th[scope=row] a.data')).toEqual([])
      })

    test('of a name beside an address, a few letters are seen or none', async ({ page, known }) => {
      await page.goto(`${known.url}/explorer?${HOURS}`)
      await untilRead(page)
      const names = page.locator('main .truncate').filter({ has: page.locator('xpath=self::span[following-sibling::abbr]') })
      await expect(page.locator('main abbr').first()).toBeAttached()
      const widths = await names.evaluateAll((all) =>
        all
          .filter((name) => name.getBoundingClientRect().top < name.parentElement!.getBoundingClientRect().bottom - 1)
          .map((name) => Math.min(name.getBoundingClientRect().width, name.scrollWidth)),
      )
      expect(widths.filter((one) => one < 24)).toEqual([])
    })
  })

test('the small chart of a figure leaves its name and its button free', async ({ page, demo }) => {
  await page.goto(demo.url)
  await untilRead(page)
  for (const name of ['Tuples', 'Bytes, both directions']) {
    const heading = page.getByRole('region', { name: 'Totals' }).getByRole('heading', { name, exact: true })
    const figure = heading.locator('xpath=../..')
    const chart = (await figure.locator('svg[preserveAspectRatio]').boundingBox())!
    expect(chart.width).toBeGreaterThan(50)
    for (const part of [heading, figure.getByRole('button').first().locator('svg')]) {
      const box = (await part.boundingBox())!
      expect(box.y + box.height <= chart.y || box.x + box.width <= chart.x).toBe(true)
    }
  }
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
