import { readFile } from 'node:fs/promises'
import type { FlowsAnswer } from '@/lib/flow/answer/tuples/flows'
import { expect, test } from '../world/apps'
import { ask, expectLinkKey, linkKey, untilRead } from '../world/desk'

test('flows are rows of the explorer: sorted by the server, paged, opened with their tuples, and exported', async ({ page, demo }) => {
  // Without a file picker, the browser downloads the file.
  await page.addInitScript(() => Reflect.deleteProperty(window, 'showSaveFilePicker'))
  await page.goto(`${demo.url}/explorer?q=dst:10.20.0.4`)
  await untilRead(page)
  await page.getByRole('radio', { name: 'Flows' }).click()
  await expectLinkKey(page, 'per', 'flow')
  const flows = page.getByRole('grid', { name: 'Flows' })
  const rowAt = (index: number) => flows.locator(`[aria-rowindex="${index + 2}"]`)
  await flows.getByRole('link', { name: 'Tuples' }).click()
  await expectLinkKey(page, 'order', '-tuples')
  const { rows, total } = await ask<FlowsAnswer>(page, `${demo.url}/api/flows?q=dst:10.20.0.4&sort=-tuples&limit=300`)
  expect(rows[0]!.tuples).toBeGreaterThan(2)
  await expect(flows).toHaveAttribute('aria-rowcount', String(total + 1))
  await expect(rowAt(0)).toContainText(`${rows[0]!.src}:${rows[0]!.sport}`)

  expect(total).toBeGreaterThan(300)
  await expect(async () => {
    await flows.evaluate((table) => table.parentElement!.scrollTo(0, 299 * 28))
    await expect(rowAt(299)).toContainText(rows[299]!.src, { timeout: 500 })
  }).toPass()
  await flows.evaluate((table) => table.parentElement!.scrollTo(0, 0))

  await rowAt(0)
    .getByText('10.20.0.4')
    .locator('xpath=ancestor::td')
    .click({ position: { x: 4, y: 4 } })
  await expectLinkKey(page, 'row', rows[0]!.id)
  const drawer = page.getByRole('complementary', { name: 'Open tuple' })
  await expect(drawer.getByText(`${rows[0]!.tuples} rows`)).toBeVisible()
  await page.keyboard.press('Escape')

  await page.getByRole('button', { name: 'Export' }).click()
  const dialog = page.getByRole('dialog', { name: 'Export rows' })
  const download = page.waitForEvent('download')
  await dialog.getByRole('button', { name: 'Export' }).click()
  const text = await readFile(await (await download).path(), 'utf8')
  expect(text.trim().split('\r\n')).toHaveLength(total + 1)

  await page.keyboard.press('Escape')
  await page.keyboard.press('v')
  await expect(page.getByRole('grid', { name: 'Tuples' })).toBeVisible()
  expect(linkKey(page, 'per')).toBeNull()
})
