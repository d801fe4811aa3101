import type { Page } from '@playwright/test'
import { expect, SPEC, test } from '../world/apps'
import { ask, brush, expectLinkKey, panel, timeline, untilRead } from '../world/desk'

interface Plan {
  blobs: number
  bytes: number
  cachedBlobs: number
  cachedBytes: number
  estimateMs: number
  askAbove: number
}

interface Timeline {
  view: { from: string; to: string }
  bucketMs: number
  buckets: { t: number; allow: { tuples: number }; deny: { tuples: number } }[]
}

const HOUR = 3_600_000
const hour = Math.floor(SPEC.now / HOUR) * HOUR
const iso = (t: number) => new Date(t).toISOString().replace('.000', '')
const rangeOf = (from: number, to: number) => new URLSearchParams({ from: iso(from), to: iso(to) })

function question(page: Page) {
  return page.getByRole('region', { name: 'Before reading' })
}

function readButton(page: Page) {
  return page.getByRole('button', { name: /^Read [\d.]+ [KMG]iB in [\d,]+ blobs? \(about .+\)$/ })
}

test.describe('before a large read', () => {
  test('asks, and reads nothing on any page until the reader agrees', async ({ page, careful }) => {
    const plan = await ask<Plan>(page, `${careful.url}/api/plan`)
    expect(plan.bytes).toBeGreaterThan(plan.askAbove)
    for (const path of ['/explorer', '/coverage', '/']) {
      await page.goto(careful.url + path)
      await expect(readButton(page)).toHaveText(new RegExp(`in ${plan.blobs} blobs `))
      await expect(page.getByText(/^(partial|unread)$/).first()).toBeVisible()
    }
    await expect(panel(page, 'Timeline')).toContainText('Not read yet')
    await expect(panel(page, 'Totals')).toContainText('nothing read so far')
    expect(await ask<Plan>(page, `${careful.url}/api/plan`)).toMatchObject({ cachedBlobs: 0, cachedBytes: 0 })

    await page.getByRole('button', { name: /^Saved views/ }).focus()
    await page.keyboard.press('Tab')
    await expect(readButton(page)).toBeFocused()
    await page.keyboard.press('Tab')
    await expect(page.getByRole('button', { name: 'Show what is already here' })).toBeFocused()
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('Enter')
    await untilRead(page)
    await expect(page.getByText(`${plan.blobs} of ${plan.blobs} blobs`)).toBeVisible()
    await expect(panel(page, 'Talkers').getByRole('row')).toHaveCount(12)
    await expect(readButton(page)).toHaveCount(0)
    expect(await ask<Plan>(page, `${careful.url}/api/plan`)).toMatchObject({ cachedBlobs: plan.blobs, cachedBytes: plan.bytes })
  })

  test('applies an agreement to its range and any part of it, but to no other range', async ({ page, careful }) => {
    await page.goto(`${careful.url}/?${rangeOf(hour - 8 * HOUR, hour)}`)
    await readButton(page).click()
    await untilRead(page)
    await page.keyboard.press('[')
    await expectLinkKey(page, 'to', iso(hour - 8 * HOUR))
    await expect(readButton(page)).toBeVisible()
    await page.goBack()
    await untilRead(page)
    await brush(page, 0.25, 0.75)
    await expectLinkKey(page, 'from', /T0\d:/)
    await untilRead(page)
    await expect(question(page)).toHaveCount(0)
  })

  test('shows the data that is already read, marked as incomplete', async ({ page, careful }) => {
    const part = rangeOf(hour - 6 * HOUR, hour - 5 * HOUR)
    const { buckets } = await ask<Timeline>(page, `${careful.url}/api/timeline?${part}`)
    const here = await ask<Plan>(page, `${careful.url}/api/plan`)
    expect(here.cachedBlobs).toBeGreaterThan(0)
    await page.goto(careful.url)
    await expect(question(page)).toContainText(`${here.cachedBlobs} of ${here.blobs} blobs here`)
    await page.getByRole('button', { name: 'Show what is already here' }).click()
    await expect(question(page)).toHaveCount(0)
    await expect(panel(page, 'Timeline')).toContainText('partial')
    await expect(panel(page, 'Talkers').getByRole('row')).toHaveCount(12)
    const shown = await ask<Timeline>(page, `${careful.url}/api/timeline?wait=0`)
    const sum = ({ buckets: all }: Pick<Timeline, 'buckets'>) => all.reduce((n, { allow, deny }) => n + allow.tuples + deny.tuples, 0)
    expect(sum(shown)).toBeGreaterThanOrEqual(sum({ buckets }))
    await expect(panel(page, 'Totals').getByTitle(`${sum(shown).toLocaleString('en')} tuples`, { exact: true })).toBeVisible()
    expect(await ask<Plan>(page, `${careful.url}/api/plan`)).toMatchObject({ cachedBlobs: here.cachedBlobs, cachedBytes: here.cachedBytes })
    await readButton(page).click()
    await untilRead(page)
    await expect(page.getByText(`${here.blobs} of ${here.blobs} blobs`)).toBeVisible()
  })
})

test.describe('a brush', () => {
  test('repaints from memory before the server answers, and then nothing moves', async ({ page, demo }) => {
    await page.goto(demo.url)
    await untilRead(page)
    const day = await ask<Timeline>(page, `${demo.url}/api/timeline`)
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    await page.route(/\/api\/timeline\?.*from=/, async (route) => {
      await held
      await route.continue()
    })
    const box = (await timeline(page).boundingBox())!
    const places = () => Promise.all((['Totals', 'Timeline', 'Talkers', 'Rules'] as const).map((name) => panel(page, name).boundingBox()))
    await brush(page, 0.5, 0.75)
    await expectLinkKey(page, 'from', /^2026-08-13T/)
    const range = new URL(page.url()).searchParams
    const [from, to] = [Date.parse(range.get('from')!), Date.parse(range.get('to')!)]
    const inside = day.buckets.filter(({ t }) => t >= from && t < to)
    const tuples = inside.reduce((n, { allow, deny }) => n + allow.tuples + deny.tuples, 0)
    const total = panel(page, 'Totals').getByTitle(`${tuples.toLocaleString('en')} tuples`, { exact: true })
    await expect(panel(page, 'Timeline').getByText('provisional')).toBeVisible()
    await expect(timeline(page)).toHaveAttribute('aria-valuemax', String(inside.length - 1))
    await expect(total).toContainText('≈')
    const before = await places()
    expect((await timeline(page).boundingBox())!).toEqual(box)
    release()
    await expect(panel(page, 'Timeline').getByText('provisional')).toHaveCount(0)
    await expect(total).toHaveText(/^[\d.,]+( [kM])?$/)
    const answer = await ask<Timeline>(page, `${demo.url}/api/timeline?${range}`)
    expect(answer.bucketMs).toBeLessThan(day.bucketMs)
    await expect(timeline(page)).toHaveAttribute('aria-valuemax', String(answer.buckets.length - 1))
    expect((await places()).slice(0, 2)).toEqual(before.slice(0, 2))
    expect((await places()).map((place) => place!.y)).toEqual(before.map((place) => place!.y))
  })
})
