import type { Locator, Page } from '@playwright/test'
import type { FlipsAnswer } from '@/lib/flow/answer/traffic/flips'
import { INCIDENT } from '../../scripts/demo/traffic/incident'
import { expect, SPEC, test } from '../world/apps'
import { ask, expectLinkKey, filterInput, grid, linkKey, panel, row } from '../world/desk'

function list(page: Page): Locator {
  return page.getByRole('region', { name: 'Denied and then allowed, or the reverse' })
}

test.describe('flips', () => {
  test('show the minute in which access opened, and the deciding rules', async ({ page, demo }) => {
    await page.goto(demo.url)
    await panel(page, 'Totals').getByRole('link', { name: 'Denied, then allowed' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Verdict changes' })).toBeAttached()
    const { rows, total } = await ask<FlipsAnswer>(page, `${demo.url}/api/flips`)
    const { opened, closed, ...key } = rows[0]!
    expect(key).toMatchObject({ src: INCIDENT.intruder, dst: INCIDENT.jump, dport: 3389, proto: 'tcp', dir: 'in', flips: 1 })
    expect(closed).toBeNull()
    const { ruleChange } = INCIDENT.at(SPEC.now)
    expect(Date.parse(opened!.at)).toBeGreaterThanOrEqual(ruleChange)
    expect(Date.parse(opened!.at)).toBeLessThan(ruleChange + 10 * 60_000)
    await expect(list(page)).toContainText(`${rows.length} shown of ${total} flow`)
    const flip = list(page).getByRole('row').nth(1)
    await expect(flip.getByRole('link', { name: INCIDENT.intruder })).toBeVisible()
    await expect(flip).toContainText(`${opened!.before.tuples.toLocaleString('en')} tuples in`)
    await expect(flip).toContainText('DenyAllInBound')
    await expect(flip).toContainText('AllowRdpVendor')
    await flip.getByRole('link', { name: new RegExp(`${opened!.at.slice(11, 16)}`) }).click()
    await expect(page).toHaveURL(/\/explorer\?/)
    expect(linkKey(page, 'row')).toBe(opened!.id)
    await expect(filterInput(page)).toHaveValue(`src:${INCIDENT.intruder} dst:${INCIDENT.jump} dport:3389 proto:tcp dir:in`)
    await expect(row(page, 0)).toContainText(INCIDENT.intruder)
    await expect(grid(page)).toHaveAttribute('aria-rowcount', String(key.allow + key.deny + 1))
    await expect(page.getByRole('complementary', { name: 'Open tuple' })).toContainText('AllowRdpVendor')
  })

  test('are selected by the filter, which does not shorten their history', async ({ page, demo }) => {
    await page.goto(`${demo.url}/flips?q=action:deny`)
    await expect(list(page).getByRole('link', { name: INCIDENT.intruder })).toBeVisible()
    await page.goto(`${demo.url}/flips?q=${INCIDENT.rule.replace('UserRule_', '')}`)
    await expect(list(page)).toContainText('DenyAllInBound')
    await page.goto(`${demo.url}/flips?q=dport:443`)
    await expect(list(page)).toContainText('No verdict changes in this range')
  })

  test('can be limited to one direction of change', async ({ page, demo }) => {
    await page.goto(`${demo.url}/flips`)
    await list(page).getByRole('radio', { name: 'then denied' }).click()
    await expectLinkKey(page, 'way', 'closed')
    await expect(list(page)).toContainText('allowed and then denied')
    await list(page).getByRole('button', { name: 'Either way' }).click()
    await expectLinkKey(page, 'way', null)
    await list(page).getByRole('radio', { name: 'then allowed' }).click()
    await expect(list(page).getByRole('link', { name: INCIDENT.intruder })).toBeVisible()
  })
})
