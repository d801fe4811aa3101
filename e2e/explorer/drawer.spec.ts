import { INCIDENT } from '../../scripts/demo/traffic/incident'
import { expect, test } from '../world/apps'
import { ask, expectLinkKey, filterInput, row } from '../world/desk'

interface Rows {
  total: number
  rows: { id: string; mac: string; state: string }[]
}

test.describe('the open tuple', () => {
  test('is explained, and leads to its flow as both NICs saw it, and back', async ({ page, demo }) => {
    const q = `src:${INCIDENT.jump} dst:${INCIDENT.database}`
    const { rows } = await ask<Rows>(
      page,
      `${demo.url}/api/tuples?${new URLSearchParams({ q: `${q} dir:out state:begin`, sort: 'time', limit: '1' })}`,
    )
    const id = rows[0]!.id
    const flow = await ask<Rows>(page, `${demo.url}/api/tuples/${id}/flow`)
    expect(new Set(flow.rows.map(({ mac }) => mac)).size).toBe(2)
    expect(new Set(flow.rows.map(({ state }) => state))).toContain('end')

    await page.goto(`${demo.url}/explorer?${new URLSearchParams({ q: `${q} dir:out state:begin`, sort: 'time', row: id })}`)
    const drawer = page.getByRole('complementary', { name: 'Open tuple' })
    await expect(drawer.getByRole('heading', { level: 2 })).toContainText('Allowed outbound by the default rule AllowVnetOutBound of')
    await expect(drawer).toContainText('Allows outbound traffic to the virtual network')
    const list = drawer.getByRole('region', { name: 'The same flow' })
    await expect(list).toContainText(`${flow.total} rows`)
    await expect(list.getByRole('listitem')).toHaveCount(flow.rows.length)
    await expect(list.locator('[aria-current]')).toHaveCount(1)

    const other = flow.rows.find(({ mac }) => mac !== flow.rows.find((one) => one.id === id)!.mac)!
    await list.getByRole('listitem').nth(flow.rows.indexOf(other)).getByRole('link').focus()
    await page.keyboard.press('Enter')
    await expectLinkKey(page, 'row', other.id)
    await expect(drawer.getByRole('heading', { level: 2 })).toContainText('Allowed inbound by the default rule AllowVnetInBound of')
    await expect(drawer).toBeFocused()
    await page.goBack()
    await expectLinkKey(page, 'row', id)
    await list.getByRole('link', { name: 'All in the table' }).click()
    await expect(filterInput(page)).toHaveValue(/^src:\S+ sport:\d+ dst:\S+ dport:\d+ proto:tcp$/)
    await expect(row(page, flow.total - 1)).toBeVisible()
  })

  test('has neighbours, as many as the API has', async ({ page, demo }) => {
    const { rows } = await ask<Rows>(page, `${demo.url}/api/tuples?${new URLSearchParams({ q: `dst:${INCIDENT.drop}`, limit: '1' })}`)
    const id = rows[0]!.id
    const near = await ask<Rows>(page, `${demo.url}/api/tuples/${id}/neighbours?limit=20`)
    expect(near.total).toBeGreaterThan(0)
    await page.goto(`${demo.url}/explorer?${new URLSearchParams({ q: `dst:${INCIDENT.drop}`, row: id })}`)
    const list = page.getByRole('region', { name: 'Same NIC, within a minute' })
    await expect(list).toContainText(near.rows.length < near.total ? `${near.rows.length} of ${near.total} rows` : `${near.total} rows`)
    await expect(list.getByRole('listitem')).toHaveCount(near.rows.length)
    await list.getByRole('listitem').first().getByRole('link').click()
    await expectLinkKey(page, 'row', near.rows[0]!.id)
    await expect(page.getByRole('region', { name: 'Raw record' }).getByText(/^\d{10}/)).toBeVisible()
  })

  test('says when it lies outside the range', async ({ page, demo }) => {
    const { rows } = await ask<Rows>(page, `${demo.url}/api/tuples?${new URLSearchParams({ q: `dst:${INCIDENT.drop}`, limit: '1' })}`)
    await page.goto(
      `${demo.url}/explorer?${new URLSearchParams({ from: '2026-08-12T20:00:00Z', to: '2026-08-12T21:00:00Z', row: rows[0]!.id })}`,
    )
    await expect(page.getByRole('region', { name: 'The same flow' })).toContainText('The tuple is outside the range of this page')
  })
})
