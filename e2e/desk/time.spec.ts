import type { Page } from '@playwright/test'
import { expect, SPEC, test } from '../world/apps'
import { ask, expectLinkKey, filterInput, grid, linkKey, panel, timeline } from '../world/desk'

interface Timeline {
  view: { from: string; to: string }
  bucketMs: number
  buckets: { t: number; allow: { tuples: number }; deny: { tuples: number } }[]
}

const HOUR = 3_600_000
/** End of the demo's day: the hour of its last block is not over. */
const END = Date.UTC(2026, 7, 13, 15)

const iso = (t: number) => new Date(t).toISOString().replace('.000Z', 'Z')
const sum = ({ buckets }: Timeline) => buckets.reduce((all, { allow, deny }) => all + allow.tuples + deny.tuples, 0)

/** Waits until the page shows the range; only then do keys act on it. */
async function shows(page: Page, text: string): Promise<void> {
  await expect(page.getByRole('button', { name: text })).toBeVisible()
}

/** Opens a page and waits for its answers. */
async function open(page: Page, url: string): Promise<void> {
  await page.goto(url)
  await expect(timeline(page)).toBeVisible()
}

test.describe('the time range', () => {
  test.beforeEach(async ({ page }) => {
    await page.clock.install({ time: SPEC.now })
  })

  test('is shifted by its own length and zoomed around its middle', async ({ page, demo }) => {
    await open(page, `${demo.url}/?from=2026-08-13T10:00:00Z&to=2026-08-13T12:00:00Z`)
    await page.keyboard.press('[')
    await expectLinkKey(page, 'from', '2026-08-13T08:00:00Z')
    await expectLinkKey(page, 'to', '2026-08-13T10:00:00Z')
    await shows(page, '13 Aug 2026 08:00 – 10:00 UTC')
    await page.keyboard.press(']')
    await expectLinkKey(page, 'to', '2026-08-13T12:00:00Z')
    await shows(page, '13 Aug 2026 10:00 – 12:00 UTC')
    await page.keyboard.press('-')
    await expectLinkKey(page, 'from', '2026-08-13T09:00:00Z')
    await expectLinkKey(page, 'to', '2026-08-13T13:00:00Z')
    await shows(page, '13 Aug 2026 09:00 – 13:00 UTC')
    await page.keyboard.press('+')
    await expectLinkKey(page, 'from', '2026-08-13T10:00:00Z')
    await expectLinkKey(page, 'to', '2026-08-13T12:00:00Z')
    await expect(page.getByRole('button', { name: '13 Aug 2026 10:00 – 12:00 UTC' })).toBeVisible()
    await timeline(page).dblclick()
    await expectLinkKey(page, 'from', '2026-08-13T09:00:00Z')
    await shows(page, '13 Aug 2026 09:00 – 13:00 UTC')
    await page.getByRole('button', { name: 'Zoom in (+)' }).click()
    await expectLinkKey(page, 'from', '2026-08-13T10:00:00Z')
  })
})

