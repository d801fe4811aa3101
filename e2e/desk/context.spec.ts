import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { INCIDENT } from '../../scripts/demo/traffic/incident'
import { expect, test } from '../world/apps'
import { panel, untilRead } from '../world/desk'

test.describe('context', () => {
  test('shows the owners of the intruder’s and the beacon’s networks without a click', async ({ page, known }) => {
    await page.goto(known.url)
    await untilRead(page)
    const letIn = panel(page, 'Totals').getByRole('status')
    await expect(letIn).toContainText(INCIDENT.intruder)
    await expect(letIn).toContainText('Quiet Harbour Hosting, Ltd.')
    await expect(letIn.getByTitle('Panama', { exact: true })).toBeVisible()
    const listed = panel(page, 'On lists')
    await expect(listed).toContainText(INCIDENT.beacon)
    await expect(listed).toContainText('command-and-control')
    await expect(listed).toContainText('Nightglass VPS')
    await expect(panel(page, 'Talkers').getByText('jump-01', { exact: true })).toBeVisible()
  })

  test('shows each file, also a new and an unreadable one, without a restart', async ({ page, known }) => {
    await page.goto(`${known.url}/context`)
    const files = page.getByRole('table')
    await expect(files.getByRole('row').filter({ hasText: 'inventory.json' })).toContainText('7 NICs')
    await expect(files.getByRole('row').filter({ hasText: 'command-and-control.txt' })).toContainText('1 range')
    await writeFile(path.join(known.folder, 'rules.json'), JSON.stringify([{ name: 'web-nsg', securityRules: [{ name: 'web' }] }]))
    await writeFile(path.join(known.folder, 'torn.json'), '{"values": [')
    await expect(async () => {
      await page.reload()
      await expect(files.getByRole('row').filter({ hasText: 'rules.json' })).toContainText('1 NSG', { timeout: 2000 })
      await expect(files.getByRole('row').filter({ hasText: 'torn.json' })).toContainText('not read', { timeout: 2000 })
    }).toPass({ timeout: 60_000 })
  })
})
