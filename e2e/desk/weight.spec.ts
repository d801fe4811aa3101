import { gzipSync } from 'node:zlib'
import { expect, test } from '../world/apps'
import { ask, panel } from '../world/desk'

/** Maximum amount of JavaScript, compressed, that the overview may load before it works. Bytes. */
const MOST = 250_000

test('the overview needs little JavaScript, and shows its numbers before its chart', async ({ page, demo }) => {
  const response = await page.request.get(demo.url)
  const scripts = new Set(
    [...(await response.text()).matchAll(/(?:src|href)="(\/_next\/static\/[^"]+\.js)"(?! noModule)/g)].map(([, path]) => path!),
  )
  expect(scripts.size).toBeGreaterThan(3)
  const texts = await Promise.all([...scripts].map(async (path) => (await page.request.get(demo.url + path)).text()))
  const bytes = texts.reduce((sum, text) => sum + gzipSync(text).length, 0)
  expect(bytes).toBeLessThan(MOST)

  const chart = /recharts/
  expect(texts.filter((text) => chart.test(text))).toEqual([])
  let release = () => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  const late: string[] = []
  await page.route(/\/_next\/static\/.*\.js/, async (route) => {
    const { pathname } = new URL(route.request().url())
    if (!scripts.has(pathname)) {
      late.push(pathname)
      await held
    }
    await route.continue()
  })
  await page.goto(demo.url)
  const { total } = await ask<{ total: number }>(page, `${demo.url}/api/scans?limit=1`)
  await expect(panel(page, 'Totals').getByTitle(`${total.toLocaleString('en')} sources denied inbound`, { exact: true })).toBeVisible()
  expect(late.length).toBeGreaterThan(0)
  release()
  await expect(panel(page, 'Timeline').locator('svg.recharts-surface')).toBeVisible()
})
