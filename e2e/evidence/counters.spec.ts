import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { CountersAnswer } from '@/lib/flow/answer/traffic/counters'
import { expect, test } from '../world/apps'
import { ask, expectLinkKey, linkKey, panel } from '../world/desk'
import { startApp, temporaryFolder } from '../world/server'

const count = (n: number) => n.toLocaleString('en')

/** A VNet flow that the platform ended and restarted within the same millisecond. */
function recreated(at: number): string {
  const tuple = (t: number, rest: string) => `${t},10.30.1.4,203.0.113.9,56001,443,6,O,${rest}`
  const flowTuples = [
    tuple(at, 'B,NX,0,0,0,0'),
    tuple(at + 4000, 'E,NX,8,4096,9,6144'),
    tuple(at + 4000, 'B,NX,0,0,0,0'),
    tuple(at + 9000, 'E,NX,10,4204,10,6198'),
  ]
  const record = {
    time: new Date(at + 30_000).toISOString(),
    flowLogVersion: 4,
    macAddress: '002248A0B0C0',
    category: 'FlowLogFlowEvent',
    flowLogResourceID: '/SUBSCRIPTIONS/S/RESOURCEGROUPS/R/PROVIDERS/MICROSOFT.NETWORK/NETWORKWATCHERS/W/FLOWLOGS/AGAIN',
    flowRecords: { flows: [{ aclID: 'a', flowGroups: [{ rule: 'DefaultRule_AllowInternetOutBound', flowTuples }] }] },
  }
  return JSON.stringify({ records: [record] })
}

test.describe('counters', () => {
  test('counts duplicate records, and leaves them out of every figure', async ({ page, demo }) => {
    const all = await ask<CountersAnswer>(page, `${demo.url}/api/counters`)
    expect(all.repeated.rows).toBeGreaterThan(0)
    await page.goto(demo.url)
    await expect(page.getByText(`Duplicate records: ${count(all.repeated.rows)} tuples`)).toBeVisible()
    await page.getByRole('link', { name: 'Deduplicate' }).first().click()
    await expectLinkKey(page, 'once', '1')
    await expect(page.getByText(`Deduplicated: ${count(all.repeated.rows)} duplicate tuples left out`)).toBeVisible()
    const left = count(all.tuples - all.repeated.rows)
    await expect(page.getByText(new RegExp(`^${left} of [\\d,]+ tuples$`))).toBeVisible()
    await page.getByRole('link', { name: 'Explorer' }).click()
    await expect(page.getByRole('grid', { name: 'Tuples' })).toHaveAttribute('aria-rowcount', String(all.tuples - all.repeated.rows + 1))
    await page.getByRole('link', { name: 'Count duplicates too' }).click()
    await expect(page.getByText(`Duplicate records: ${count(all.repeated.rows)} tuples`)).toBeVisible()
    expect(linkKey(page, 'once')).toBeNull()
  })

  test('explains each figure, also by keyboard', async ({ page, demo }) => {
    const all = await ask<CountersAnswer>(page, `${demo.url}/api/counters`)
    await page.goto(demo.url)
    await expect(panel(page, 'Totals').getByText(/^NSG .+ \+ VNet .+, not comparable$/)).toBeVisible()
    const button = page.getByRole('button', { name: 'What is counted: bytes' })
    await button.press('Enter')
    const told = page.getByRole('dialog', { name: 'What is counted' })
    await expect(told).toContainText(`Measured on ${count(all.measured)} of ${count(all.tuples)} tuples`)
    await expect(told).toContainText(`${count(all.unmeasured.v1)} NSG v1 rows`)
    await expect(told).toContainText('do not compare')
    await page.keyboard.press('Escape')
    await expect(told).toHaveCount(0)
    await expect(button).toBeFocused()
  })

  test('shows the documented sum of a re-created flow, and the corrected one beside it', async ({ page }) => {
    const { folder, remove } = await temporaryFolder()
    await writeFile(path.join(folder, 'again.json'), recreated(Date.UTC(2026, 7, 13, 12)))
    const app = await startApp({ FLOWLENS_SOURCES: folder })
    try {
      await page.goto(app.url)
      const totals = panel(page, 'Totals')
      await expect(totals.getByText('20.2 KiB', { exact: true })).toBeVisible()
      await expect(totals.getByText('corrected 10.2 KiB, 1 row')).toBeVisible()
      await expect(totals.getByText('all from VNet logs')).toBeVisible()
    } finally {
      await app.stop()
      await remove()
    }
  })

  test('a count that fails says so, and is requested again', async ({ page, demo }) => {
    await page.route('**/api/counters**', (route) => route.abort())
    // While the range is read, the page first requests a partial answer, and then the final one.
    const last = page.waitForEvent(
      'requestfailed',
      (request) => request.url().includes('/api/counters') && !request.url().includes('wait=0'),
    )
    await page.goto(demo.url)
    await last
    await expect(page.getByText('Duplicate records are not known')).toBeVisible()
    await page.unroute('**/api/counters**')
    await page.getByRole('button', { name: 'Try again' }).click()
    await expect(page.getByText(/^Duplicate records: /)).toBeVisible()
  })
})
