import type { Locator, Page } from '@playwright/test'
import type { CoverageAnswer } from '@/lib/flow/answer/read/coverage'
import { expect, SPEC, test } from '../world/apps'
import { ask, expectLinkKey, linkKey, panel, untilRead } from '../world/desk'

const HOUR = 3_600_000
const iso = (t: number) => new Date(t).toISOString().replace('.000', '')

function cells(page: Page): Locator {
  return page.getByRole('grid', { name: 'Hours by flow log and NIC' })
}

function marks(page: Page): Locator {
  return page.getByRole('img', { name: /^Marks on the time axis/ })
}

test.describe('coverage', () => {
  test('shows every hour of every NIC, and leads to its tuples by keys', async ({ page, demo }) => {
    await page.goto(`${demo.url}/coverage`)
    const answer = await ask<CoverageAnswer>(page, `${demo.url}/api/coverage`)
    const read = answer.cells.filter(({ state }) => state === 'read').length
    await expect(page.getByRole('list', { name: 'States' })).toContainText(`read ${read}`)
    const nics = new Set(answer.cells.map(({ log, mac }) => `${log} ${mac}`)).size
    const logs = new Set(answer.cells.map(({ log }) => log)).size
    await expect(page.getByText(`${nics} NICs in ${logs} flow logs; no hole`)).toBeVisible()
    await expect(cells(page)).toHaveAttribute('aria-rowcount', String(nics + logs + 1))

    await cells(page).locator('a[tabindex="0"]').focus()
    await page.keyboard.press('Home')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowUp')
    const first = answer.cells[0]!
    const start = Date.parse(first.hour) + HOUR
    const cell = answer.cells.find(({ log, mac, hour }) => log === first.log && mac === first.mac && Date.parse(hour) === start)!
    const details = page.getByRole('region', { name: 'Cell' })
    await expect(details).toContainText(cell.blob!)
    await expect(details).toContainText(cell.etag!)
    await expect(details).toContainText(`Tuples${cell.tuples.toLocaleString('en')}`)
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(/\/explorer\?/)
    await expectLinkKey(page, 'from', iso(start))
    await expectLinkKey(page, 'to', iso(start + HOUR))
    await expectLinkKey(page, 'log', cell.log)
    await expectLinkKey(page, 'q', `mac:${cell.mac}`)
  })

  test('folds logs away, and keeps that in the link', async ({ page, demo }) => {
    await page.goto(`${demo.url}/coverage`)
    const fold = cells(page).getByRole('button', { name: /^Fold CORE-VNET-FLOWLOG/ })
    await untilRead(page)
    const before = Number(await cells(page).getAttribute('aria-rowcount'))
    await fold.click()
    await expect(cells(page)).toHaveAttribute('aria-rowcount', String(before - 4))
    await expectLinkKey(page, 'fold', /^core-vnet-flowlog-/)
    await page.reload()
    await cells(page).getByRole('button', { name: 'Unfold CORE-VNET-FLOWLOG' }).click()
    await expect(cells(page)).toHaveAttribute('aria-rowcount', String(before))
    await expectLinkKey(page, 'fold', null)
  })

  test('does not call a quiet hour a loss', async ({ page, demo }) => {
    const began = Math.floor((SPEC.now - 24 * HOUR) / HOUR) * HOUR
    const range = new URLSearchParams({ from: iso(began - 2 * HOUR), to: iso(began + 2 * HOUR) })
    await page.goto(`${demo.url}/coverage?${range}`)
    await expect(page.getByRole('list', { name: 'States' })).toContainText(/absent [1-9]/)
    await expect(page.getByText(/; no hole in/)).toBeVisible()
    await page.goto(`${demo.url}/?${range}`)
    await expect(marks(page)).toHaveAccessibleName(/no blob of any NIC: nothing was logged, or it was deleted or never written/)
    await expect(page.getByRole('button', { name: /with a hole/ })).toHaveCount(0)
  })

  test('shows a blob with a rejected part, and only that blob if only holes are shown', async ({ page, broken }) => {
    await page.goto(`${broken.url}/coverage`)
    await page.getByRole('radio', { name: 'only holes' }).click()
    await expectLinkKey(page, 'holes', '1')
    await expect(page.getByText(/^1 of \d+ NICs in 1 of \d+ flow logs; 1 hole in/)).toBeVisible()
    await expect(cells(page).getByRole('link', { name: /: read in part,/ })).toHaveCount(1)
    await page.keyboard.press('n')
    await expect(page.getByRole('region', { name: 'Cell' })).toContainText(broken.blob)
  })

  test('marks a blob that could not be read on every chart, until it can be', async ({ page, refused }) => {
    const hour = Number(/\/h=(\d\d)\//.exec(refused.blob)![1])
    const two = (n: number) => String(n).padStart(2, '0')
    const hours = `${two(hour)}:00 – ${two(hour + 1)}:00 UTC`
    await page.goto(`${refused.url}/explorer`)
    await expect(marks(page)).toHaveAccessibleName(new RegExp(`${hours}: 1 of 7 NICs could not be read$`))
    await page.goto(refused.url)
    await expect(marks(page)).toHaveAccessibleName(new RegExp(`${hours}: 1 of 7 NICs could not be read$`))
    await expect(panel(page, 'Talkers').getByRole('button', { name: '1 hour with a hole' })).toBeVisible()
    const mark = panel(page, 'Timeline').getByRole('button', { name: '1 hour with a hole' })
    await mark.click()
    await page
      .getByRole('dialog', { name: 'Holes' })
      .getByRole('link', { name: new RegExp(hours) })
      .click()
    await expect(page).toHaveURL(/\/coverage\?/)
    expect(linkKey(page, 'at')).toContain(`T${two(hour)}:00:00Z`)
    await expect(cells(page).getByRole('link', { name: new RegExp(`${hours}, .*: failed$`) })).toBeVisible()
    await expect(page.getByRole('region', { name: 'Cell' })).toContainText(refused.blob)

    const { cells: all } = await ask<CoverageAnswer>(page, `${refused.url}/api/coverage`)
    const failed = all.find(({ state }) => state === 'failed')!
    const other = all.find(({ log }) => log !== failed.log)!
    await page.goto(`${refused.url}/?log=${other.log}`)
    await expect(panel(page, 'Talkers').getByRole('row')).not.toHaveCount(0)
    await page.goto(`${refused.url}/?log=${failed.log}`)
    await expect(mark).toBeVisible()
    await page.goto(`${refused.url}/?log=${other.log}`)
    await expect(page.getByText(/^\d+ of \d+ blobs$/)).toBeVisible()
    await expect(mark).toHaveCount(0)

    await page.goto(refused.url)
    await expect(mark).toBeVisible()
    refused.allow()
    const again = page.getByRole('button', { name: 'Try again' })
    await expect(async () => {
      if (await mark.isVisible()) {
        if (!(await again.isVisible())) await mark.click({ timeout: 2000 })
        await again.click({ timeout: 2000 })
      }
      await expect(mark).toHaveCount(0, { timeout: 4000 })
    }).toPass()
    await expect(marks(page)).toHaveCount(0)
  })

  test('says when a source did not answer', async ({ page, down }) => {
    await page.goto(down.url)
    await expect(panel(page, 'Timeline').getByRole('button', { name: '1 source missing' })).toBeVisible()
  })
})
