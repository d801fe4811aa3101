import type { Locator, Page } from '@playwright/test'
import { INCIDENT } from '../../scripts/demo/traffic/incident'
import { expect, SPEC, test } from '../world/apps'
import { expectLinkKey, filterInput, grid, linkKey, panel, untilRead } from '../world/desk'

const { intruder, jump, drop } = INCIDENT
const at = INCIDENT.at(SPEC.now)
const second = (time: number) => `${new Date(time).toISOString().slice(0, 19)}Z`

/** Presses Tab until the target has the focus, like a person without a mouse. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible()
  for (let presses = 0; presses < 120; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error('120 presses of Tab did not reach it')
}

/** Opens the range with `t` and types. */
async function typeRange(page: Page, text: string): Promise<void> {
  await page.keyboard.press('t')
  await expect(page.getByRole('textbox', { name: 'Range' })).toBeFocused()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type(text)
  await page.keyboard.press('Enter')
  // Keys pressed before that would still go to the field.
  await expect(page.getByRole('textbox', { name: 'Range' })).toHaveCount(0)
  await expect(page.locator('button:focus')).toHaveCount(1)
}

/** Opens the filter with `/` and types. */
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

  test('is followed by the first steps', async ({ page, demo }) => {
    await page.goto(demo.url)
    await page.getByRole('button', { name: 'First steps' }).click()
    const strip = page.getByRole('complementary', { name: 'First steps' })
    const next = (name: string) => strip.getByRole('link', { name }).click()
    await expect(strip).toContainText(`the first is about ${jump}: ${intruder} was denied for 11 h`)
    await next('Who got in?')
    await expect(strip).toContainText('let in by AllowRdpVendor')
    await expect(grid(page)).toContainText(intruder)
    const count = Number(/ of (\d)/.exec((await strip.textContent()) ?? '')![1])
    const fetched: string[] = []
    for (let step = 3; step < count; step++) {
      await strip.getByRole('link').last().click()
      await expect(strip).toContainText(`${step} of ${count}`)
      if (linkKey(page, 'per') === 'flow')
        fetched.push((await page.getByRole('grid', { name: 'Flows' }).getByRole('row').nth(1).textContent()) ?? '')
    }
    expect(fetched).toEqual([expect.stringContaining(INCIDENT.database)])
    await expect(page.getByRole('heading', { level: 1, name: jump })).toBeVisible()
    await strip.getByRole('link', { name: 'Back' }).click()
    await next('What else did it do?')
    await next('Hand it over')
    await page.getByRole('region', { name: jump }).getByRole('button', { name: 'Start an investigation' }).click()
    await expect(page.getByRole('link', { name: 'Open the investigation' })).toBeVisible()
    await strip.getByRole('button', { name: 'Done' }).click()
    await expect(strip).toHaveCount(0)
    await expectLinkKey(page, 'step', null)
  })
})
