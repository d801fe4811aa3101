import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { parse } from 'csv-parse/sync'
import { expect, test } from '../world/apps'
import { ask, panel, row, timeline } from '../world/desk'

const Q = 'action:deny dport:3389'
const dialog = (page: Page) => page.getByRole('dialog', { name: 'Export rows' })

/** Opens the dialog in a browser without a file picker, such as Firefox and Safari. */
async function openDialog(page: Page, url: string): Promise<void> {
  await page.addInitScript(() => Reflect.deleteProperty(window, 'showSaveFilePicker'))
  await page.goto(`${url}/explorer?q=${encodeURIComponent(Q)}`)
  await expect(row(page, 0)).toBeVisible()
  await page.keyboard.press('e')
  await expect(dialog(page)).toContainText('each with its blob, ETag and offset')
}

async function exported(page: Page): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent('download'), dialog(page).getByRole('button', { name: 'Export' }).click()])
  await expect(dialog(page).getByRole('status')).toContainText(`Saved ${download.suggestedFilename()}`)
  return await download.path()
}

test('every row of the view is saved as CSV, with the shown columns and its origin', async ({ page, demo }) => {
  await openDialog(page, demo.url)
  const { total } = await ask<{ total: number }>(page, `${demo.url}/api/tuples?q=${encodeURIComponent(Q)}`)
  await expect(dialog(page)).toContainText(`${total.toLocaleString('en-US')} rows of`)
  await dialog(page).getByRole('combobox', { name: 'Columns' }).selectOption('shown')
  const rows = parse(await readFile(await exported(page), 'utf8'), { columns: true }) as Record<string, string>[]
  expect(rows).toHaveLength(total)
  expect(Object.keys(rows[0]!).slice(-3)).toEqual(['blob', 'etag', 'offset'])
  const { dport, blob, offset } = rows[0]!
  expect(dport).toBe('3389')
  const [container, ...name] = blob!.split('/')
  const bytes = await demo.bytes(container!, name.join('/'))
  expect(bytes.subarray(Number(offset)).toString('utf8').split('"')[0]).toContain(`,${dport},`)
})

test('an exported folder matches the blobs', async ({ page, demo }) => {
  await openDialog(page, demo.url)
  await dialog(page).getByRole('radio', { name: 'NDJSON' }).click()
  await dialog(page).getByRole('combobox', { name: 'Schema' }).selectOption('ecs')
  await dialog(page)
    .getByRole('checkbox', { name: /manifest/ })
    .check()
  const folder = await mkdtemp(path.join(tmpdir(), 'flowlens-'))
  try {
    execFileSync('tar', ['-xf', await exported(page), '-C', folder, '--strip-components=1'])
    execFileSync('sh', ['-c', 'sha256sum --check --quiet SHA256SUMS'], { cwd: folder })
    const manifest = JSON.parse(await readFile(path.join(folder, 'manifest.json'), 'utf8'))
    const lines = (await readFile(path.join(folder, 'rows.ndjson'), 'utf8')).trim().split('\n')
    expect([lines.length, manifest.file.rows]).toEqual([manifest.total.rows, manifest.total.rows])
    expect(JSON.parse(lines[0]!).event).toMatchObject({ category: ['network'], type: ['connection', 'denied'] })
    for (const { container, name, pieces } of manifest.blobs) {
      const bytes = await demo.bytes(container, name)
      for (const { from, to, sha256 } of pieces)
        expect(createHash('sha256').update(bytes.subarray(from, to)).digest('hex'), name).toBe(sha256)
    }
  } finally {
    await rm(folder, { recursive: true })
  }
})

test('an export under way is cancelled, and one that fails can be tried again', async ({ page, demo }) => {
  await openDialog(page, demo.url)
  await page.route('**/api/export?*', () => undefined)
  await dialog(page).getByRole('button', { name: 'Export' }).click()
  await expect(dialog(page).getByRole('progressbar', { name: 'Export' })).toBeVisible()
  await dialog(page).getByRole('button', { name: 'Cancel' }).click()
  await expect(dialog(page).getByRole('status')).toHaveText('Cancelled: no file was saved')
  await page.unroute('**/api/export?*')
  await page.route('**/api/export?*', (route) =>
    route.fulfill({ status: 502, json: { error: { kind: 'source', message: 'Storage did not answer' } } }),
  )
  await dialog(page).getByRole('button', { name: 'Export' }).click()
  await expect(dialog(page).getByRole('status')).toHaveText('Storage did not answer')
  await expect(dialog(page).getByRole('button', { name: 'Try again' })).toBeVisible()
})

test('the timeline is saved as a picture, twice as large as it is shown', async ({ page, demo }) => {
  await page.goto(demo.url)
  await expect(timeline(page)).toBeVisible()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    panel(page, 'Timeline').getByRole('button', { name: 'PNG' }).click(),
  ])
  expect(download.suggestedFilename()).toMatch(/^flowlens-timeline-[\dT-]+\.png$/)
  const png = await readFile(await download.path())
  expect(png.subarray(1, 4).toString()).toBe('PNG')
  const { width } = (await panel(page, 'Timeline').boundingBox())!
  expect(png.readUInt32BE(16)).toBeGreaterThan(2 * width - 8)
})
