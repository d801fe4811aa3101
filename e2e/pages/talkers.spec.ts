import { INCIDENT } from '../../scripts/demo/traffic/incident'
import { expect, test } from '../world/apps'
import { ask, expectLinkKey, linkKey, panel } from '../world/desk'

interface Talkers {
  total: number
  bucketMs: number
  rows: { key: string | string[]; tuples: number; allow: number; deny: number; spark: { allow: number[]; deny: number[] } }[]
  other: { tuples: number }
}

const count = (n: number) => n.toLocaleString('en')

test.describe('talkers', () => {
  test('show the history of each, allowed and denied separately, and when it was seen', async ({ page, demo }) => {
    const q = `src:${INCIDENT.intruder}`
    await page.goto(`${demo.url}/?${new URLSearchParams({ q })}`)
    const talker = panel(page, 'Talkers').getByRole('row').nth(1)
    const { rows } = await ask<Talkers>(page, `${demo.url}/api/talkers?${new URLSearchParams({ q, spark: '30' })}`)
    const { allow, deny, spark } = rows[0]!
    expect(spark.deny.reduce((sum, n) => sum + n)).toBe(deny)
    const course = talker.getByRole('img', { name: /first in range/ })
    await expect(course).toHaveAccessibleName(
      new RegExp(`${count(deny)} denied tuples, most at .+ \\(${count(Math.max(...spark.deny))}\\)`),
    )
    await expect(course).toHaveAccessibleName(new RegExp(`${count(allow)} allowed tuples, most at .+last in range 2026-08-13`, 's'))
    const [above, below] = await course.evaluate((svg) => {
      const middle = svg.getBoundingClientRect().top + svg.getBoundingClientRect().height / 2
      const bars = [...svg.querySelectorAll('rect')].map((bar) => bar.getBoundingClientRect())
      return [bars.filter(({ bottom }) => bottom <= middle + 0.5).length, bars.filter(({ top }) => top >= middle - 0.5).length]
    })
    expect(above).toBe(spark.deny.filter((n) => n > 0).length)
    expect(below).toBe(spark.allow.filter((n) => n > 0).length)
  })

  test('are grouped by any field of the catalogue, or any two', async ({ page, demo }) => {
    await page.goto(demo.url)
    await panel(page, 'Talkers').getByRole('button', { name: 'Group by other fields' }).click()
    await page.getByRole('combobox', { name: 'By', exact: true }).selectOption('Protocol')
    await expectLinkKey(page, 'by', 'proto')
    await page.getByRole('combobox', { name: 'and by' }).selectOption('Direction')
    await expectLinkKey(page, 'by', 'proto,dir')
    await page.keyboard.press('Escape')
    const { rows, total } = await ask<Talkers>(page, `${demo.url}/api/talkers?by=proto,dir`)
    const head = panel(page, 'Talkers').getByRole('columnheader').first()
    await expect(head).toHaveText('protocol → direction')
    await expect(panel(page, 'Talkers').getByRole('row')).toHaveCount(total + 1)
    for (const [i, { key }] of rows.entries())
      await expect(
        panel(page, 'Talkers')
          .getByRole('row')
          .nth(i + 1)
          .getByRole('rowheader'),
      ).toHaveText([key].flat().join(''))
    await page.reload()
    await expect(head).toHaveText('protocol → direction')
    await expect(panel(page, 'Talkers').getByRole('radio', { name: 'protocol, direction' })).toBeChecked()
    await panel(page, 'Talkers').getByRole('button', { name: 'Group by other fields' }).click()
    await page.getByRole('combobox', { name: 'and by' }).selectOption('nothing else')
    await expectLinkKey(page, 'by', 'proto')
  })

  test('show the chosen number, the rest as one row, and their share of the total', async ({ page, demo }) => {
    await page.goto(demo.url)
    const shown = panel(page, 'Talkers').getByRole('group', { name: 'Talkers shown' })
    for (const limit of [5, 15, 50]) {
      await shown.getByRole('radio', { name: String(limit), exact: true }).click()
      await expectLinkKey(page, 'limit', String(limit))
      const { total, rows, other } = await ask<Talkers>(page, `${demo.url}/api/talkers?limit=${limit}`)
      await expect(panel(page, 'Talkers').getByRole('row')).toHaveCount(limit + 2)
      const rest = panel(page, 'Talkers').getByRole('row').last()
      await expect(rest).toContainText(`${count(total - limit)} other sources`)
      await expect(rest).toContainText(count(other.tuples))
      const sum = rows.reduce((all, row) => all + row.tuples, 0)
      await expect(panel(page, 'Talkers')).toContainText(`${limit} of ${count(total)} sources · ${count(sum)} of`)
    }
    await shown.getByRole('radio', { name: '10', exact: true }).click()
    await expectLinkKey(page, 'limit', null)
  })

  test('are ranked by peers, which cannot be summed', async ({ page, demo }) => {
    await page.goto(`${demo.url}/?by=dst&limit=5`)
    await panel(page, 'Talkers').getByRole('radio', { name: 'peers' }).click()
    await expectLinkKey(page, 'metric', 'peers')
    expect(linkKey(page, 'by')).toBe('dst')
    const { rows } = await ask<Talkers>(page, `${demo.url}/api/talkers?by=dst&metric=peers&limit=5`)
    for (const [i, { key }] of rows.entries())
      await expect(
        panel(page, 'Talkers')
          .getByRole('row')
          .nth(i + 1),
      ).toContainText(String(key))
    await expect(panel(page, 'Talkers').getByRole('row').last().getByRole('cell', { name: '–' })).toBeVisible()
  })

  test('distinguish public and private addresses, and link to the page of each', async ({ page, demo }) => {
    const q = `src:${INCIDENT.intruder} dst:${INCIDENT.jump}`
    await page.goto(`${demo.url}/?${new URLSearchParams({ q, by: 'src,dst' })}`)
    const pair = panel(page, 'Talkers').getByRole('row').nth(1)
    await expect(pair.getByRole('img', { name: 'public' })).toBeVisible()
    await expect(pair.getByRole('img', { name: 'private' })).toBeVisible()
    await pair.getByRole('link', { name: `All about ${INCIDENT.jump}` }).click()
    await expect(page).toHaveURL(new RegExp(`/host/${INCIDENT.jump}\\?`))
    await expectLinkKey(page, 'q', q)
    await expect(page.getByRole('heading', { level: 1, name: INCIDENT.jump })).toBeVisible()
  })

  test('say why there are none', async ({ page, demo }) => {
    await page.goto(`${demo.url}/?q=src:10.99.99.99`)
    await expect(panel(page, 'Talkers')).toContainText('The filter matches nothing')
  })
})
