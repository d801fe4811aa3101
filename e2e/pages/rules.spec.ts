import type { Locator, Page } from '@playwright/test'
import type { RuleAnswer } from '@/lib/flow/answer/traffic/rule'
import type { RulesAnswer } from '@/lib/flow/answer/traffic/rules'
import { formatInstant } from '../../components/parts/format/time'
import { INCIDENT } from '../../scripts/demo/traffic/incident'
import { expect, test } from '../world/apps'
import { applyFilter, ask, expectLinkKey, linkKey, row } from '../world/desk'

const NAME = INCIDENT.rule.replace('UserRule_', '')

function list(page: Page): Locator {
  return page.getByRole('region', { name: 'Rules by flow log and ACL' })
}

function section(page: Page, acl: string): Locator {
  return list(page).getByRole('rowgroup', { name: acl })
}

function ruleRow(page: Page, acl: string, name: string): Locator {
  return section(page, acl)
    .getByRole('row')
    .filter({ has: page.getByRole('link', { name, exact: true }) })
}

function details(page: Page): Locator {
  return page.getByRole('complementary', { name: 'Open rule' })
}

async function incidentRule(page: Page, url: string): Promise<RulesAnswer['rows'][number]> {
  const { rows } = await ask<RulesAnswer>(page, `${url}/api/rules`)
  return rows.find(({ rule }) => rule === INCIDENT.rule)!
}

test.describe('rules', () => {
  test('are grouped by flow log and ACL, with their decisions', async ({ page, demo }) => {
    await page.goto(demo.url)
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Rules' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Rules' })).toBeAttached()
    const { rows } = await ask<RulesAnswer>(page, `${demo.url}/api/rules?per=log`)
    await expect(list(page)).toContainText(`${rows.length} rules of`)
    await expect(section(page, 'mgmt-nsg')).toContainText('CORE-VNET-FLOWLOG')
    const denied = rows.find(({ rule, acl }) => rule === 'DefaultRule_DenyAllInBound' && acl.endsWith('/mgmt-nsg'))!
    const shown = ruleRow(page, 'mgmt-nsg', 'DenyAllInBound')
    await expect(shown).toContainText('DefaultRule_DenyAllInBound')
    await expect(shown.getByRole('img', { name: `${denied.deny.toLocaleString('en')} denied tuples, 0 allowed tuples` })).toBeVisible()
    await expect(shown.getByRole('cell', { name: denied.sources.toLocaleString('en'), exact: true })).toBeVisible()
    await expect(section(page, 'Azure platform')).toContainText('Platform rule')
  })

  test('are sorted by any column, within each ACL', async ({ page, demo }) => {
    await page.goto(`${demo.url}/rules`)
    const head = list(page).getByRole('columnheader', { name: 'denied' })
    await head.getByRole('link').click()
    await expectLinkKey(page, 'sort', '-deny')
    await expect(head).toHaveAttribute('aria-sort', 'descending')
    await expect(section(page, 'DMZ-NSG').getByRole('row').nth(1)).toContainText('DenyAllInBound')
    await list(page).getByRole('columnheader', { name: 'rule' }).getByRole('link').click()
    await expectLinkKey(page, 'sort', 'rule')
    const names = section(page, 'DMZ-NSG').getByTitle(/^Details of /)
    await expect(names.first()).toHaveText('AllowAzureLoadBalancerInBound')
    const read = await names.allTextContents()
    expect(read).toEqual(read.toSorted((a, b) => a.localeCompare(b)))
  })

  test('are limited to a kind, and by the filter', async ({ page, demo }) => {
    await page.goto(`${demo.url}/rules`)
    const { rows } = await ask<RulesAnswer>(page, `${demo.url}/api/rules?per=log`)
    await list(page).getByRole('radio', { name: 'user' }).click()
    await expectLinkKey(page, 'kind', 'user')
    const users = rows.filter(({ kind }) => kind === 'user').length
    await expect(list(page)).toContainText(`${users} of ${rows.length} rules`)
    await expect(list(page).getByText('default', { exact: true })).toHaveCount(1)
    await applyFilter(page, 'dport:3389 action:allow')
    await expect(ruleRow(page, 'mgmt-nsg', NAME)).toHaveCount(1)
    await expect(section(page, 'DMZ-NSG')).toHaveCount(0)
  })

  test('have details: the traffic that one allowed, and the narrowest set that covers it', async ({ page, demo }) => {
    await page.goto(`${demo.url}/rules`)
    await ruleRow(page, 'mgmt-nsg', NAME).getByRole('link', { name: NAME, exact: true }).click()
    await expectLinkKey(page, 'rule', INCIDENT.rule)
    const { rule, acl } = await incidentRule(page, demo.url)
    expect(linkKey(page, 'acl')).toBe(acl)
    const { allow } = await ask<RuleAnswer>(page, `${demo.url}/api/rule?${new URLSearchParams({ rule, acl })}`)
    const since = formatInstant(allow!.first, 'utc')
    const allowed = details(page).getByRole('region', { name: 'Inbound allowed' })
    await expect(allowed).toContainText(since)
    await expect(allowed).toContainText(allow!.tuples.toLocaleString('en'))
    const cover = details(page).getByRole('region', { name: 'Narrowest covering set' })
    await expect(cover).toContainText('exactly what was seen')
    await expect(cover.getByRole('link', { name: INCIDENT.intruder })).toBeVisible()
    await expect(cover).toContainText('3389')
    await expect(details(page).getByRole('region', { name: 'Sources' })).toContainText('1 public, 0 private')
    await page.reload()
    await expect(cover.getByRole('link', { name: INCIDENT.intruder })).toBeVisible()
    await allowed.getByRole('link', { name: since }).click()
    await expect(page).toHaveURL(/\/explorer\?/)
    await expect(row(page, 0)).toContainText(INCIDENT.intruder)
    await page.goBack()
    await expect(allowed).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(details(page)).toHaveCount(0)
    await expectLinkKey(page, 'rule', null)
  })

  test('have details of wide rules too, with few prefixes that cover all sources', async ({ page, demo }) => {
    await page.goto(`${demo.url}/rules`)
    await ruleRow(page, 'DMZ-NSG', 'AllowHttps').getByRole('cell').first().click()
    const cover = details(page).getByRole('region', { name: 'Narrowest covering set' })
    await expect(cover.getByText(/at most eight per address family/).first()).toBeVisible()
    expect(await cover.getByTitle(/^Source /).count()).toBeLessThanOrEqual(16)
    await ruleRow(page, 'DMZ-NSG', 'DenyAllInBound').getByRole('cell').first().click()
    await expect(details(page).getByRole('region', { name: 'Inbound denied' })).toBeVisible()
    await expect(cover).toHaveCount(0)
  })
})
