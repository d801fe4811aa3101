import type { Locator, Page } from '@playwright/test'
import { INCIDENT } from '../../scripts/demo/traffic/incident'
import { expect, test } from '../world/apps'
import { ask, expectLinkKey, filterInput, grid, linkKey, panel, row, untilRead } from '../world/desk'

interface Values {
  total: number
  rows: { value: string; tuples: number }[]
}

const completions = (page: Page): Locator => page.getByRole('listbox', { name: 'Completions' })
const terms = (page: Page): Locator => page.getByRole('list', { name: 'Terms of the filter' })
const count = (n: number) => n.toLocaleString('en')

/** Expects the active option of the text field, as a screen reader finds it. */
async function expectActive(page: Page, name: string | RegExp): Promise<void> {
  await expect(page.getByRole('option', { selected: true })).toHaveText(name)
  const id = await page.getByRole('option', { selected: true }).getAttribute('id')
  await expect(filterInput(page)).toHaveAttribute('aria-activedescendant', id!)
}

test.describe('filter bar', () => {
  test('completes fields and values from the keyboard alone', async ({ page, demo }) => {
    await page.goto(demo.url)
    await untilRead(page)
    await page.keyboard.press('/')
    await expect(filterInput(page)).toBeFocused()
    await page.keyboard.type('rule:UserRule_AllowRdpVendor sr')
    await expect(completions(page).getByRole('option').first()).toHaveText(/^srcsource:/)
    await page.keyboard.press('ArrowDown')
    await expectActive(page, /^src/)
    await page.keyboard.press('Enter')
    await expect(filterInput(page)).toHaveValue('rule:UserRule_AllowRdpVendor src:')
    const query = new URLSearchParams({ q: 'rule:UserRule_AllowRdpVendor', field: 'src' })
    const { rows } = await ask<Values>(page, `${demo.url}/api/values?${query}`)
    await expect(completions(page).getByRole('option')).toHaveCount(rows.length)
    await expect(completions(page).getByRole('option', { name: INCIDENT.intruder })).toContainText(count(rows[0]!.tuples))
    await page.keyboard.press('ArrowDown')
    await expectActive(page, new RegExp(`^${INCIDENT.intruder}`))
    await page.keyboard.press('Enter')
    await expect(filterInput(page)).toHaveAttribute('aria-expanded', 'false')
    await expectLinkKey(page, 'q', null)
    await page.keyboard.press('Enter')
    await expectLinkKey(page, 'q', `rule:UserRule_AllowRdpVendor src:${INCIDENT.intruder}`)
  })

  test('keeps typed text while the page loads, and while the last filter is applied', async ({ page, demo }) => {
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    await page.route(/\/_next\/static\/.*\.js/, (route) => held.then(() => route.continue()))
    await page.goto(demo.url, { waitUntil: 'commit' })
    await filterInput(page).fill('dport:22')
    release()
    await expect(page.getByRole('button', { name: 'Clear the filter' })).toBeVisible()
    await expect(filterInput(page)).toHaveValue('dport:22')
    await filterInput(page).evaluate((field: HTMLInputElement) => {
      field.form!.requestSubmit()
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!.set!.call(field, 'dport:3389')
      field.dispatchEvent(new Event('input', { bubbles: true }))
    })
    await expectLinkKey(page, 'q', 'dport:22')
    await expect(page.getByRole('link', { name: 'Switch off dport:22' })).toBeVisible()
    await expect(filterInput(page)).toHaveValue('dport:3389')
  })
})

test.describe('chips', () => {
  test('do not exist for a link without a filter', async ({ page, demo }) => {
    await page.goto(`${demo.url}/?${new URLSearchParams({ q: 'action:deny', off: 'dport:99999' })}`)
    await expect(page.getByRole('status').filter({ hasText: 'not understood' })).toContainText('off')
    await expect(terms(page).getByRole('listitem')).toHaveCount(1)
  })
})

test.describe('menu of a value', () => {
  test('opens by right-click, and opens another tab', async ({ page, demo, context }) => {
    await page.goto(demo.url)
    const rule = panel(page, 'Rules').getByRole('link', { name: 'AllowRdpVendor' }).first()
    await rule.click({ button: 'right' })
    const menu = page.getByRole('menu', { name: 'Rule UserRule_AllowRdpVendor' })
    await expect(menu.getByRole('menuitem')).toHaveText(['Only this', 'Not this', 'Copy', 'Open in a new tab'])
    const opened = context.waitForEvent('page')
    await menu.getByRole('menuitem', { name: 'Open in a new tab' }).click()
    const tab = await opened
    await expect(filterInput(tab)).toHaveValue('rule:UserRule_AllowRdpVendor')
    await expectLinkKey(page, 'q', null)
  })
})

test.describe('keys', () => {
  test('include and exclude the focused value', async ({ page, demo }) => {
    /** Waits for the rows of the link's filter, which would otherwise take the focus away. */
    const listed = async () => {
      const query = new URLSearchParams({ q: linkKey(page, 'q')!, limit: '1' })
      const { total } = await ask<{ total: number }>(page, `${demo.url}/api/tuples?${query}`)
      await expect(grid(page)).toHaveAttribute('aria-rowcount', String(total + 1))
      await untilRead(page)
    }
    await page.goto(`${demo.url}/explorer?${new URLSearchParams({ q: `src:${INCIDENT.intruder}` })}`)
    await listed()
    await row(page, 0).focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('f')
    await expectLinkKey(page, 'q', /^src:\S+ \w+:\S+$/)
    await listed()
    await row(page, 0).focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Shift+F')
    await expectLinkKey(page, 'q', /^src:\S+ not \w+:\S+$/)
  })

  test('are all listed by ?, page keys on their own page', async ({ page, demo }) => {
    await page.goto(demo.url)
    await expect(panel(page, 'Talkers').getByRole('row')).not.toHaveCount(0)
    await page.keyboard.press('?')
    const help = page.getByRole('dialog', { name: /^Keys/ })
    for (const does of ['filter', 'time range', 'zoom out', 'explorer', 'complete', 'UTC or local time', 'drop the focused value'])
      await expect(help.getByRole('definition').filter({ hasText: does }).first()).toBeVisible()
    await expect(help).not.toContainText('row down')
    await page.keyboard.press('t')
    await expect(page.getByRole('dialog')).toHaveCount(1)
    await page.keyboard.press('Escape')
    await expect(help).toHaveCount(0)
    await page.keyboard.press('g')
    await page.keyboard.press('e')
    await expect(grid(page)).toBeVisible()
    await page.keyboard.press('?')
    await expect(help.getByRole('region', { name: 'Rows' })).toContainText('row down')
  })

  test('never act while a filter is typed', async ({ page, demo }) => {
    await page.goto(demo.url)
    await untilRead(page)
    await page.keyboard.press('/')
    await expect(filterInput(page)).toBeFocused()
    await page.keyboard.type('g e u t c ? / [')
    await expect(filterInput(page)).toHaveValue('g e u t c ? / [')
    await expect(page.getByRole('dialog')).toHaveCount(0)
    expect(new URL(page.url()).pathname).toBe('/')
    expect(linkKey(page, 'tz')).toBeNull()
  })
})