test.describe('live', () => {
  const button = (page: Page) => page.getByRole('button', { name: 'Live', exact: true })
  const status = (page: Page) => page.getByText(/^Live (checked|paused|waits|the last check)/)

  /** Returns when the page says that it last checked, and when it will check again; seconds of the day. */
  async function pulse(page: Page): Promise<{ looked: number; next: number }> {
    const following = /^Live checked (\d\d):(\d\d):(\d\d) Z, next (\d\d):(\d\d):(\d\d) Z$/
    let found: string[] = []
    await expect(async () => {
      const text = (await status(page).textContent())!
      expect(text).toMatch(following)
      found = following.exec(text)!.slice(1)
    }).toPass()
    const seconds = (at: number) => Number(found[at]) * 3600 + Number(found[at + 1]) * 60 + Number(found[at + 2])
    return { looked: seconds(0), next: seconds(3) }
  }

  test.beforeEach(async ({ page }) => {
    await page.clock.install({ time: SPEC.now })
  })

  /** Collects the requests to one route, by their parameters. */
  function asked(page: Page, route: string): string[] {
    const questions: string[] = []
    page.on('request', (request) => {
      const { pathname, search } = new URL(request.url())
      if (pathname === `/api/${route}`) questions.push(search)
    })
    return questions
  }

  test('checks every minute, shows when, and can be paused', async ({ page, demo }) => {
    const plans = asked(page, 'plan')
    const timelines = asked(page, 'timeline')
    await open(page, demo.url)
    await expect(button(page)).toHaveAttribute('aria-pressed', 'false')
    await expect(status(page)).toHaveCount(0)
    await page.keyboard.press('l')
    await expect(button(page)).toHaveAttribute('aria-pressed', 'true')
    await expectLinkKey(page, 'live', '1')
    const link = page.url()
    const first = await pulse(page)
    expect(first.next - first.looked).toBe(60)
    const [looked, before] = [plans.length, timelines.length]
    await page.clock.fastForward(600_000)
    await expect.poll(async () => (await pulse(page)).looked).toBeGreaterThanOrEqual(first.looked + 600)
    expect(plans).toHaveLength(looked + 1)
    await expect.poll(() => timelines.length).toBeGreaterThan(before)
    expect(page.url()).toBe(link)
    await page.keyboard.press('l')
    await expect(button(page)).toHaveAttribute('aria-pressed', 'false')
    await expectLinkKey(page, 'live', null)
    await expect(status(page)).toHaveCount(0)
    const looks = plans.length
    await page.clock.fastForward(600_000)
    await ask(page, `${demo.url}/api/health`)
    expect(plans).toHaveLength(looks)
  })

  test('moves nothing and does not take the focus', async ({ page, demo }) => {
    await open(page, `${demo.url}/explorer?live=1`)
    await page.setViewportSize({ width: 1440, height: 500 })
    const before = await pulse(page)
    await filterInput(page).focus()
    await page.keyboard.type('dport:')
    await page.evaluate(() => window.scrollTo({ top: 80, behavior: 'instant' }))
    expect(await page.evaluate(() => window.scrollY)).toBeGreaterThan(0)
    const place = async () => ({ scrolled: await page.evaluate(() => window.scrollY), box: await timeline(page).boundingBox() })
    const stood = await place()
    await page.clock.fastForward(300_000)
    await expect.poll(async () => (await pulse(page)).looked).toBeGreaterThan(before.looked)
    await expect(filterInput(page)).toBeFocused()
    await expect(filterInput(page)).toHaveValue('dport:')
    expect(await place()).toEqual(stood)
  })

  test('offers the rows that came since the explorer listed them', async ({ page, demo }) => {
    let more = 0
    await page.route('**/api/tuples?*', async (route) => {
      const response = await route.fetch()
      const answer = await response.json()
      await route.fulfill({ response, json: { ...answer, total: answer.total + more } })
    })
    await open(page, `${demo.url}/explorer?live=1`)
    const before = await pulse(page)
    await expect(grid(page)).toHaveAttribute('aria-rowcount', /^\d/)
    const listed = Number(await grid(page).getAttribute('aria-rowcount'))
    more = 7
    await page.clock.fastForward(300_000)
    await expect.poll(async () => (await pulse(page)).looked).toBeGreaterThan(before.looked)
    await expect(grid(page)).toHaveAttribute('aria-rowcount', String(listed))
    await page.getByRole('button', { name: 'Show 7 newer' }).click()
    await expect(grid(page)).toHaveAttribute('aria-rowcount', String(listed + 7))
    await expect(page.getByRole('button', { name: 'Show 7 newer' })).toHaveCount(0)
  })

  test('stops while the tab is hidden, and checks when it is visible again', async ({ page, demo }) => {
    const plans = asked(page, 'plan')
    const show = (visible: boolean) =>
      page.evaluate((seen) => {
        Object.defineProperty(document, 'hidden', { configurable: true, get: () => !seen })
        document.dispatchEvent(new Event('visibilitychange'))
      }, visible)
    await open(page, `${demo.url}/?live=1`)
    const before = await pulse(page)
    await show(false)
    await expect(status(page)).toHaveText(/^Live checked \d\d:\d\d:\d\d Z, stopped in a hidden tab$/)
    const looks = plans.length
    await page.clock.fastForward(1_200_000)
    await ask(page, `${demo.url}/api/health`)
    expect(plans).toHaveLength(looks)
    await show(true)
    await expect.poll(async () => (await pulse(page)).looked).toBeGreaterThanOrEqual(before.looked + 1200)
    expect(plans).toHaveLength(looks + 1)
  })

  test('is offered only if new records can arrive', async ({ page, demo }) => {
    await open(page, `${demo.url}/?from=2026-08-13T10:00:00Z&to=2026-08-13T12:00:00Z`)
    await expect(button(page)).toHaveAttribute('aria-disabled', 'true')
    await page.keyboard.press('l')
    await expect(page.getByText('Nothing to follow: the range ends before the newest data')).toBeVisible()
    await expectLinkKey(page, 'live', null)
    await page.goto(`${demo.url}/?from=2026-08-13T10:00:00Z&to=2026-08-13T12:00:00Z&live=1`)
    await expect(status(page)).toHaveText('Live paused: the range ends before the newest data')
    await page.keyboard.press('l')
    await expectLinkKey(page, 'live', null)
  })

  test('reports a failed check, and checks again', async ({ page, demo }) => {
    await open(page, `${demo.url}/?live=1`)
    await pulse(page)
    await page.route('**/api/plan*', (route) => route.abort())
    await page.clock.fastForward(120_000)
    await expect(status(page)).toHaveText(/^Live the last check failed, next \d\d:\d\d:\d\d Z$/)
    await page.unroute('**/api/plan*')
    await page.clock.fastForward(120_000)
    await pulse(page)
  })

  test('stays on when the page changes', async ({ page, demo }) => {
    await open(page, `${demo.url}/?live=1`)
    await page.getByRole('link', { name: 'Coverage' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Coverage' })).toBeAttached()
    expect(linkKey(page, 'live')).toBe('1')
  })
})

test.describe('the previous period', () => {
  const button = (page: Page) => page.getByRole('button', { name: 'Previous period' })
  const from = END - 3 * HOUR
  const to = END - 1 * HOUR

  test('is drawn behind the timeline, with the change of each total', async ({ page, demo }) => {
    await open(page, `${demo.url}/?from=${iso(from)}&to=${iso(to)}`)
    await expect(button(page)).toHaveAttribute('aria-pressed', 'false')
    await expect(panel(page, 'Totals').getByText(/in the previous period$/)).toHaveCount(0)
    await page.keyboard.press('p')
    await expect(button(page)).toHaveAttribute('aria-pressed', 'true')
    await expectLinkKey(page, 'prev', '1')
    const now = await ask<Timeline>(page, `${demo.url}/api/timeline?from=${iso(from)}&to=${iso(to)}`)
    const then = await ask<Timeline>(page, `${demo.url}/api/timeline?from=${iso(2 * from - to)}&to=${iso(from)}`)
    expect([then.bucketMs, then.buckets.length]).toEqual([now.bucketMs, now.buckets.length])
    const change = ((sum(now) - sum(then)) / sum(then)) * 100
    const said = new RegExp(
      `^${change > 0 ? 'up' : 'down'} [\\d.]+ % against ${sum(then).toLocaleString('en')} tuples in the previous period$`,
    )
    await expect(panel(page, 'Totals').getByText(said)).toHaveCount(1)
    await expect(panel(page, 'Totals').getByText(/sources? in the previous period$/)).toHaveCount(1)
    const cut = await panel(page, 'Totals')
      .locator('p:has-text("previous period"), p:has-text("previous period") a')
      .evaluateAll((parts) => parts.filter((part) => part.scrollWidth > part.clientWidth + 1).map((part) => part.textContent))
    expect(cut).toEqual([])
    await expect(panel(page, 'Timeline').getByText(`${sum(then).toLocaleString('en')} tuples`, { exact: true })).toBeVisible()
    await timeline(page).focus()
    await page.keyboard.press('Home')
    const first = then.buckets[0]!
    const reading = `${(first.allow.tuples + first.deny.tuples).toLocaleString('en')} tuples in the previous period`
    await expect(timeline(page)).toHaveAttribute('aria-valuetext', new RegExp(`, ${reading}$`))
    await page.keyboard.press('p')
    await expect(panel(page, 'Totals').getByText(/in the previous period$/)).toHaveCount(0)
    await expectLinkKey(page, 'prev', null)
  })

  test('obeys the filter', async ({ page, demo }) => {
    const q = 'action:deny dir:in'
    await open(page, `${demo.url}/?from=${iso(from)}&to=${iso(to)}&prev=1&q=${encodeURIComponent(q)}`)
    const then = await ask<Timeline>(page, `${demo.url}/api/timeline?from=${iso(2 * from - to)}&to=${iso(from)}&q=${encodeURIComponent(q)}`)
    await expect(panel(page, 'Timeline').getByText(`${sum(then).toLocaleString('en')} tuples`, { exact: true })).toBeVisible()
  })

  test('says so where there is no data', async ({ page, demo }) => {
    await open(page, `${demo.url}/?from=${iso(END - 24 * HOUR)}&to=${iso(END)}&prev=1`)
    await expect(panel(page, 'Totals').getByText('no data then').first()).toBeVisible()
    await expect(panel(page, 'Totals').getByText(/[▲▼]/)).toHaveCount(0)
  })

  test('is requested only if it is shown', async ({ page, demo }) => {
    const questions: string[] = []
    page.on('request', (request) => {
      const { pathname, searchParams } = new URL(request.url())
      if (pathname.startsWith('/api/') && searchParams.get('to') === iso(from)) questions.push(pathname)
    })
    await open(page, `${demo.url}/?from=${iso(from)}&to=${iso(to)}`)
    await expect(panel(page, 'Talkers').getByRole('row')).not.toHaveCount(0)
    expect(questions).toEqual([])
    await page.keyboard.press('p')
    await expect.poll(() => [...new Set(questions)].sort()).toEqual(['/api/coverage', '/api/plan', '/api/talkers', '/api/timeline'])
  })
})
