import type { Page } from '@playwright/test'
import { expect, test } from '../world/apps'

function ground(page: Page): Promise<string> {
  return page.evaluate(() => getComputedStyle(document.body).backgroundColor)
}

test('switches between dark and light, and remembers it', async ({ page, demo }) => {
  await page.emulateMedia({ colorScheme: 'light' })
  await page.goto(demo.url)
  const light = await ground(page)
  await page.getByRole('button', { name: /^Theme:/ }).click()
  await expect.poll(() => ground(page)).not.toBe(light)
  const dark = await ground(page)
  await page.reload()
  expect(await ground(page)).toBe(dark)
  await page.getByRole('button', { name: 'Theme: dark. Change to light' }).click()
  await expect.poll(() => ground(page)).toBe(light)
})
