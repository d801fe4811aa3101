import type { Page } from '@playwright/test'
import { NAVIGATION } from '@/lib/link/pages'
import { VIEWS } from '@/lib/link/views'
import { expect, test } from '../world/apps'
import { row } from '../world/desk'

const PATHS = [...NAVIGATION.map(({ path }) => path), `${VIEWS.host.page.path}/10.20.1.4`, '/i/aaaaaaaa', '/no-such-page']

/** Collects the requests that the policy refuses on pages opened from now on, as the browser reports them. */
async function watch(page: Page): Promise<string[]> {
  const refused: string[] = []
  await page.exposeFunction('tellRefused', (what: string) => refused.push(what))
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile, lineNumber, sample }) => {
      const { tellRefused } = window as unknown as { tellRefused(what: string): void }
      tellRefused(`${location.pathname}: ${violatedDirective} ${blockedURI} ${sourceFile}:${lineNumber} ${sample}`)
    })
  })
  page.on('console', (message) => {
    if (/content security policy/i.test(message.text())) refused.push(message.text())
  })
  return refused
}

test('every page works under its policy', async ({ page, demo }) => {
  const refused = await watch(page)
  for (const path of PATHS) {
    const response = await page.goto(demo.url + path)
    const headers = response!.headers()
    const policy = headers['content-security-policy']!
    expect(policy.replace("style-src-attr 'unsafe-inline'", ''), path).not.toContain('unsafe')
    expect(policy, path).toMatch(/script-src 'nonce-[\w+/]{24}' 'strict-dynamic';/)
    expect(headers, path).toMatchObject({
      'cache-control': expect.stringMatching(/^private, .*no-store/),
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    })
    expect(headers, path).not.toHaveProperty('x-powered-by')
    await expect(page.getByRole('main')).toBeVisible()
    for (const key of ['?', 'e', 't']) {
      await page.keyboard.press(key)
      await page.keyboard.press('Escape')
    }
  }
  await page.goto(`${demo.url}/explorer`)
  await expect(row(page, 0)).toBeVisible()
  await page.getByRole('button', { name: /^Columns/ }).click()
  await page.keyboard.press('Escape')
  expect(refused).toEqual([])
})

test('an injected script does not run, and the nonce differs each time', async ({ page, demo }) => {
  const seen = new Set<string>()
  for (let times = 0; times < 3; times++) seen.add((await page.request.get(demo.url)).headers()['content-security-policy']!)
  expect(seen.size).toBe(3)
  const refused = await watch(page)
  await page.route(`${demo.url}/`, async (route) => {
    const response = await route.fetch()
    const slipped = '<script>window.slipped = 1</script><img src="x:" onerror="window.slipped = 2"><style>body { display: none }</style>'
    await route.fulfill({ response, body: (await response.text()).replace('<body', `${slipped}<body`) })
  })
  await page.goto(demo.url)
  await expect.poll(() => refused.length).toBeGreaterThanOrEqual(3)
  expect(await page.evaluate(() => 'slipped' in window)).toBe(false)
})
