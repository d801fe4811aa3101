import type { Page } from '@playwright/test'
import { type PageView, VIEWS } from '@/lib/link/views'
import { INCIDENT } from '../../scripts/demo/traffic/incident'
import { expect, test } from '../world/apps'
import { filterInput, grid, panel, row, untilRead } from '../world/desk'
import { violations } from '../world/violations'

type Ready = (page: Page) => Promise<void>

/** Every page of a view, and the state to wait for before it is checked. */
const READY: Readonly<Record<PageView, Ready>> = {
  overview: (page) => expect(panel(page, 'Talkers').getByRole('row')).not.toHaveCount(0),
  findings: (page) => expect(page.getByRole('region', { name: INCIDENT.jump })).toBeVisible(),
  tuples: (page) => expect(row(page, 0)).toBeVisible(),
  rules: (page) => expect(page.getByRole('link', { name: 'DenyAllInBound' }).first()).toBeVisible(),
  scans: (page) => expect(page.getByRole('rowheader').first()).toBeVisible(),
  paths: (page) => expect(page.getByRole('rowheader').first()).toBeVisible(),
  flips: (page) => expect(page.getByRole('rowheader').first()).toBeVisible(),
  coverage: untilRead,
  host: (page) => expect(page.getByRole('region', { name: 'Denied, then allowed' })).toBeVisible(),
}

const PAGES: readonly [path: string, ready: Ready][] = [
  ...(Object.entries(READY) as [PageView, Ready][]).map(([view, ready]): [string, Ready] => {
    const { path } = VIEWS[view].page
    return [view === 'host' ? `${path}/${INCIDENT.intruder}` : path, ready]
  }),
  ['/?step=1', (page) => expect(page.getByRole('complementary', { name: 'First steps' })).toContainText('What deserves a look?')],
  ['/?prev=1&from=2026-08-13T10:00:00Z&to=2026-08-13T12:00:00Z', (page) => expect(panel(page, 'Timeline')).toContainText('tuples')],
  ['/?q=dport:99999', (page) => expect(page.getByRole('alert').first()).toBeVisible()],
  ['/?q=src:192.0.2.254', (page) => expect(page.getByText(/^0 of/)).toBeVisible()],
  ['/host/nobody', (page) => expect(page.getByRole('heading', { level: 1 })).toBeVisible()],
  ['/context', (page) => expect(page.getByRole('heading', { name: 'Context files' })).toBeVisible()],
  ['/watches', (page) => expect(page.getByRole('button', { name: 'New watch' })).toBeVisible()],
  ['/investigations', (page) => expect(page.getByRole('button', { name: 'Create' })).toBeVisible()],
  ['/nowhere', (page) => expect(page.getByRole('heading', { level: 1 })).toBeVisible()],
]

test.describe('axe finds nothing', () => {
  test('on any page', async ({ page, demo }) => {
    for (const [path, ready] of PAGES)
      await test.step(path, async () => {
        await page.goto(demo.url + path)
        await ready(page)
        expect.soft(await violations(page), path).toEqual([])
      })
  })

  const DIALOG = '[role=dialog]'
  // Content behind a menu is hidden from assistive technology but keeps its focusable parts; the menu holds the focus.
  const OPENED: readonly [what: string, open: (page: Page) => Promise<void>, within: string][] = [
    ['keys', (page) => page.keyboard.press('?'), DIALOG],
    ['time range', (page) => page.keyboard.press('t'), DIALOG],
    ['columns', (page) => page.getByRole('button', { name: /^Columns/ }).click(), DIALOG],
    [
      'menu of a value',
      async (page) => {
        await row(page, 0).getByText('tcp').or(row(page, 0).getByText('udp')).click({ button: 'right' })
        await expect(page.getByRole('menu')).toBeVisible()
      },
      '[role=menu]',
    ],
    [
      'tuple',
      async (page) => {
        await grid(page).focus()
        await page.keyboard.press('j')
        await page.keyboard.press('Enter')
        await expect(page.getByRole('complementary', { name: 'Open tuple' })).toContainText('blob')
      },
      '[aria-label="Open tuple"]',
    ],
    [
      'export',
      async (page) => {
        await page.keyboard.press('e')
        await expect(page.getByRole('dialog')).toBeVisible()
      },
      DIALOG,
    ],
    [
      'verify',
      async (page) => {
        await page.getByRole('button', { name: 'Verify rows' }).click()
        await expect(page.getByRole('dialog')).toBeVisible()
      },
      DIALOG,
    ],
    [
      'add to an investigation',
      async (page) => {
        await page.keyboard.press('a')
        await expect(page.getByRole('dialog')).toBeVisible()
      },
      DIALOG,
    ],
    [
      'completion',
      async (page) => {
        await filterInput(page).fill('rule:')
        await expect(page.getByRole('option').first()).toBeVisible()
      },
      'section[aria-label=Question]',
    ],
  ]
  test('with a part of the explorer open', async ({ page, demo }) => {
    await page.goto(`${demo.url}/explorer`)
    for (const [what, open, within] of OPENED) {
      await expect(row(page, 0)).toBeVisible()
      await open(page)
      await expect(page.locator(within)).toBeVisible()
      expect(await violations(page, within), what).toEqual([])
      await page.keyboard.press('Escape')
      if (within === DIALOG) await expect(page.locator(DIALOG)).toHaveCount(0)
    }
  })

  test('with a rule open', async ({ page, demo }) => {
    await page.goto(`${demo.url}/rules`)
    await page.getByRole('link', { name: 'DenyAllInBound' }).first().click()
    await expect(page.getByRole('complementary', { name: 'Open rule' })).toContainText('Hits over time')
    expect(await violations(page, '[aria-label="Open rule"]')).toEqual([])
  })

  test('on a phone', async ({ page, demo }) => {
    await page.setViewportSize({ width: 390, height: 844 })
    await page.goto(demo.url)
    await expect(panel(page, 'Talkers').getByRole('row')).not.toHaveCount(0)
    await page.getByRole('button', { name: 'Pages, now Overview' }).click()
    expect(await violations(page), 'pages').toEqual([])
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Scans' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Scans' })).toBeAttached()
    await expect(page.getByRole('rowheader').first()).toBeVisible()
    expect(await violations(page), 'scans').toEqual([])
  })
})

test('axe finds nothing if no source is configured, or one is failing', async ({ page, bare, down }) => {
  await page.goto(bare.url)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  expect(await violations(page), 'unconfigured').toEqual([])
  await page.goto(`${down.url}/coverage`)
  await expect(page.getByRole('button', { name: /1 not answering/ })).toBeVisible()
  expect(await violations(page), 'failing').toEqual([])
})
