import type { Locator, Page } from '@playwright/test'
import { formatInstant } from '../components/format/time'
import type { RulesAnswer } from '../lib/flow/answers'
import type { RuleAnswer } from '../lib/flow/rule-answer'
import { INCIDENT } from '../scripts/demo/incident'
import { expect, test } from './apps'
import { applyFilter, ask, expectLinkKey, linkKey, row } from './desk'

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

function card(page: Page): Locator {
  return page.getByRole('complementary', { name: 'Open rule' })
}

async function incidentRule(page: Page, url: string): Promise<RulesAnswer['rows'][number]> {
  const { rows } = await ask<RulesAnswer>(page, `${url}/api/rules`)
  return rows.find(({ rule }) => rule === INCIDENT.rule)!
}

test.describe('rules', () => {
  test('stand by flow log and ACL with what they decided', async ({ page, demo }) => {
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
    const names = section(page, 'DMZ-NSG').getByTitle(/^Card of /)
    await expect(names.first()).toHaveText('AllowAzureLoadBalancerInBound')
    const read = await names.allTextContents()
    expect(read).toEqual(read.toSorted((a, b) => a.localeCompare(b)))
  })

  test('are narrowed to a kind, and by the filter', async ({ page, demo }) => {
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

  test('have a card that says what one let in, and what would have been enough', async ({ page, demo }) => {
    await page.goto(`${demo.url}/rules`)
    await ruleRow(page, 'mgmt-nsg', NAME).getByRole('link', { name: NAME, exact: true }).click()
    await expectLinkKey(page, 'rule', INCIDENT.rule)
    const { rule, acl } = await incidentRule(page, demo.url)
    expect(linkKey(page, 'acl')).toBe(acl)
    const { allow } = await ask<RuleAnswer>(page, `${demo.url}/api/rule?${new URLSearchParams({ rule, acl })}`)
    const since = formatInstant(allow!.first, 'utc')
    const letIn = card(page).getByRole('region', { name: 'What it let in' })
    await expect(letIn).toContainText(since)
    await expect(letIn).toContainText(allow!.tuples.toLocaleString('en'))
    const cover = card(page).getByRole('region', { name: 'Narrowest set' })
    await expect(cover).toContainText('exactly what was seen')
    await expect(cover.getByRole('link', { name: INCIDENT.intruder })).toBeVisible()
    await expect(cover).toContainText('3389')
    await expect(card(page).getByRole('region', { name: 'From where' })).toContainText('1 public, 0 private')
    await page.reload()
    await expect(cover.getByRole('link', { name: INCIDENT.intruder })).toBeVisible()
    await letIn.getByRole('link', { name: since }).click()
    await expect(page).toHaveURL(/\/explorer\?/)
    await expect(row(page, 0)).toContainText(INCIDENT.intruder)
    await page.goBack()
    await expect(letIn).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(card(page)).toHaveCount(0)
    await expectLinkKey(page, 'rule', null)
  })

  test('have a card of wide rules too, with few prefixes that hold all sources', async ({ page, demo }) => {
    await page.goto(`${demo.url}/rules`)
    await ruleRow(page, 'DMZ-NSG', 'AllowHttps').getByRole('cell').first().click()
    const cover = card(page).getByRole('region', { name: 'Narrowest set' })
    await expect(cover.getByText(/at most eight for each family/).first()).toBeVisible()
    expect(await cover.getByTitle(/^Source /).count()).toBeLessThanOrEqual(16)
    await ruleRow(page, 'DMZ-NSG', 'DenyAllInBound').getByRole('cell').first().click()
    await expect(card(page).getByRole('region', { name: 'What it kept out' })).toBeVisible()
    await expect(cover).toHaveCount(0)
  })

  test('say so in their frame when the answer does not come', async ({ page, demo }) => {
    await page.route('**/api/rules?**', (route) =>
      route.fulfill({ status: 502, json: { error: { kind: 'source', message: 'Storage: gone', key: null, at: null, requestId: 'r1' } } }),
    )
    await page.goto(`${demo.url}/rules`)
    await expect(list(page).getByRole('alert')).toContainText('Storage: gone')
    await page.unroute('**/api/rules?**')
    await list(page).getByRole('button', { name: 'Try again' }).click()
    await expect(section(page, 'mgmt-nsg')).toBeVisible()
    await applyFilter(page, 'dport:1 dport:2')
    await expect(list(page)).toContainText('The filter matches nothing')
  })
})
