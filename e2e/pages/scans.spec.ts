import type { Locator, Page } from '@playwright/test'
import type { ScansAnswer } from '@/lib/flow/answer/traffic/scans'
import type { TimelineAnswer } from '@/lib/flow/answer/traffic/timeline'
import type { TuplesAnswer } from '@/lib/flow/answer/tuples/tuples'
import { INCIDENT } from '../../scripts/demo/traffic/incident'
import { expect, test } from '../world/apps'
import { ask, expectLinkKey, filterInput, panel, row } from '../world/desk'

function list(page: Page): Locator {
  return page.getByRole('region', { name: 'Denied inbound sources' })
}

/** A row of the list, counted from 0. */
function scan(page: Page, index: number): Locator {
  return list(page)
    .getByRole('row')
    .nth(index + 1)
}

test.describe('scans', () => {
  test('list first the sources also allowed, when and by which rule', async ({ page, demo }) => {
    await page.goto(demo.url)
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Scans' }).click()
    const { rows, total } = await ask<ScansAnswer>(page, `${demo.url}/api/scans`)
    await expect(scan(page, 0).getByRole('link', { name: INCIDENT.intruder })).toBeVisible()
    await expect(scan(page, 0)).toContainText('brute force')
    const allowed = scan(page, 0).getByRole('link', { name: /allowed/ })
    await expect(allowed).toContainText('AllowRdpVendor')
    await expect(allowed).toContainText('3389')
    await expect(allowed).toContainText(`${rows[0]!.allowed!.tuples.toLocaleString('en')} tuples`)
    await expect(scan(page, 1)).toContainText('none')
    await expect(list(page)).toContainText(`${rows.length} shown of ${total.toLocaleString('en')} denied sources`)
    await expect(list(page)).toContainText('1 also allowed')
    await allowed.click()
    await expect(page).toHaveURL(/\/explorer\?/)
    await expect(row(page, 0)).toContainText(INCIDENT.intruder)
    await expect(filterInput(page)).toHaveValue(`src:${INCIDENT.intruder} dir:in action:allow`)
  })

  test('group sources by prefix', async ({ page, demo }) => {
    await page.goto(`${demo.url}/scans`)
    await list(page).getByRole('radio', { name: '/24, /64' }).click()
    await expectLinkKey(page, 'group', '24-64')
    await expect(scan(page, 0).getByRole('link', { name: '203.0.113.0/24' })).toBeVisible()
    await expect(scan(page, 0)).toContainText('AllowRdpVendor')
    await scan(page, 1).getByRole('link', { name: '/24' }).click()
    await expect(filterInput(page)).toHaveValue(/^src:[\d.]+\.0\/24$/)
    await expect(list(page).getByRole('row')).toHaveCount(2)
  })

  test('are classified by thresholds that the link keeps', async ({ page, demo }) => {
    await page.goto(`${demo.url}/scans`)
    await expect(scan(page, 0)).toContainText('brute force')
    await page.getByRole('button', { name: 'Thresholds' }).click()
    const form = page.getByRole('dialog', { name: 'Thresholds' })
    await expect(form).toContainText('20 attempts or more for each target and port')
    await form.getByRole('radio', { name: 'Sentinel' }).click()
    await expectLinkKey(page, 'thresholds', 'sentinel')
    await expect(form).toContainText('200 targets or more')
    await form.getByRole('spinbutton', { name: 'targets', exact: true }).fill('2')
    await form.getByRole('spinbutton', { name: 'attempts for each target and port' }).fill('99999')
    await form.getByRole('button', { name: 'Apply' }).click()
    await expectLinkKey(page, 'thresholds', '2/100/99999')
    await page.keyboard.press('Escape')
    await expect(scan(page, 0)).toContainText('probe')
    await page.reload()
    await expect(page.getByRole('button', { name: 'Thresholds 2/100/99999' })).toBeVisible()
    await scan(page, 0).getByRole('link', { name: 'probe' }).click()
    await expect(filterInput(page)).toHaveValue('scanner:probe@2/100/99999')
  })

  test('are hidden, except those also allowed, by a visible and removable term', async ({ page, demo }) => {
    await page.goto(`${demo.url}/scans`)
    await list(page).getByRole('link', { name: 'Hide scanners' }).click()
    await expect(filterInput(page)).toHaveValue('not scanner:kept-out')
    await expect(scan(page, 0).getByRole('link', { name: INCIDENT.intruder })).toBeVisible()
    await expect(scan(page, 1)).toContainText('probe')
    await expect(list(page).getByText('sweep', { exact: true })).toHaveCount(0)
    const all = await ask<TuplesAnswer>(page, `${demo.url}/api/tuples?limit=1`)
    const hidden = await ask<TuplesAnswer>(page, `${demo.url}/api/tuples?limit=1&q=scanner:kept-out`)
    expect(hidden.total).toBeGreaterThan(0)
    await expect(page.getByText(`${(all.total - hidden.total).toLocaleString('en')} of`)).toBeVisible()
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Overview' }).click()
    await expect(filterInput(page)).toHaveValue('not scanner:kept-out')
    await page.getByRole('link', { name: 'Remove not scanner:kept-out' }).click()
    await expect(filterInput(page)).toHaveValue('')
    await page.goto(`${demo.url}/scans?q=dir:in+not+scanner:kept-out`)
    await list(page).getByRole('link', { name: 'Show scanners' }).click()
    await expect(filterInput(page)).toHaveValue('dir:in')
  })

  test('are limited to those also allowed', async ({ page, demo }) => {
    await page.goto(`${demo.url}/scans?group=24`)
    await list(page).getByRole('link', { name: 'Only sources also allowed' }).click()
    await expectLinkKey(page, 'q', 'scanner:let-in@24')
    await expect(list(page).getByRole('row')).toHaveCount(2)
    await expect(scan(page, 0)).toContainText('allowed')
    await expect(list(page)).toContainText('1 shown of 1 denied source')
  })

  test('show more rows when asked, and say when there are none', async ({ page, demo }) => {
    await page.goto(`${demo.url}/scans`)
    await expect(list(page).getByRole('row')).toHaveCount(51)
    await list(page).getByRole('button', { name: 'Show 200' }).click()
    await expectLinkKey(page, 'limit', '200')
    await expect(list(page).getByRole('row')).toHaveCount(201)
    await page.goto(`${demo.url}/scans?q=dport:1+dport:2`)
    await expect(list(page)).toContainText('No denied sources')
    await list(page).getByRole('button', { name: 'Clear the filter' }).click()
    await expect(scan(page, 0).getByRole('link', { name: INCIDENT.intruder })).toBeVisible()
  })

  test('are a separate band in the timeline of the overview', async ({ page, demo }) => {
    await page.goto(demo.url)
    const { buckets } = await ask<TimelineAnswer>(page, `${demo.url}/api/timeline?noise=1`)
    const noise = buckets.reduce((sum, bucket) => sum + bucket.noise!.tuples, 0)
    const denied = buckets.reduce((sum, { deny }) => sum + deny.tuples, 0)
    expect(noise).toBeGreaterThan(0)
    expect(noise).toBeLessThan(denied)
    const legend = panel(page, 'Timeline').getByTitle(`${noise.toLocaleString('en')} tuples denied inbound that came from scanners`)
    await expect(legend).toContainText('of which scanning')
    await expect(panel(page, 'Timeline').getByRole('columnheader', { name: 'Of which scanning' })).toBeAttached()
    await legend.getByRole('link').click()
    await expect(list(page)).toBeVisible()
    const plain = await ask<TimelineAnswer>(page, `${demo.url}/api/timeline`)
    expect(plain.buckets[0]).not.toHaveProperty('noise')
  })
})
