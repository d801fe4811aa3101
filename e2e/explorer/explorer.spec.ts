import { INCIDENT } from '../../scripts/demo/traffic/incident'
import { expect, test } from '../world/apps'
import { applyFilter, ask, expectLinkKey, filterInput, grid, linkKey, row, scrollToRow, untilRead } from '../world/desk'

interface Tuples {
  total: number
  rows: { id: string; time: string; src: string; bytesSent: number | null }[]
}

interface Raw {
  line: string
  blob: string
  container: string
  offset: number
  length: number
}

test.describe('explorer', () => {
  test('scrolls through more rows than fit on one page', async ({ page, demo }) => {
    const q = 'dport:443 dir:in state:end'
    await page.goto(`${demo.url}/explorer?${new URLSearchParams({ q })}`)
    const { total } = await ask<Tuples>(page, `${demo.url}/api/tuples?${new URLSearchParams({ q, limit: '1' })}`)
    expect(total).toBeGreaterThan(2_000)
    await expect(grid(page)).toHaveAttribute('aria-rowcount', String(total + 1))
    await expect(row(page, 0)).toBeVisible()
    await scrollToRow(page, 900)
    expect(await grid(page).getByRole('row').count()).toBeLessThan(200)
  })

  test('drops rows far from the visible ones, and loads them again', async ({ page, demo }) => {
    await page.clock.install()
    const first = new URLSearchParams({ q: 'dir:in', cols: 'id' })
    const isFirstPage = (url: string) => url.includes('/api/tuples?') && url.includes('limit=250') && !url.includes('cursor=')
    await page.goto(`${demo.url}/explorer?${first}`)
    await untilRead(page)
    const { rows } = await ask<Tuples>(page, `${demo.url}/api/tuples?${new URLSearchParams({ q: 'dir:in', limit: '1' })}`)
    const { id } = rows[0]!
    await expect(row(page, 0)).toHaveText(id)
    await scrollToRow(page, 3_000)
    await expect(row(page, 0)).toHaveCount(0)
    await page.clock.fastForward('01:00')
    const asked = page.waitForRequest((request) => isFirstPage(request.url()))
    await scrollToRow(page, 0)
    await asked
    await expect(row(page, 0)).toHaveText(id)
  })

  test('goes through every row of an answer, each once', async ({ page, demo }) => {
    const q = `src:${INCIDENT.intruder} state:begin,deny`
    await page.goto(`${demo.url}/explorer?${new URLSearchParams({ q, cols: 'id' })}`)
    const { total, rows } = await ask<Tuples>(page, `${demo.url}/api/tuples?${new URLSearchParams({ q, limit: '1000' })}`)
    expect(rows).toHaveLength(Math.min(total, 1000))
    const seen = new Map<number, string>()
    await row(page, 0).hover()
    await expect(async () => {
      const shown = await grid(page)
        .locator('tbody [aria-rowindex]')
        .evaluateAll((rows) => rows.map((row) => [Number(row.getAttribute('aria-rowindex')) - 2, row.textContent!.trim()] as const))
      for (const [index, id] of shown) seen.set(index, id)
      await page.mouse.wheel(0, 500)
      expect(seen.size).toBeGreaterThanOrEqual(Math.min(total, 600))
    }).toPass({ intervals: [50] })
    for (const [index, id] of seen) if (index < rows.length) expect(id, `row ${index}`).toBe(rows[index]!.id)
  })

  test('sorts by a column, and by the other end', async ({ page, demo }) => {
    await page.goto(`${demo.url}/explorer`)
    await grid(page).getByRole('button', { name: 'Bytes sent' }).click()
    await expectLinkKey(page, 'sort', /^-?bytesSent$/)
    const first = linkKey(page, 'sort')!
    const answer = await ask<Tuples>(page, `${demo.url}/api/tuples?sort=${first}&limit=1`)
    await expect(row(page, 0)).toContainText(answer.rows[0]!.src)
    await grid(page).getByRole('button', { name: 'Bytes sent' }).click()
    await expectLinkKey(page, 'sort', first.startsWith('-') ? 'bytesSent' : '-bytesSent')
    await expect(grid(page).getByRole('columnheader', { name: 'Bytes sent' })).toHaveAttribute('aria-sort', /ascending|descending/)
  })

  test('opens a tuple with exactly the bytes that it was read from', async ({ page, demo }) => {
    const q = `dst:${INCIDENT.drop} state:continue`
    await page.goto(`${demo.url}/explorer?${new URLSearchParams({ q })}`)
    await row(page, 0)
      .getByRole('gridcell')
      .nth(1)
      .click({ position: { x: 2, y: 2 } })
    const drawer = page.getByRole('complementary', { name: 'Open tuple' })
    await expectLinkKey(page, 'row', /^[0-9a-z]+-[0-9a-z]+$/)
    const raw = await ask<Raw>(page, `${demo.url}/api/tuples/${linkKey(page, 'row')}/raw`)
    const bytes = await demo.bytes(raw.container, raw.blob)
    const written = bytes.subarray(raw.offset, raw.offset + raw.length).toString()
    expect(written).toContain(`,${INCIDENT.drop},`)
    expect(raw.line).toBe(written)
    await expect(drawer.getByRole('region', { name: 'Raw record' })).toContainText(written)
    await expect(drawer.getByRole('region', { name: 'Storage location' })).toContainText(raw.blob)
    await drawer.getByText('Record around it').click()
    await expect(drawer.getByRole('region', { name: 'The record' }).locator('mark')).toHaveText(written)
    await page.keyboard.press('Escape')
    await expect(drawer).toHaveCount(0)
    await expectLinkKey(page, 'row', null)
  })

  test('shows the columns that are chosen', async ({ page, demo }) => {
    await page.goto(`${demo.url}/explorer`)
    await expect(grid(page).getByRole('columnheader', { name: 'MAC' })).toHaveCount(0)
    await page.getByRole('button', { name: /^Columns/ }).click()
    await page.getByRole('checkbox', { name: 'MAC' }).click()
    await expect(grid(page).getByRole('columnheader', { name: 'MAC' })).toBeVisible()
    await expectLinkKey(page, 'cols', /,mac$/)
    await page.reload()
    await expect(grid(page).getByRole('columnheader', { name: 'MAC' })).toBeVisible()
  })

  test('includes and excludes the values of its cells', async ({ page, demo }) => {
    await page.goto(`${demo.url}/explorer`)
    await applyFilter(page, 'rule:UserRule_AllowRdpVendor')
    await row(page, 0).getByRole('link', { name: INCIDENT.intruder }).click()
    await expect(filterInput(page)).toHaveValue(`rule:UserRule_AllowRdpVendor src:${INCIDENT.intruder}`)
    await row(page, 0)
      .getByRole('link', { name: 'end', exact: true })
      .first()
      .click({ modifiers: ['Alt'] })
    await expect(filterInput(page)).toHaveValue(/(not |-)state:end$/)
    await expect(row(page, 0).getByRole('link', { name: 'end', exact: true })).toHaveCount(0)
  })
})
