import { expect, test } from '../world/apps'
import { applyFilter, expectLinkKey, filterInput, panel, untilRead } from '../world/desk'

test.describe('questions without a complete answer', () => {
  test('names a broken blob, and answers from the rest', async ({ page, broken }) => {
    await page.goto(`${broken.url}/coverage`)
    await expect(page.getByText(broken.blob).first()).toBeVisible()
    await page.goto(broken.url)
    await expect(panel(page, 'Talkers').getByRole('row')).toHaveCount(12)
    await expect(page.getByRole('link', { name: /^Not counted: [1-9]/ })).toBeVisible()
  })

  test('says which source did not answer, and answers from the other', async ({ page, down }) => {
    await page.goto(down.url)
    await expect(page.getByRole('status').filter({ hasText: '1 source did not answer' })).toBeVisible()
    await expect(panel(page, 'Talkers').getByRole('row')).toHaveCount(12)
    await page.getByRole('button', { name: /2 sources, 1 not answering/ }).click()
    const sources = page.getByRole('dialog', { name: 'Sources' }).getByRole('listitem')
    await expect(sources).toHaveCount(2)
    const lamps = await sources.locator('.rounded-full').evaluateAll((all) => all.map((lamp) => lamp.getBoundingClientRect().width))
    expect(lamps).toEqual([8, 8])
  })

  test('explains how to configure a source when there is none', async ({ page, bare }) => {
    await page.goto(bare.url)
    await expect(page.getByRole('heading', { name: 'No source is configured' })).toBeVisible()
    await expect(page.getByText('npm run demo')).toBeVisible()
    await expect(page.getByText(/FLOWLENS_SOURCES=/).first()).toBeVisible()
  })

  test('names the key of a link that it ignored', async ({ page, demo }) => {
    await page.goto(`${demo.url}/?colour=blue&metric=weight`)
    const notice = page.getByRole('status').filter({ hasText: 'not understood' })
    await expect(notice).toContainText('colour')
    await expect(notice).toContainText('weight')
    await expect(panel(page, 'Talkers').getByRole('row')).toHaveCount(12)
    await notice.getByRole('button', { name: 'Clean the link' }).click()
    await expectLinkKey(page, 'colour', null)
    await expect(notice).toHaveCount(0)
  })

  test('points at the invalid character of a filter, and runs no query', async ({ page, demo }) => {
    await page.goto(demo.url)
    await applyFilter(page, 'dir:in dport:99999')
    const mistake = page.getByRole('alert').filter({ hasText: 'No query runs until' })
    await expect(mistake).toContainText('character 14')
    await expect(page.getByRole('search').locator('mark')).toHaveText('99999')
    await expect(filterInput(page)).toHaveAttribute('aria-invalid', 'true')
    await expectLinkKey(page, 'q', null)
    await applyFilter(page, 'dir:in dport:22')
    await expect(mistake).toHaveCount(0)
    await expectLinkKey(page, 'q', 'dir:in dport:22')
  })

  test('refuses a link with an invalid filter', async ({ page, demo }) => {
    await page.goto(`${demo.url}/?${new URLSearchParams({ q: 'src:999.1.1.1' })}`)
    await expect(page.getByRole('alert').filter({ hasText: '999.1.1.1 is no address' })).toBeVisible()
    await expect(panel(page, 'Talkers')).toContainText('Filter error: no query run')
  })

  test('no part of any page seems to wait while no query may run', async ({ page, demo }) => {
    for (const path of [
      '/',
      '/findings',
      '/explorer',
      '/explorer?per=flow',
      '/rules',
      '/scans',
      '/flips',
      '/map',
      '/coverage',
      '/host/10.20.0.4',
    ])
      await test.step(path, async () => {
        await page.goto(`${demo.url}${path}${path.includes('?') ? '&' : '?'}q=dport:99999`)
        await expect(page.getByRole('alert').filter({ hasText: 'No query runs until' }), path).toBeVisible()
        await expect.soft(page.locator('main .animate-pulse'), path).toHaveCount(0)
      })
  })

  test('keeps the page when the connection is lost, although parts of it were not loaded before', async ({ page, context, demo }) => {
    await page.goto(demo.url)
    await untilRead(page)
    await context.setOffline(true)
    await page.keyboard.press('[')
    await expect(page.getByText('The connection to the server is lost')).toBeVisible()
    await page.getByRole('button', { name: /^1 source/ }).click()
    const sources = page.getByRole('dialog', { name: 'Sources' })
    await expect(sources.getByRole('alert')).toContainText('This part could not be loaded')
    await expect(page.getByRole('navigation', { name: 'Pages' })).toBeVisible()
    await context.setOffline(false)
    await sources.getByRole('button', { name: 'Reload the page' }).click()
    await untilRead(page)
  })

  test('says in its own words that it failed, if the frame of the pages does', async ({ page, demo }) => {
    await page.addInitScript(() => localStorage.setItem('theme', 'dark'))
    await page.route(/\/api\/timeline/, (route) => route.fulfill({ json: {} }))
    await page.goto(demo.url)
    await expect(page.getByRole('alert').filter({ hasText: /^Flowlens failed: / })).toBeVisible()
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
    await page.unroute(/\/api\/timeline/)
    await page.getByRole('button', { name: 'Try again' }).click()
    await untilRead(page)
  })
})
