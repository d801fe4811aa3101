import type { Locator, Page } from '@playwright/test'
import { INCIDENT } from '../scripts/demo/traffic/incident'
import { expect, SPEC, test } from './apps'
import { expectLinkKey, filterInput, grid, panel, untilRead } from './desk'

const { intruder, jump, drop } = INCIDENT
const at = INCIDENT.at(SPEC.now)
const second = (time: number) => `${new Date(time).toISOString().slice(0, 19)}Z`

/** Presses Tab until it stands on the target, as one does who has no mouse. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible()
  for (let presses = 0; presses < 120; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error('120 presses of Tab did not reach it')
}

/** Types a range where `t` leads. */
async function typeRange(page: Page, text: string): Promise<void> {
  await page.keyboard.press('t')
  await expect(page.getByRole('textbox', { name: 'Range' })).toBeFocused()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type(text)
  await page.keyboard.press('Enter')
  // What is pressed before that would still go to the field.
  await expect(page.getByRole('textbox', { name: 'Range' })).toHaveCount(0)
  await expect(page.locator('button:focus')).toHaveCount(1)
}

/** Types a filter where `/` leads. */
async function typeFilter(page: Page, text: string): Promise<void> {
  await page.keyboard.press('/')
  await expect(filterInput(page)).toBeFocused()
  await page.keyboard.type(text)
  await page.keyboard.press('Escape')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await expect(filterInput(page)).not.toBeFocused()
}

test.describe('the incident', () => {
  test.use({ permissions: ['clipboard-read', 'clipboard-write'] })

  test('is found and handed over with the keyboard alone', async ({ page, demo, context }) => {
    await page.goto(demo.url)
    await tabTo(page, panel(page, 'Totals').getByRole('link', { name: intruder }))
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { level: 1, name: intruder })).toBeVisible()
    const letIn = page.getByRole('region', { name: 'Denied, then allowed' })
    await expect(letIn).toContainText(`then allowed to ${jump}`)
    await expect(letIn).toContainText('3389 rdp by rule AllowRdpVendor')

    await page.keyboard.press('g')
    await page.keyboard.press('r')
    await expect(page.getByRole('heading', { level: 1, name: 'Rules' })).toBeAttached()
    const rule = page.getByRole('link', { name: 'AllowRdpVendor' })
    await expect(rule).toBeVisible()
    for (let rows = 0; rows < 40 && !(await rule.evaluate((link) => link === document.activeElement)); rows++)
      await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    const details = page.getByRole('complementary', { name: 'Open rule' })
    await expect(details).toContainText('Narrowest covering set')
    await expect(details).toContainText(intruder)

    await page.keyboard.press('g')
    await page.keyboard.press('e')
    await expect(page.getByRole('heading', { level: 1, name: 'Explorer' })).toBeAttached()
    await typeRange(page, `${second(at.ruleChange)}..${second(SPEC.now)}`)
    await expectLinkKey(page, 'from', second(at.ruleChange))
    await typeFilter(page, `src:${jump} dir:out not dst:10.0.0.0/8 bytes>100000000`)
    await expect(grid(page)).toContainText(drop)
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('complementary', { name: 'Open tuple' })).toContainText('AllowInternetOutBound')
    await page.keyboard.press('Escape')

    await untilRead(page)
    const rows = await grid(page).getAttribute('aria-rowcount')
    expect(Number(rows)).toBeGreaterThan(5)
    await page.keyboard.press('c')
    await expect(page.getByText(/^Link copied/)).toBeVisible()
    const link = await page.evaluate(() => navigator.clipboard.readText())
    const colleague = await context.newPage()
    await colleague.goto(link)
    await expect(grid(colleague)).toHaveAttribute('aria-rowcount', rows!)
    await expect(grid(colleague)).toContainText(drop)
  })

  test('is told in six first steps', async ({ page, demo }) => {
    await page.goto(demo.url)
    await page.getByRole('button', { name: 'First steps' }).click()
    const strip = page.getByRole('complementary', { name: 'First steps' })
    const next = (name: string) => strip.getByRole('link', { name }).click()
    await expect(strip).toContainText(`${intruder} is the last one that was allowed later: RDP, port 3389`)
    await next('What did it try?')
    await expect(page.getByRole('heading', { level: 1, name: intruder })).toBeVisible()
    await next('Which rule allowed it?')
    await expect(strip).toContainText('AllowRdpVendor')
    await expect(page.getByRole('complementary', { name: 'Open rule' })).toContainText(intruder)
    await next('What did the machine do then?')
    await expect(page.getByRole('heading', { level: 1, name: jump })).toBeVisible()
    await next('What left the network?')
    await expect(strip).toContainText(drop)
    await expect(panel(page, 'Talkers').getByRole('row').nth(1)).toContainText(drop)
    await next('Hand it over')
    await expect(grid(page)).toContainText(drop)
    await strip.getByRole('link', { name: 'Back' }).click()
    await expect(strip).toContainText('5 of 6')
    await next('Hand it over')
    await strip.getByRole('button', { name: 'Done' }).click()
    await expect(strip).toHaveCount(0)
    await expectLinkKey(page, 'step', null)
    await expectLinkKey(page, 'q', `src:${jump} dst:${drop}`)
  })

  test('is not told if no denied source was allowed later', async ({ page, demo }) => {
    await page.route('**/api/scans?*', async (route) => {
      const response = await route.fetch()
      const answer = await response.json()
      await route.fulfill({ response, json: { ...answer, rows: answer.rows.map((scan: object) => ({ ...scan, allowed: null })) } })
    })
    await page.goto(`${demo.url}/?step=1`)
    const strip = page.getByRole('complementary', { name: 'First steps' })
    await expect(strip).toContainText('Nothing to follow')
    await strip.getByRole('button', { name: 'Leave the first steps' }).click()
    await expect(strip).toHaveCount(0)
    await expectLinkKey(page, 'step', null)
    await page.unrouteAll({ behavior: 'wait' })
  })
})
