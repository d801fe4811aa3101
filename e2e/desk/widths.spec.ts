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
      if (shape === 'tuple') return
      await test.step('at 2,560 pixels', async () => {
        await page.setViewportSize({ width: 2560, height: 1300 })
        for (const column of ['End', 'Packets →', 'NICs'])
          await expect(page.getByRole('columnheader', { name: column, exact: true })).toBeInViewport()
      })
    })

  test('no name of a rule is cut in the ranking', async ({ page, demo }) => {
    await page.goto(`${demo.url}/rules?flat=1`)
    await untilRead(page)
    await expect(page.getByRole('table', { name: 'All rules' }).getByRole('row').nth(3)).toBeVisible()
    expect(await cutIn(page, '[aria-label="All rules"] th[scope=row] .truncate')).toEqual([])
  })
})

const HOURS = 'from=2026-08-13T10:00:00Z&to=2026-08-13T12:00:00Z'

/** The widest first: what is still drawn for it does not fit the next one, so that nothing passes before it is drawn anew. */
const WIDTHS = [1440, 390]

test('no figure and no address is cut beside the previous period, or beside a baseline', async ({ page, known }) => {
  // Both need what lies before the range.
  await page.goto(`${known.url}/?from=2026-08-12T10:00:00Z&to=2026-08-13T12:00:00Z`)
  await untilRead(page)
  for (const keys of ['prev=1', 'base=7d']) {
    await page.setViewportSize({ width: WIDTHS[0]!, height: 900 })
    await page.goto(`${known.url}/?${HOURS}&${keys}`)
    await untilRead(page)
    await expect(panel(page, 'Talkers').getByRole('row')).toHaveCount(12)
    for (const width of WIDTHS)
      await test.step(`${keys} at ${width} pixels`, async () => {
        await page.setViewportSize({ width, height: 900 })
        if (keys === 'prev=1') await expect(panel(page, 'Timeline')).toContainText('previous period, the line')
        else
          await expect(
            panel(page, 'Talkers')
              .getByTitle(/in the baseline$/)
              .first(),
          ).toBeVisible()
        for (const parts of ['[aria-label=Totals] .data, [aria-label=Totals] p', 'tbody th[scope=row] a.data'])
          await expect.poll(() => cutIn(page, parts), `${keys} at ${width} pixels`).toEqual([])
      })
  }
})

test('of a name beside an address, a few letters are seen or none', async ({ page, known }) => {
  await page.setViewportSize({ width: WIDTHS[0]!, height: 900 })
  await page.goto(`${known.url}/explorer?${HOURS}`)
  await untilRead(page)
  const names = page.locator('main .truncate').filter({ has: page.locator('xpath=self::span[following-sibling::abbr]') })
  const fewLetters = () =>
    names.evaluateAll((all) =>
      all
        .filter((name) => name.getBoundingClientRect().top < name.parentElement!.getBoundingClientRect().bottom - 1)
        .map((name) => Math.min(name.getBoundingClientRect().width, name.scrollWidth))
        .filter((width) => width < 24),
    )
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 })
    await expect(page.locator('main abbr').first()).toBeAttached()
    await expect.poll(fewLetters, `at ${width} pixels`).toEqual([])
  }
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
})
