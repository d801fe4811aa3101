import { INCIDENT } from '../../scripts/demo/traffic/incident'
import { expect, test } from '../world/apps'
import { ask } from '../world/desk'

const q = `src:${INCIDENT.intruder}`

test.describe('evidence', () => {
  test('rows of a view and their bytes are compared with storage', async ({ page, demo }) => {
    await page.goto(`${demo.url}/explorer?${new URLSearchParams({ q })}`)
    const { total } = await ask<{ total: number }>(page, `${demo.url}/api/tuples?${new URLSearchParams({ q, limit: '1' })}`)
    const checked = Math.min(100, total).toLocaleString('en-US')
    await page.getByRole('button', { name: 'Verify rows' }).click()
    const dialog = page.getByRole('dialog', { name: 'Verify against storage' })
    await dialog.getByRole('radio', { name: '100', exact: true }).click()
    await dialog.getByRole('button', { name: 'Verify rows' }).click()
    await expect(dialog.getByRole('status')).toHaveText(`All ${checked} rows that were checked match the bytes in storage.`)
    await expect(dialog).toContainText(`${total.toLocaleString('en-US')} rows in the view`)
    await dialog.getByRole('button', { name: 'Verify all bytes' }).click()
    await expect(dialog.getByRole('status')).toContainText(/Every counted byte of \d+ blobs? has the SHA-256 that it was counted with/)
    await page.keyboard.press('Escape')
    await expect(dialog).toBeHidden()
  })

  test('an open tuple shows that its line is unchanged, and reads it again', async ({ page, demo }) => {
    const { rows } = await ask<{ rows: { id: string }[] }>(page, `${demo.url}/api/tuples?${new URLSearchParams({ q, limit: '1' })}`)
    const id = rows[0]!.id
    await page.goto(`${demo.url}/explorer?${new URLSearchParams({ q, row: id })}`)
    const written = page.getByRole('region', { name: 'Raw record' })
    await expect(written.getByRole('status')).toContainText('Unchanged since counted')
    const again = page.waitForResponse((response) => response.url().includes(`/api/tuples/${id}/raw`))
    await written.getByRole('button', { name: 'Read again' }).click()
    expect((await again).status()).toBe(200)
  })
})
