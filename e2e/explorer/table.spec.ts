import type { Page } from '@playwright/test'
import { parse } from 'csv-parse/sync'
import { INCIDENT } from '../../scripts/demo/traffic/incident'
import { expect, test } from '../world/apps'
import { ask, expectLinkKey, filterInput, grid, linkKey, row, scrollToRow, untilRead } from '../world/desk'

interface Tuples {
  total: number
  rows: Record<string, unknown>[]
}

const column = (page: Page, name: string) => grid(page).getByRole('columnheader', { name })
const box = (page: Page, name: string) => page.getByRole('dialog', { name: 'Columns' }).getByRole('checkbox', { name, exact: true })
const clipboard = (page: Page) => page.evaluate(() => navigator.clipboard.readText())

test.describe('columns', () => {
  test('are reordered, pinned and reset by keyboard alone', async ({ page, demo }) => {
    await page.goto(`${demo.url}/explorer`)
    await expect(row(page, 0)).toBeVisible()
    await page.getByRole('button', { name: /^Columns/ }).focus()
    await page.keyboard.press('Enter')
    await box(page, 'Direction').focus()
    await page.keyboard.press('Alt+ArrowUp')
    await expectLinkKey(page, 'cols', /^dir,time,src,/)
    await expect(box(page, 'Direction')).toBeFocused()
    await page.getByRole('button', { name: 'Move Direction down' }).focus()
    await page.keyboard.press('Enter')
    await expectLinkKey(page, 'cols', null)
    await expect(page.getByRole('button', { name: 'Move Direction down' })).toBeFocused()
    await page.getByRole('button', { name: 'Pin Rule' }).focus()
    await page.keyboard.press('Enter')
    await expectLinkKey(page, 'pins', 'rule')
    await page.getByRole('radio', { name: 'S', exact: true }).focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    await expectLinkKey(page, 'density', 'l')
    await expect(page.getByRole('radio', { name: 'L', exact: true })).toBeChecked()
    await page.keyboard.press('Escape')
    await page.reload()
    await expect(row(page, 0)).toBeVisible()
    expect((await row(page, 0).boundingBox())!.height).toBe(42)
    await page.getByRole('button', { name: /^Columns/ }).click()
    await page.getByRole('button', { name: 'Reset' }).focus()
    await page.keyboard.press('Enter')
    await expectLinkKey(page, 'pins', null)
  })

  test('that are pinned stay while the table is scrolled sideways', async ({ page, demo }) => {
    await page.setViewportSize({ width: 900, height: 700 })
    await page.goto(`${demo.url}/explorer?pins=dst,dport`)
    await expect(row(page, 0)).toBeVisible()
    const places = () => Promise.all(['Destination', 'Time'].map(async (name) => (await column(page, name).first().boundingBox())!.x))
    const [pinned, free] = (await places()) as [number, number]
    expect(pinned).toBeLessThan(free)
    await grid(page).evaluate((table) => table.parentElement!.scrollTo(200, 0))
    await expect.poll(async () => (await places())[1]).toBe(free - 200)
    expect((await places())[0]).toBe(pinned)
    expect((await row(page, 0).getByRole('gridcell').nth(1).boundingBox())!.x).toBe(pinned)
  })

  test('are dragged to another place', async ({ page, demo }) => {
    await page.goto(`${demo.url}/explorer?cols=time,src,dst,rule`)
    await page.getByRole('button', { name: /^Columns/ }).click()
    const item = (name: string) => page.getByRole('listitem').filter({ has: page.getByRole('checkbox', { name, exact: true }) })
    await item('Rule').dragTo(item('Time'))
    await expectLinkKey(page, 'cols', 'rule,time,src,dst')
    await expect(column(page, 'Rule')).toHaveAttribute('aria-colindex', '2')
  })

  test('sort one after the other, also by keyboard', async ({ page, demo }) => {
    const q = 'proto:udp'
    await page.goto(`${demo.url}/explorer?${new URLSearchParams({ q, cols: 'id,src,dport,bytesSent' })}`)
    await untilRead(page)
    await grid(page)
      .getByRole('button', { name: /^Source/ })
      .click()
    await expectLinkKey(page, 'sort', 'src')
    await grid(page)
      .getByRole('button', { name: /^Destination port/ })
      .focus()
    await page.keyboard.press('Shift+Enter')
    await expectLinkKey(page, 'sort', 'src,dport')
    await expect(column(page, 'Destination port')).toContainText('sorted by this as number 2')
    const { rows } = await ask<Tuples>(page, `${demo.url}/api/tuples?${new URLSearchParams({ q, sort: 'src,dport', limit: '1' })}`)
    await expect(row(page, 0)).toContainText(String(rows[0]!.id))
  })
})

