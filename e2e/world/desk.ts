import { expect, type Locator, type Page } from '@playwright/test'

/** Parts of the page that the tests use, by role and name. */
export function filterInput(page: Page): Locator {
  return page.getByRole('combobox', { name: 'Filter' })
}

export function panel(page: Page, name: 'Totals' | 'Timeline' | 'Talkers' | 'Rules' | 'On lists'): Locator {
  return page.getByRole('region', { name, exact: true })
}

export function timeline(page: Page): Locator {
  return page.getByRole('slider', { name: /^Timeline/ })
}

export function grid(page: Page): Locator {
  return page.getByRole('grid', { name: 'Tuples' })
}

/** Waits until the page has an answer from all blobs of its range: before, its contents may change. */
export async function untilRead(page: Page): Promise<void> {
  await expect(page.getByText(/^(\d+) of \1 blobs$/)).toBeVisible()
}

/** A row of the explorer's table, counted from 0. */
export function row(page: Page, index: number): Locator {
  return grid(page).locator(`[aria-rowindex="${index + 2}"]`)
}

/** Scrolls the explorer's table until a row (counted from 0) has loaded. */
export async function scrollToRow(page: Page, index: number): Promise<void> {
  await expect(async () => {
    const height = (await grid(page).locator('tbody tr').last().boundingBox())!.height
    await grid(page).evaluate((table, top) => table.parentElement!.scrollTo(0, top), index * height)
    await expect(row(page, index)).toBeAttached({ timeout: 500 })
  }).toPass()
}

export function linkKey(page: Page, key: string): string | null {
  return new URL(page.url()).searchParams.get(key)
}

export async function expectLinkKey(page: Page, key: string, value: string | RegExp | null): Promise<void> {
  const found = expect.poll(() => linkKey(page, key), `link key ${key}`)
  await (value instanceof RegExp ? found.toMatch(value) : found.toBe(value))
}

/** Types a filter and applies it like a person. Before the page is ready, the browser itself would submit the form. */
export async function applyFilter(page: Page, filter: string): Promise<void> {
  await filterInput(page).fill(filter)
  await expect(page.getByRole('search').getByRole('button', { name: 'Clear the filter' })).toBeVisible()
  await filterInput(page).press('Enter')
}

/** Drags over the timeline from one share of its width to another. */
export async function brush(page: Page, from: number, to: number): Promise<void> {
  let box = { x: Number.NaN, y: Number.NaN, width: Number.NaN, height: Number.NaN }
  const isStill = async () => {
    const before = box
    box = (await timeline(page).boundingBox()) ?? before
    return box.x === before.x && box.y === before.y && box.width === before.width
  }
  await expect.poll(isStill).toBe(true)
  const y = box.y + box.height / 2
  await page.mouse.move(box.x + box.width * from, y)
  await page.mouse.down()
  await page.mouse.move(box.x + (box.width * (from + to)) / 2, y)
  await page.mouse.move(box.x + box.width * to, y)
  await page.mouse.up()
}

/** Requests an answer of the API, to compare the page with. */
export async function ask<T>(page: Page, url: string): Promise<T> {
  const response = await page.request.get(url)
  expect(response.ok(), `${url}: ${response.status()}`).toBe(true)
  return (await response.json()) as T
}
