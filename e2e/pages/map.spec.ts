import { expect, test } from '../world/apps'

test('labels of the map do not overlap, a click filters, and the map is saved as a picture', async ({ page, demo }) => {
  await page.goto(`${demo.url}/map?by=src,dport,dst&limit=50`)
  const paths = page.getByRole('region', { name: 'Paths' })
  await expect(paths.getByRole('rowheader').first()).toBeVisible()
  const boxes = await paths
    .locator('svg[width] a text')
    .evaluateAll((texts) => texts.map((text) => text.getBoundingClientRect().toJSON() as DOMRect))
  expect(boxes.length).toBeGreaterThan(100)
  const meet = (a: DOMRect, b: DOMRect) => a.left < b.right && b.left < a.right && a.top < b.bottom - 1 && b.top < a.bottom - 1
  expect(boxes.filter((a, i) => boxes.some((b, j) => j > i && meet(a, b)))).toEqual([])

  for (const kind of ['PNG', 'SVG']) {
    const saved = page.waitForEvent('download')
    await paths.getByRole('button', { name: kind }).click()
    expect((await saved).suggestedFilename()).toMatch(new RegExp(`^flowlens-map-src-dport-dst-.*\\.${kind.toLowerCase()}$`))
  }
  await paths.locator('[data-node="1:3389"] text').click()
  await expect(page).toHaveURL(/q=dport:3389/)
})

test('a large matrix renders only visible cells, under sticky headings', async ({ page, demo }) => {
  await page.goto(`${demo.url}/map?show=matrix&by=src,dport&limit=200`)
  const matrix = page.getByRole('table', { name: 'Source by Destination port' })
  await expect(matrix).toHaveAttribute('aria-rowcount', '202')
  expect(await matrix.getByRole('row').count()).toBeLessThan(80)
  const head = matrix.getByRole('columnheader').first()
  const before = await head.boundingBox()
  await head.hover()
  await page.mouse.wheel(0, 4000)
  await expect(matrix.locator('[aria-rowindex="120"]')).toBeVisible()
  expect(await head.boundingBox()).toEqual(before)
})
