import type { Locator } from '@playwright/test'
import { INCIDENT } from '../../scripts/demo/traffic/incident'
import { expect, test } from '../world/apps'
import { untilRead } from '../world/desk'

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })

const PAGES = [
  ...[
    '/',
    '/findings',
    '/explorer',
    '/explorer?per=flow',
    '/rules',
    '/rules?flat=1',
    '/scans',
    '/flips',
    '/map',
    '/coverage',
    '/context',
    '/watches',
  ],
  ...['/investigations', `/host/${INCIDENT.jump}`],
  // A filter with a term that is switched off, and the previous period.
  ...['/?q=dport:3389&off=src:10.0.0.0/8', '/?prev=1&from=2026-08-13T10:00:00Z&to=2026-08-13T12:00:00Z'],
]

/** Height of the smallest thing to touch. Pixels. */
const TARGET = 28

test('every page fits a phone: nothing scrolls sideways, and everything to touch is large enough', async ({ page, demo }) => {
  for (const path of PAGES)
    await test.step(path, async () => {
      await page.goto(demo.url + path)
      if (!/^\/(context|watches|investigations)/.test(path)) await untilRead(page)
      await page.waitForLoadState('networkidle')
      const { width, small, cut } = await page.evaluate((least) => {
        const targets = [...document.querySelectorAll('a[href], button, select, textarea, label')].filter((target) => {
          const { width, height } = target.getBoundingClientRect()
          const hidden = getComputedStyle(target).visibility === 'hidden' || target.closest('.sr-only, svg, [hidden]') !== null
          return width > 1 && height > 1 && !hidden
        })
        const labels = [...document.querySelectorAll('.recharts-surface text')].filter((label) => {
          const [of, box] = [label.closest('svg')!.getBoundingClientRect(), label.getBoundingClientRect()]
          return box.left < of.left || box.right > of.right
        })
        return {
          width: document.documentElement.scrollWidth,
          cut: labels.map((label) => label.textContent),
          small: targets
            .filter((target) => Math.ceil(target.getBoundingClientRect().height) < least)
            .map((target) => `${target.tagName} ${target.textContent?.trim().slice(0, 40)}: ${target.getBoundingClientRect().height}`),
        }
      }, TARGET)
      if (path === '/scans')
        await expect(
          page
            .getByText(/^\d+ targets?, \d+ ports?/)
            .filter({ hasText: /\d\d:\d\d:\d\d – .*\d\d:\d\d:\d\d/, visible: true })
            .first(),
        ).toBeVisible()
      expect.soft(width, path).toBeLessThanOrEqual(390)
      expect.soft(small, path).toEqual([])
      expect.soft(cut, path).toEqual([])
    })
})

test('what opens over a page can be touched on a phone', async ({ page, demo }) => {
  await page.goto(demo.url)
  await untilRead(page)
  for (const [name, of] of [
    ['What flow logs never hold', 'a[href]'],
    ['Pages, now Overview', 'a[href]'],
    [/^Saved views/, 'button, label'],
  ] as const) {
    await page.getByRole('button', { name }).click()
    const targets = page.getByRole('dialog').locator(of)
    await expect(targets.first()).toBeVisible()
    const heights = await targets.evaluateAll((all) => all.map((one) => [one.textContent, Math.ceil(one.getBoundingClientRect().height)]))
    expect(heights.filter(([, height]) => Number(height) < TARGET)).toEqual([])
    await page.keyboard.press('Escape')
  }
})

test('what is missing stands beside the slim timeline, not over it or outside of the page', async ({ page, down }) => {
  await page.goto(`${down.url}/explorer`)
  const timeline = page.getByRole('region', { name: 'Timeline' })
  const mark = timeline.getByRole('button', { name: /1 source missing/ })
  await expect(mark).toBeVisible()
  await untilRead(page)
  const [of, legend, chart] = await Promise.all([
    mark.boundingBox(),
    timeline.getByText('allowed, below').boundingBox(),
    timeline.getByRole('slider').boundingBox(),
  ])
  expect(of!.x + of!.width).toBeLessThanOrEqual(390)
  for (const box of [of!, legend!]) expect(box.y + box.height).toBeLessThanOrEqual(chart!.y + 1)
})

test('the whole name of a saved view is seen on a phone', async ({ page, demo }) => {
  const name = 'What was denied at the edge during the night shift'
  const kept = { id: 'aaaaaaaa', version: 1, made: '2026-08-13T14:00:00Z', changed: '2026-08-13T14:00:00Z', by: null, mine: null }
  const view = { ...kept, name, href: '/?q=action%3Adeny', shared: true, initial: false }
  await page.route('**/api/views', (route) => route.fulfill({ json: { views: [view], problems: [] } }))
  await page.goto(demo.url)
  await untilRead(page)
  await page.getByRole('button', { name: /^Saved views/ }).click()
  const link = page.getByRole('list', { name: 'Saved views' }).getByRole('link', { name })
  await expect(link).toBeVisible()
  expect(await link.evaluate((text) => text.scrollWidth - text.clientWidth)).toBe(0)
})

/** Tells which parts of the rows are cut: by themselves, or by their row; of a rule, whether less than its first 100 pixels is to be seen. */
const cutIn = (rows: Locator) =>
  rows.evaluateAll((all) =>
    all.flatMap((row) => {
      const box = row.getBoundingClientRect()
      return [...row.querySelectorAll('span')]
        .filter((part) => {
          const { bottom, right } = part.getBoundingClientRect()
          const isCut = part.clientWidth > 0 && part.scrollWidth > part.clientWidth + 1
          return (isCut && !(part.title.startsWith('Rule ') && part.clientWidth >= 100)) || bottom > box.bottom || right > box.right
        })
        .map((part) => part.textContent)
    }),
  )

test('all that a row says is whole on a phone, with the zone of its time', async ({ page, known }) => {
  await page.goto(`${known.url}/explorer`)
  await untilRead(page)
  await expect(
    page
      .getByRole('button', { name: /^Range:? / })
      .or(page.getByRole('button', { name: /UTC/ }))
      .first(),
  ).toContainText('UTC')
  const tuples = page.getByRole('grid', { name: 'Tuples' }).getByRole('row')
  await expect(tuples.first()).toContainText(/\d\d:\d\d:\d\d(\.\d+)? Z/)
  await expect(tuples.first()).toContainText(/(in|out) · (tcp|udp|icmp)\b.* · \w/)
  expect(await cutIn(tuples)).toEqual([])
  await page.getByRole('radio', { name: 'Flows' }).click()
  const flows = page.getByRole('grid', { name: 'Flows' }).getByRole('row')
  await expect(flows.first()).toContainText(/(tcp|udp|icmp)\b.* · .+ · \d+ tuples?/)
  expect(await cutIn(flows)).toEqual([])
})
