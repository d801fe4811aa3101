import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { BrowserContext, Page } from '@playwright/test'
import { expect, test } from '../world/apps'
import { demoFolder } from '../world/demo-folder'
import { applyFilter, ask, expectLinkKey, linkKey, panel } from '../world/desk'
import { type App, startApp, temporaryFolder } from '../world/server'
import { violations } from '../world/violations'

const RANGE = 'from=2026-08-13T10:00:00Z&to=2026-08-13T12:00:00Z'

interface Record {
  blobs: { container: string; name: string; rows: number }[]
}

async function copyLink(page: Page, context: BrowserContext): Promise<string> {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await expect(panel(page, 'Talkers').getByRole('row')).toHaveCount(12)
  await page.keyboard.press('c')
  await expect(page.getByText('Link copied: fixed times, as of this answer, with its fingerprint')).toBeVisible()
  return page.evaluate(() => navigator.clipboard.readText())
}

test.describe('evidence', () => {
  let app: App
  let folder: string
  let data: string
  let removeAll: () => Promise<void>

  test.beforeAll(async () => {
    const [logs, kept] = [await demoFolder(), await temporaryFolder()]
    folder = logs.folder
    data = kept.folder
    app = await startApp({ FLOWLENS_SOURCES: folder, FLOWLENS_DATA_DIR: data })
    removeAll = async () => {
      await app.stop()
      await Promise.all([logs.remove(), kept.remove()])
    }
  })

  test.afterAll(() => removeAll())

  test('a copied link tells whether its data is unchanged, and names the changed blob', async ({ page, context }) => {
    await page.goto(`${app.url}/?${RANGE}`)
    const link = await copyLink(page, context)
    const proof = new URL(link).searchParams.get('proof')!
    expect(proof).toMatch(/^[0-9a-f]{32}$/)
    const record = JSON.parse(readFileSync(path.join(data, 'evidence', `${proof}.json`), 'utf8')) as Record
    const rows = record.blobs.reduce((sum, blob) => sum + blob.rows, 0)
    const { total } = await ask<{ total: number }>(page, `${app.url}/api/tuples?${RANGE}&limit=1`)
    expect(rows).toBe(total)

    await page.goto(link)
    await expect(
      page.getByText(
        `Same data as when this link was made (${record.blobs.length} blobs, ${rows.toLocaleString('en')} tuples in the range)`,
      ),
    ).toBeVisible()
    await page.getByRole('link', { name: 'Explorer', exact: true }).click()
    await expectLinkKey(page, 'proof', proof)
    await applyFilter(page, 'dport:22')
    await expectLinkKey(page, 'proof', null)

    const victim = record.blobs.find((blob) => blob.rows > 20)!
    const file = path.join(folder, victim.container, victim.name)
    const text = readFileSync(file, 'utf8')
    const middle = text.indexOf('10.10.', text.length / 2)
    writeFileSync(file, `${text.slice(0, middle)}10.11.${text.slice(middle + 6)}`)
    await expect(async () => {
      await page.goto(link)
      await expect(page.getByRole('status').filter({ hasText: 'Not the same data as when this link was made: 1 changed' })).toBeVisible({
        timeout: 5000,
      })
    }).toPass()
    await page.getByText('Which blobs, and how they differ').click()
    await expect(page.getByRole('list', { name: 'Changed blobs' })).toContainText(victim.name)
    await page.getByRole('link', { name: 'Show today’s data' }).click()
    await expectLinkKey(page, 'proof', null)
    expect(linkKey(page, 'asof')).toBeNull()
  })

  test('an investigation gathers links, keeps a note, is exported and deleted', async ({ page }) => {
    await page.goto(`${app.url}/investigations`)
    await expect(page.getByText('There are no investigations yet')).toBeVisible()
    expect(await violations(page)).toEqual([])
    await page.goto(`${app.url}/?${RANGE}&q=dport:22`)
    await expect(panel(page, 'Talkers').getByRole('row').first()).toBeVisible()
    for (const label of ['SSH attempts', 'The same again']) {
      await page.keyboard.press('a')
      const dialog = page.getByRole('dialog', { name: 'Add to investigation' })
      await expect(dialog.getByRole('textbox', { name: 'Label of the link' })).toHaveValue('dport:22')
      const title = dialog.getByRole('textbox', { name: 'Title' })
      if (label === 'SSH attempts') await title.fill('Brute force')
      await dialog.getByRole('textbox', { name: 'Label of the link' }).fill(label)
      await dialog.getByRole('button', { name: 'Add' }).click()
      await expect(dialog).toBeHidden()
      await expect(page.getByRole('status').getByRole('link', { name: 'Brute force' })).toBeVisible()
    }

    await page.keyboard.press('g')
    await page.keyboard.press('i')
    await page.getByRole('link', { name: 'Brute force' }).click()
    await expect(page).toHaveURL(/\/i\/[a-z2-7]{8}$/)
    const address = page.url()
    const links = page.getByRole('list', { name: 'Links' }).getByRole('listitem')
    await expect(links).toHaveCount(2)
    await expect(links.first()).toContainText('Same data as when this link was made')
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: 'Move The same again up' }).click()
    await expect(links.first()).toContainText('The same again')
    await page.getByRole('button', { name: 'Rename The same again' }).click()
    await page.getByRole('textbox', { name: 'Label', exact: true }).fill('From outside')
    await page.getByRole('button', { name: 'Rename', exact: true }).click()
    await expect(links.first()).toContainText('From outside')
    await page.getByRole('textbox', { name: 'Note, plain text' }).fill('Began at *ten*.')
    await page.getByRole('button', { name: 'Save' }).click()
    await expect(page.getByText('Saved', { exact: true })).toBeVisible()

    const download = page.waitForEvent('download')
    await page.getByRole('link', { name: 'Export Markdown' }).click()
    const text = readFileSync(await (await download).path(), 'utf8')
    expect(text).toContain('# Brute force\n')
    expect(text).toContain('> Began at \\*ten\\*.')
    expect(text).toContain('## 1. From outside\n')
    expect(text).toContain(`<${app.url}/`)
    const { total } = await ask<{ total: number }>(page, `${app.url}/api/tuples?${RANGE}&q=dport:22&limit=1`)
    expect(text).toContain(`- Rows: ${total} (`)
    expect(text).toContain('- Verdict: same data as when the link was made')

    await page.getByRole('button', { name: 'Delete' }).click()
    await page.getByRole('dialog', { name: 'Delete this investigation' }).getByRole('button', { name: 'Delete', exact: true }).click()
    await expect(page.getByText('There are no investigations yet')).toBeVisible()
    await page.goto(address)
    await expect(page.getByRole('heading', { level: 1, name: /^There is no investigation with the id [a-z2-7]{8}$/ })).toBeVisible()
  })
})
