import type { Page } from '@playwright/test'
import { INCIDENT } from '../../scripts/demo/traffic/incident'
import { expect, test } from '../world/apps'
import { panel, untilRead } from '../world/desk'

const NOTE = 'Began at *ten*.'

/** A4 between its margins. Pixels. */
const PAPER = { width: 718, height: 994 }

/** Every page that is handed over, and what of it must be on paper. */
const PAGES: Record<string, (page: Page, url: string) => Promise<string>> = {
  overview: async (page, url) => {
    await page.goto(url)
    await untilRead(page)
    await expect(panel(page, 'Talkers').getByRole('row').nth(3)).toBeVisible()
    return 'Talkers'
  },
  host: async (page, url) => {
    await page.goto(`${url}/host/${INCIDENT.intruder}`)
    await expect(page.getByRole('region', { name: 'Denied, then allowed' })).toBeVisible()
    return `then allowed to ${INCIDENT.jump}`
  },
  rule: async (page, url) => {
    await page.goto(`${url}/rules?rule=${INCIDENT.rule}`)
    await expect(page.getByLabel('Open rule').or(page.getByRole('complementary')).last()).toContainText('AllowRdpVendor')
    return 'AllowRdpVendor'
  },
  investigation: async (page, url) => {
    const made = await page.request.post(`${url}/api/investigations`, {
      data: { title: 'On paper', note: NOTE, links: [{ label: 'All', href: '/explorer?q=dport:3389' }] },
    })
    const { id } = (await made.json()) as { id: string }
    await page.goto(`${url}/i/${id}`)
    await expect(page.getByRole('heading', { level: 1 })).toContainText('On paper')
    return 'On paper'
  },
}

for (const [name, visit] of Object.entries(PAGES))
  test(`the ${name} prints without tools, whole, with its link, time range and page numbers`, async ({ page, demo }) => {
    const content = await visit(page, demo.url)
    await page.emulateMedia({ media: 'print' })
    await page.setViewportSize(PAPER)
    await expect(page.getByRole('main')).toContainText(content)
    for (const tool of [
      page.getByRole('search'),
      page.getByRole('main').locator('fieldset, form'),
      page.getByRole('region', { name: 'What is new' }),
    ])
      for (const one of await tool.all()) await expect(one).toBeHidden()
    const margins = () =>
      page.evaluate(() => document.adoptedStyleSheets.flatMap((sheet) => [...sheet.cssRules].map((rule) => rule.cssText)).join('\n'))
    await expect.poll(margins).toContain(page.url())
    expect(await margins()).toContain('counter(page)')
    if (name === 'investigation') await expect(page.getByRole('main').locator('p', { hasText: NOTE })).toBeVisible()
    else expect(await margins()).toMatch(/\d{4} \d\d:\d\d – .* UTC/)
    const cut = await page.evaluate(() =>
      [...document.querySelectorAll('main .truncate')]
        .filter((part) => part.scrollWidth > part.clientWidth + 1 && part.clientWidth > 1)
        .map((part) => part.textContent),
    )
    expect(cut).toEqual([])
    const wide = () =>
      page.locator('main svg').evaluateAll((all) => all.filter((one) => one.getBoundingClientRect().right > innerWidth).length)
    await expect.poll(wide).toBe(0)
    const everywhere = await page
      .locator('body *')
      .evaluateAll((all) =>
        all.filter((one) => getComputedStyle(one).position === 'fixed' && one.getClientRects().length > 0).map((one) => one.textContent),
      )
    expect(everywhere.filter(Boolean), 'what is fixed is printed on every page').toEqual([])
    // The app is shared by all tests.
    if (name === 'investigation')
      expect(
        (await page.request.delete(`${demo.url}/api/investigations/${new URL(page.url()).pathname.split('/').at(-1)}?version=1`)).ok(),
      ).toBe(true)
    expect((await page.pdf()).subarray(0, 5).toString()).toBe('%PDF-')
  })
