import type { Locator, Page } from '@playwright/test'
import { INCIDENT } from '../../scripts/demo/traffic/incident'
import { expect, SPEC, test } from '../world/apps'
import { applyFilter, ask, expectLinkKey, filterInput, grid, timeline } from '../world/desk'

interface Total {
  total: number
}

interface Host {
  total: { tuples: number; deny: number; first: string; last: string }
  roles: { end: string; action: string; tuples: number; ports: { total: number }; peers: { total: number } }[]
  letIn: { rows: { denied: { first: string }; allowed: { first: string; tuples: number } }[] }
  cards: { log: string }[]
}

/** Figures to follow in each part of the page. */
const FEW = 10
const at = INCIDENT.at(SPEC.now)
const count = (n: number) => n.toLocaleString('en')

function region(page: Page, name: string): Locator {
  return page.getByRole('region', { name, exact: true })
}

function keysOf(href: string): URLSearchParams {
  return new URL(href, 'http://localhost').searchParams
}

test.describe('a host', () => {
  test('shows the source that was denied, then allowed, with time and rule', async ({ page, demo }) => {
    await page.goto(`${demo.url}/host/${INCIDENT.intruder}`)
    await expect(page.getByRole('heading', { level: 1, name: INCIDENT.intruder })).toBeVisible()
    const { letIn } = await ask<Host>(page, `${demo.url}/api/host?ip=${INCIDENT.intruder}`)
    const found = region(page, 'Denied, then allowed')
    await expect(found).toContainText('DenyAllInBound')
    await expect(found).toContainText('AllowRdpVendor')
    await expect(found).toContainText('3389 rdp')
    const { allowed } = letIn.rows[0]!
    expect(Math.abs(Date.parse(allowed.first) - at.ruleChange)).toBeLessThan(10 * 60_000)
    await expect(found).toContainText(allowed.first.slice(11, 19))
    await found.getByRole('link', { name: `${count(allowed.tuples)} tuples` }).click()
    await expect(page).toHaveURL(/\/explorer\?/)
    await expect(grid(page)).toHaveAttribute('aria-rowcount', String(allowed.tuples + 1))
  })

  test('shows its roles, and links to its peers', async ({ page, demo }) => {
    await page.goto(`${demo.url}/host/${INCIDENT.jump}`)
    const { roles, total } = await ask<Host>(page, `${demo.url}/api/host?ip=${INCIDENT.jump}`)
    await expect(page.getByText('private', { exact: true })).toBeVisible()
    await expect(page.getByRole('list', { name: 'Roles' })).toContainText('inbound allowed: 1 port')
    const titles = { 'dst allow': 'Inbound allowed', 'src allow': 'Outbound allowed', 'dst deny': 'Inbound denied' }
    for (const { end, action, tuples, ports, peers } of roles) {
      const panel = region(page, titles[`${end} ${action}` as keyof typeof titles])
      await expect(panel).toContainText(`${count(tuples)} tuples`)
      await expect(panel).toContainText(`of ${count(ports.total)} port`)
      await expect(panel).toContainText(`of ${count(peers.total)} peer`)
    }
    await expect(region(page, 'Outbound denied')).toContainText('No traffic from it was denied.')
    await expect(timeline(page)).toBeVisible()
    await expect(region(page, 'Timeline').getByTitle(`${count(total.deny)} tuples`)).toBeVisible()
    await region(page, 'Inbound allowed')
      .getByRole('link', { name: `All about ${INCIDENT.intruder}` })
      .click()
    await expect(page.getByRole('heading', { level: 1, name: INCIDENT.intruder })).toBeVisible()
    await expect(page.getByRole('list', { name: 'Roles' })).toContainText('denied: brute force')
    await page.goBack()
    await expect(page.getByRole('heading', { level: 1, name: INCIDENT.jump })).toBeVisible()
  })

  test('links each figure to its tuples', async ({ page, demo }) => {
    await page.goto(`${demo.url}/host/${INCIDENT.jump}?q=dir:in`)
    const { total } = await ask<Host>(page, `${demo.url}/api/host?ip=${INCIDENT.jump}&q=dir:in`)
    await expect(page.getByRole('link', { name: count(total.tuples), exact: true }).first()).toBeVisible()
    let followed = 0
    for (const name of ['Inbound allowed', 'Outbound allowed', 'Inbound denied', 'Rules hit', 'Directions', 'NICs and flow logs']) {
      const figures = region(page, name).getByRole('link', { name: /^[\d,]+$/ })
      await expect(figures.first()).toBeVisible()
      for (const figure of (await figures.all()).slice(0, FEW)) {
        const href = (await figure.getAttribute('href'))!
        const q = keysOf(href).get('q')!
        const expected = Number((await figure.textContent())!.replaceAll(',', ''))
        if (href.startsWith('/host') || q === `(dir:in) dport:${expected}` || q === `dir:in dport:${expected}`) continue
        const by = keysOf(href).get('by')
        const route = by === null ? 'tuples' : 'talkers'
        const keys = new URLSearchParams({ q, limit: '1', ...(by === null ? {} : { by }) })
        expect((await ask<Total>(page, `${demo.url}/api/${route}?${keys}`)).total, `${name}: ${href}`).toBe(expected)
        followed++
      }
    }
    expect(followed).toBeGreaterThan(25)
  })

  test('obeys the filter and the range of the link', async ({ page, demo }) => {
    const from = new Date(at.logon).toISOString()
    const to = new Date(at.logoff).toISOString()
    const all = new URLSearchParams({ from, to, q: 'dir:out' })
    const whole = await ask<Host>(page, `${demo.url}/api/host?${all}&ip=${INCIDENT.jump}`)
    const keys = new URLSearchParams({ ...Object.fromEntries(all), log: whole.cards[0]!.log, asof: new Date(at.upload).toISOString() })
    await page.goto(`${demo.url}/host/${INCIDENT.jump}?${keys}`)
    const narrow = await ask<Host>(page, `${demo.url}/api/host?${keys}&ip=${INCIDENT.jump}`)
    await expect(page.getByRole('link', { name: count(narrow.total.tuples), exact: true }).first()).toBeVisible()
    await expect(region(page, 'Inbound allowed')).toContainText('No traffic to it was allowed.')
    expect(narrow.total.tuples).toBeLessThan(whole.total.tuples)
    await page.goto(`${demo.url}/host/${INCIDENT.jump}?${all}`)
    await applyFilter(page, `dst:${INCIDENT.drop}`)
    await expect(region(page, 'Outbound allowed').getByRole('link', { name: INCIDENT.drop, exact: true })).toBeVisible()
    await expect(region(page, 'Outbound allowed')).toContainText('1 of 1 peer')
    await region(page, 'Timeline').getByRole('radio', { name: 'bytes' }).click()
    await expectLinkKey(page, 'metric', 'bytes')
    await expectLinkKey(page, 'q', `dst:${INCIDENT.drop}`)
  })

  test('is found in any spelling of an IPv6 address', async ({ page, demo }) => {
    const { rows } = await ask<{ rows: { key: string }[] }>(page, `${demo.url}/api/talkers?q=dst:2000::/3&by=dst&limit=1`)
    const address = rows[0]!.key
    await page.goto(`${demo.url}/host/${encodeURIComponent(`[${address.toUpperCase()}]`)}`)
    await expect(page.getByRole('heading', { level: 1, name: address, exact: true })).toBeVisible()
    await expect(page).toHaveTitle(`${address} · Flowlens`)
    const { total } = await ask<Host>(page, `${demo.url}/api/host?ip=${address}`)
    expect(total.tuples).toBeGreaterThan(0)
    await expect(page.getByRole('link', { name: count(total.tuples), exact: true }).first()).toBeVisible()
  })

  test('that is no address is refused, and an unseen one is reported', async ({ page, demo }) => {
    const response = await page.goto(`${demo.url}/host/999.1.1.1`)
    expect(response!.status()).toBe(404)
    await expect(page.getByRole('alert').filter({ hasText: '999.1.1.1 is not an address' })).toBeVisible()
    const refused = await page.request.get(`${demo.url}/api/host?ip=999.1.1.1`)
    expect(refused.status()).toBe(400)
    expect(await refused.json()).toMatchObject({ error: { kind: 'ask', key: 'ip' } })
    await page.goto(`${demo.url}/host/10.99.99.99`)
    await expect(page.getByText('10.99.99.99 was not seen')).toBeVisible()
    await page.goto(`${demo.url}/host/${INCIDENT.jump}?q=dport:9`)
    await page.getByRole('button', { name: 'Clear the filter' }).click()
    await expect(region(page, 'Outbound allowed')).toBeVisible()
    await expect(filterInput(page)).toHaveValue('')
  })

  test('whose answer fails shows the error in its panel, and is requested again', async ({ page, demo }) => {
    await page.route('**/api/host?*', (route) =>
      route.fulfill({
        status: 502,
        json: { error: { kind: 'source', message: 'The account is silent', key: null, at: null, requestId: 'r-1' } },
      }),
    )
    // While the range is read, the page first requests a partial answer, and then the final one.
    const last = page.waitForResponse((response) => response.url().includes('/api/host?') && !response.url().includes('wait=0'))
    await page.goto(`${demo.url}/host/${INCIDENT.jump}`)
    await last
    const frame = region(page, 'Activity')
    await expect(frame.getByRole('alert')).toContainText('The account is silent')
    await page.unroute('**/api/host?*')
    await frame.getByRole('button', { name: 'Try again' }).click()
    await expect(region(page, 'Inbound allowed')).toContainText(INCIDENT.intruder)
  })
})
