import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { HOUR } from '../../lib/flow/time/bucket'
import { parsePath } from '../../lib/source/model/path'
import { INCIDENT } from '../../scripts/demo/traffic/incident'
import { expect, SPEC, test } from '../world/apps'
import { demoFolder } from '../world/demo-folder'
import { applyFilter, panel, untilRead } from '../world/desk'
import { startApp } from '../world/server'

/** What an analyst does by what the screen offers, each in at most five clicks; typing and looking cost none. */
const MOST = 5

const at = INCIDENT.at(SPEC.now)
const instant = (time: number) => new Date(time).toISOString()

/** Counts the clicks of a task. */
function hand() {
  let clicks = 0
  return {
    async click(target: Locator) {
      expect(++clicks).toBeLessThanOrEqual(MOST)
      await target.click()
    },
    async choose(list: Locator, option: string) {
      expect(++clicks).toBeLessThanOrEqual(MOST)
      await list.selectOption({ label: option })
    },
  }
}

const nav = (page: Page, name: string) => page.getByRole('link', { name, exact: true })

test('who got in, by which rule, and what it did next', async ({ page, demo }) => {
  const { click } = hand()
  await page.goto(demo.url)
  const tile = panel(page, 'Totals').getByRole('status')
  await expect(tile).toContainText(INCIDENT.intruder)
  await expect(tile).toContainText('by rule AllowRdpVendor')
  await click(tile.getByRole('link', { name: INCIDENT.intruder }))
  await expect(page.getByRole('region', { name: 'Denied, then allowed' })).toContainText(`then allowed to ${INCIDENT.jump}`)
  await click(page.getByRole('link', { name: `All about ${INCIDENT.jump}` }).first())
  const outbound = page.getByRole('region', { name: 'Outbound allowed' })
  await expect(outbound).toContainText(INCIDENT.drop)
  await expect(outbound).toContainText(INCIDENT.database)
})

test('the call that comes again and again', async ({ page, demo }) => {
  const { click } = hand()
  await page.goto(demo.url)
  await click(nav(page, 'Findings'))
  await expect(page.getByRole('main')).toContainText(INCIDENT.beacon)
})

test('the networks that tried RDP most, as CSV', async ({ page, demo }) => {
  const { click } = hand()
  await page.goto(demo.url)
  await untilRead(page)
  await applyFilter(page, 'action:deny dport:rdp')
  const talkers = panel(page, 'Talkers')
  await click(talkers.getByRole('radio', { name: 'network', exact: true }))
  await expect(talkers.getByRole('columnheader').first()).toContainText('source /24, /64')
  await click(talkers.getByRole('button', { name: /^Export/ }))
  const download = page.waitForEvent('download')
  await click(page.getByRole('button', { name: 'CSV file' }))
  const [head, ...rows] = (await readFile(await (await download).path(), 'utf8')).trim().split('\r\n')
  expect(head).toContain('tuples')
  expect(rows.length).toBeGreaterThanOrEqual(10)
  expect(rows[0]).toMatch(/^[\d.]+\/24|^[\da-f:]+\/64/)
})

test('which rules are too wide', async ({ page, demo }) => {
  const { click } = hand()
  await page.goto(demo.url)
  await click(nav(page, 'Rules'))
  await click(page.getByRole('radio', { name: 'ranking' }))
  await click(page.getByRole('table', { name: 'All rules' }).getByRole('link', { name: 'covers' }))
  await expect(page.getByRole('columnheader', { name: 'covers' })).toHaveAttribute('aria-sort', 'descending')
  await expect(page.getByRole('table', { name: 'All rules' }).getByRole('row').nth(1)).toContainText('DenyAllInBound')
})

test('what is new on a host', async ({ page, demo }) => {
  const { click } = hand()
  await page.goto(`${demo.url}/?from=${instant(at.logon)}&to=${instant(at.logoff)}&q=ip:${INCIDENT.jump}`)
  await click(panel(page, 'Talkers').getByRole('link', { name: `All about ${INCIDENT.jump}` }))
  const fresh = page.getByRole('region', { name: 'What is new' })
  await click(fresh.getByRole('radio', { name: 'period before' }))
  await expect(fresh).toContainText(INCIDENT.drop)
  await expect(fresh.getByText('new', { exact: true }).first()).toBeVisible()
})

test('hand over an investigation', async ({ page, demo }) => {
  const { click, choose } = hand()
  await page.goto(`${demo.url}/host/${INCIDENT.intruder}`)
  await untilRead(page)
  await click(page.getByRole('button', { name: /^Add to investigation/ }))
  const dialog = page.getByRole('dialog', { name: 'Add to investigation' })
  await choose(dialog.getByRole('combobox', { name: 'Investigation' }), 'New investigation')
  await dialog.getByRole('textbox', { name: 'Title' }).fill('Who got in')
  await click(dialog.getByRole('button', { name: 'Add', exact: true }))
  await click(page.getByRole('status').getByRole('link', { name: 'Who got in' }))
  const download = page.waitForEvent('download')
  await click(page.getByRole('link', { name: 'Export Markdown' }))
  expect(await readFile(await (await download).path(), 'utf8')).toContain('Who got in')
  // The app is shared by all tests.
  expect(
    (await page.request.delete(`${demo.url}/api/investigations/${new URL(page.url()).pathname.split('/').at(-1)}?version=1`)).ok(),
  ).toBe(true)
})

test('the two hours in which nothing was logged', async ({ page }) => {
  const { click } = hand()
  const { folder, remove } = await demoFolder()
  const silent = Math.floor(SPEC.now / HOUR) * HOUR - 8 * HOUR
  for (const name of await readdir(folder, { recursive: true })) {
    const hour = parsePath(name)?.hour ?? Number.NaN
    if (hour === silent || hour === silent + HOUR) await rm(join(folder, name))
  }
  const app = await startApp({ FLOWLENS_SOURCES: folder })
  try {
    await page.goto(app.url)
    await untilRead(page)
    await click(panel(page, 'Timeline').getByRole('button', { name: '2 hours without blobs' }))
    const clock = (time: number) => instant(time).slice(11, 16)
    await expect(page.getByRole('link', { name: `${clock(silent)} – ${clock(silent + 2 * HOUR)} UTC` })).toContainText(/(\d+) of \1 NICs/)
  } finally {
    await app.stop()
    await remove()
  }
})

test('print what is known of the intruder', async ({ page, demo }) => {
  const { click } = hand()
  await page.goto(demo.url)
  await click(panel(page, 'Totals').getByRole('status').getByRole('link', { name: INCIDENT.intruder }))
  const told = page.getByRole('region', { name: 'Denied, then allowed' })
  await expect(told).toContainText(`then allowed to ${INCIDENT.jump}`)
  await page.emulateMedia({ media: 'print' })
  await expect(told).toBeVisible()
  await expect(page.getByRole('search')).toBeHidden()
  await expect(page.getByRole('link', { name: 'Explorer', exact: true })).toBeHidden()
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true })

  test('read a tuple', async ({ page, demo }) => {
    const { click } = hand()
    await page.goto(`${demo.url}/explorer?q=src:${INCIDENT.intruder}`)
    const row = page.getByRole('grid', { name: 'Tuples' }).getByRole('row').first()
    await expect(row).toContainText(INCIDENT.intruder)
    await click(row.getByText(INCIDENT.intruder))
    await expect(page.getByRole('dialog')).toContainText('AllowRdpVendor')
  })
})