test.describe('selected rows', () => {
  test.use({ permissions: ['clipboard-read', 'clipboard-write'] })

  test('are counted and copied as CSV and as JSON, also across pages', async ({ page, demo }) => {
    const [q, cols] = [`src:${INCIDENT.intruder} rule:UserRule_AllowRdpVendor`, 'id,time,rule,bytesSent']
    const { rows } = await ask<Tuples>(page, `${demo.url}/api/tuples?${new URLSearchParams({ q, sort: 'time', limit: '1000' })}`)
    await page.goto(`${demo.url}/explorer?${new URLSearchParams({ q, cols, sort: 'time' })}`)
    await untilRead(page)
    await page.getByRole('checkbox', { name: 'Select row 3', exact: true }).click()
    await scrollToRow(page, 400)
    await page.getByRole('checkbox', { name: 'Select row 401', exact: true }).click({ modifiers: ['Shift'] })
    const selection = page.getByRole('region', { name: 'Selection' })
    await expect(selection).toContainText('399 selected')
    await expect(row(page, 400)).toHaveAttribute('aria-selected', 'true')
    await page.getByRole('checkbox', { name: 'Select row 401', exact: true }).click()
    await expect(selection).toContainText('398 selected')

    await selection.getByRole('button', { name: 'Copy as CSV' }).click()
    await expect(page.getByRole('status').filter({ hasText: 'Copied 398 rows as CSV' })).toBeVisible()
    const written = rows.slice(2, 400).sort((a, b) => (String(a.time) < String(b.time) ? -1 : a.time === b.time && a.id! < b.id! ? -1 : 1))
    const fields = cols.split(',')
    expect(parse(await clipboard(page))).toEqual([fields, ...written.map((tuple) => fields.map((field) => String(tuple[field] ?? '')))])
    await selection.getByRole('button', { name: 'Copy as JSON' }).click()
    await expect(page.getByRole('status').filter({ hasText: 'as JSON' })).toBeVisible()
    expect(JSON.parse(await clipboard(page))).toEqual(
      written.map((tuple) => Object.fromEntries(fields.map((field) => [field, tuple[field]]))),
    )

    await grid(page)
      .getByRole('button', { name: /^Bytes sent/ })
      .click()
    await expectLinkKey(page, 'sort', '-bytesSent')
    await expect(selection).toContainText('398 selected')
    await selection.getByRole('button', { name: 'Select none' }).click()
    await expect(selection).toHaveCount(0)
  })

  test('are walked, picked and opened by keyboard alone', async ({ page, demo }) => {
    await page.goto(`${demo.url}/explorer?${new URLSearchParams({ q: 'rule:UserRule_AllowRdpVendor' })}`)
    await untilRead(page)
    await expect(row(page, 0)).toBeVisible()
    await page.keyboard.press('j')
    await expect(row(page, 0)).toBeFocused()
    await page.keyboard.press('x')
    for (let times = 0; times < 3; times++) await page.keyboard.press('j')
    await expect(row(page, 3)).toBeFocused()
    await page.keyboard.press('X')
    await expect(page.getByRole('region', { name: 'Selection' })).toContainText('4 selected')
    await page.keyboard.press('Enter')
    const drawer = page.getByRole('complementary', { name: 'Open tuple' })
    await expect(drawer.getByRole('heading', { level: 2 })).toContainText('Allowed inbound by the rule AllowRdpVendor of')
    await expect(row(page, 3)).toHaveAttribute('aria-current', 'true')
    const opened = linkKey(page, 'row')
    await page.keyboard.press('k')
    await expect.poll(() => linkKey(page, 'row')).not.toBe(opened)
    await expect(row(page, 2)).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(drawer).toHaveCount(0)
    await expect(page.getByRole('region', { name: 'Selection' })).toContainText('4 selected')
    await page.keyboard.press('?')
    for (const does of ['row down', 'select the focused row', 'select all rows up to it'])
      await expect(page.getByRole('dialog').getByText(does, { exact: true })).toBeVisible()
  })
})

test.describe('values', () => {
  test('are listed with their tuples, included, excluded and folded', async ({ page, demo }) => {
    const q = 'action:deny dir:in'
    await page.goto(`${demo.url}/explorer?${new URLSearchParams({ q })}`)
    const facet = page.getByRole('complementary', { name: 'Values' }).getByRole('region', { name: 'Destination port' })
    const { total, rows } = await ask<{ total: number; rows: { value: string; tuples: number }[] }>(
      page,
      `${demo.url}/api/values?${new URLSearchParams({ q, field: 'dport', limit: '50' })}`,
    )
    expect(total).toBeGreaterThan(8)
    await expect(facet.getByRole('listitem')).toHaveCount(8)
    await expect(facet.getByRole('listitem').first()).toContainText(rows[0]!.tuples.toLocaleString('en'))
    await facet.getByRole('button', { name: `More values of Destination port, 8 of ${total} shown` }).click()
    await expect(facet.getByRole('listitem')).toHaveCount(Math.min(50, total))

    const link = (value: string) => facet.getByRole('link', { name: new RegExp(`^${value}\\b`) }).first()
    await link(rows[1]!.value).click({ modifiers: ['Alt'] })
    await expect(filterInput(page)).toHaveValue(`${q} not dport:${rows[1]!.value}`)
    await link(rows[0]!.value).click()
    await expect(filterInput(page)).toHaveValue(new RegExp(`dport:${rows[0]!.value}`))
    await expect(facet.getByRole('listitem')).toHaveCount(1)

    await facet.getByRole('button', { name: 'Destination port', exact: true }).click()
    await expect(facet.getByRole('listitem')).toHaveCount(0)
    await expectLinkKey(page, 'facets', 'action,dir,src,proto,rule,log')
    await page.reload()
    await expect(facet.getByRole('button', { name: 'Destination port', exact: true })).toHaveAttribute('aria-expanded', 'false')
  })

  test('are behind a button on a narrow screen', async ({ page, demo }) => {
    await page.setViewportSize({ width: 390, height: 800 })
    await page.goto(`${demo.url}/explorer?q=action:deny`)
    await expect(page.getByRole('complementary', { name: 'Values' })).toHaveCount(0)
    await page.getByRole('button', { name: 'Values' }).click()
    const sheet = page.getByRole('dialog', { name: 'Values' })
    await sheet.getByRole('region', { name: 'Direction' }).getByRole('link', { name: 'in', exact: true }).click()
    await expectLinkKey(page, 'q', 'action:deny dir:in')
    await page.keyboard.press('Escape')
    await expect(sheet).toHaveCount(0)
    await expect(filterInput(page)).toHaveValue('action:deny dir:in')
  })
})
