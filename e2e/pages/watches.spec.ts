import { expect, test } from '../world/apps'
import { demoFolder } from '../world/demo-folder'
import { startApp } from '../world/server'

test('a server that asks watches without being asked itself answers everything else as before', async ({ page }) => {
  const { folder, remove } = await demoFolder()
  const app = await startApp({ FLOWLENS_SOURCES: folder, FLOWLENS_WATCH: '1m' })
  try {
    const condition = { about: 'findings', kinds: ['exposed', 'new-destination'], level: 'low' }
    const made = await page.request.post(`${app.url}/api/watches`, {
      data: { title: 'exposed', condition },
      headers: { origin: app.url, 'sec-fetch-site': 'same-origin' },
    })
    expect(made.status()).toBe(201)
    // The engine was opened by the watches, before the first question of anybody.
    expect(app.said()).not.toContain('"route":"findings"')
    for (const keys of ['kinds=exposed,beacon,exfiltration', 'q=new:src@1h']) {
      const answer = await page.request.get(`${app.url}/api/findings?wait=1&from=2026-08-13&to=2026-08-14&baseline=1d&${keys}`)
      expect([keys, answer.status()]).toEqual([keys, 200])
    }
    const refused = await page.request.get(`${app.url}/api/tuples?q=dport:99999`)
    expect([refused.status(), (await refused.json()).error]).toEqual([400, expect.objectContaining({ kind: 'ask', key: 'q' })])
    await page.goto(`${app.url}/watches`)
    await expect(page.getByText(/Asked every 1 m/)).toBeVisible()
    await expect(page.getByText('Exposed port')).toBeVisible()
  } finally {
    await app.stop()
    await remove()
  }
})
