import { INCIDENT } from '../../scripts/demo/traffic/incident'
import { expect, SPEC, test } from '../world/apps'
import { applyFilter, ask, brush, expectLinkKey, filterInput, linkKey, panel, timeline, untilRead } from '../world/desk'

interface Timeline {
  view: { from: string; to: string; q: string }
  buckets: { t: number; allow: { tuples: number }; deny: { tuples: number } }[]
}

const at = INCIDENT.at(SPEC.now)

test.describe('overview', () => {
  test('shows the newest day that holds data, and the incident', async ({ page, demo }) => {
    await page.goto(demo.url)
    await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeAttached()
    const answer = await ask<Timeline>(page, `${demo.url}/api/timeline`)
    const tuples = answer.buckets.reduce((sum, { allow, deny }) => sum + allow.tuples + deny.tuples, 0)
    expect(answer.view.to).toBe('2026-08-13T15:00:00.000Z')
    await expect(panel(page, 'Totals').getByTitle(`${tuples.toLocaleString('en')} tuples`, { exact: true })).toBeVisible()
    await expect(page.getByText(`${tuples.toLocaleString('en')} of`)).toBeVisible()
    await expect(panel(page, 'Talkers').getByRole('row')).not.toHaveCount(0)
    const scans = await ask<{ total: number }>(page, `${demo.url}/api/scans?limit=1`)
    await expect(
      panel(page, 'Totals').getByTitle(`${scans.total.toLocaleString('en')} sources denied inbound`, { exact: true }),
    ).toBeVisible()
    const figure = panel(page, 'Totals').getByRole('status')
    await expect(figure).toContainText('Denied, then allowed')
    await expect(figure).toContainText('1')
    await expect(figure.getByRole('link', { name: INCIDENT.intruder })).toBeVisible()
    await expect(figure).toContainText('AllowRdpVendor')
  })

  test('lists rules with what they allowed and denied', async ({ page, demo }) => {
    await page.goto(demo.url)
    const rule = panel(page, 'Rules').getByRole('row').filter({ hasText: 'DMZ-NSG' }).filter({ hasText: 'DenyAllInBound' })
    await expect(rule).toHaveCount(1)
    await expect(rule.getByRole('img', { name: /^0 allowed, [\d,]+ denied tuples$/ })).toBeVisible()
  })

  test('zooms to a brushed range, and Back undoes it', async ({ page, demo }) => {
    await page.goto(demo.url)
    await untilRead(page)
    await expect(timeline(page)).toBeVisible()
    await brush(page, 0.5, 0.75)
    await expectLinkKey(page, 'from', /^2026-08-13T0[23]:/)
    await expectLinkKey(page, 'to', /^2026-08-13T0[89]:/)
    const narrowed = page.url()
    await expect(page.getByRole('button', { name: /^13 Aug 2026 0[23]:\d\d – 0[89]:\d\d UTC/ })).toBeVisible()
    expect(await page.evaluate(() => getSelection()?.toString())).toBe('')
    await brush(page, 0.9, 1)
    await expect.poll(() => page.url()).not.toBe(narrowed)
    const last = await ask<Timeline>(page, narrowed.replace('/?', '/api/timeline?'))
    expect(Date.parse(linkKey(page, 'to')!)).toBe(Date.parse(last.view.to))
    await page.goBack()
    await expect.poll(() => page.url()).toBe(narrowed)
    await page.goBack()
    await expectLinkKey(page, 'from', null)
  })

  test('includes a value by click and excludes it by alt-click', async ({ page, demo }) => {
    await page.goto(demo.url)
    await untilRead(page)
    const talker = panel(page, 'Talkers').getByRole('row').nth(1).getByRole('link').first()
    const address = (await talker.textContent())!
    await talker.click()
    await expect(filterInput(page)).toHaveValue(`src:${address}`)
    await expectLinkKey(page, 'q', `src:${address}`)
    await expect(panel(page, 'Talkers').getByRole('row')).toHaveCount(2)
    await expect(page.getByRole('list', { name: 'Terms of the filter' })).toContainText(address)
    await page.goBack()
    await expect(filterInput(page)).toHaveValue('')
    await panel(page, 'Talkers')
      .getByRole('link', { name: address, exact: true })
      .click({ modifiers: ['Alt'] })
    await expect(filterInput(page)).toHaveValue(/^(not |-)src:/)
    await expect(panel(page, 'Talkers').getByRole('link', { name: address, exact: true })).toHaveCount(0)
  })

  test('restores everything from a link', async ({ page, demo }) => {
    const from = new Date(at.logon).toISOString()
    const to = new Date(at.logoff).toISOString()
    const query = new URLSearchParams({ from, to, q: `src:${INCIDENT.jump} dir:out`, by: 'dst', metric: 'bytes' })
    await page.goto(`${demo.url}/?${query}`)
    await expect(filterInput(page)).toHaveValue(`src:${INCIDENT.jump} dir:out`)
    await expect(panel(page, 'Talkers').getByRole('radio', { name: 'bytes' })).toBeChecked()
    const talkers = panel(page, 'Talkers').getByRole('row')
    await expect(talkers.nth(1).getByRole('link').first()).toHaveText(INCIDENT.database)
    await expect(talkers.nth(2).getByRole('link').first()).toHaveText(INCIDENT.drop)
    await page.reload()
    await expect(talkers.nth(1).getByRole('link').first()).toHaveText(INCIDENT.database)
    await expectLinkKey(page, 'metric', 'bytes')
  })

  test('removes a term by its chip', async ({ page, demo }) => {
    await page.goto(demo.url)
    await applyFilter(page, 'action:deny dport:22')
    await page.getByRole('link', { name: 'Remove dport:22' }).click()
    await expect(filterInput(page)).toHaveValue('action:deny')
    await expectLinkKey(page, 'q', 'action:deny')
  })

  test('groups talkers by another field and ranks them by another measure', async ({ page, demo }) => {
    await page.goto(demo.url)
    await panel(page, 'Talkers').getByRole('radio', { name: 'bytes' }).click()
    await expectLinkKey(page, 'metric', 'bytes')
    await panel(page, 'Talkers').getByRole('radio', { name: 'port', exact: true }).click()
    await expectLinkKey(page, 'by', 'dport')
    const answer = await ask<{ rows: { key: string }[] }>(page, `${demo.url}/api/talkers?by=dport&metric=bytes`)
    await expect(panel(page, 'Talkers').getByRole('row').nth(1).getByRole('link').first()).toContainText(answer.rows[0]!.key)
  })
})
