import { test as base, expect } from '@playwright/test'
import { ALICE, BOB } from '../../scripts/entra/people'
import { type ServedStandIn, serveStandIn } from '../../scripts/entra/serve'
import { demoFolder } from '../world/demo-folder'
import { type App, startApp } from '../world/server'

const LINK = '/explorer?last=24h&q=dport:3389'

/** The demo's data in a folder, with sign-in at a simulated Microsoft Entra ID. */
const test = base.extend<object, { door: App & ServedStandIn }>({
  door: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameter list
    async ({}, use) => {
      const { folder, remove } = await demoFolder()
      let entra: ServedStandIn | undefined
      const app = await startApp(async (url, data) => {
        entra = await serveStandIn(url, data)
        return { ...entra.environment, FLOWLENS_SOURCES: folder }
      })
      await use({ ...entra!, ...app })
      await app.stop()
      await entra!.stop()
      await remove()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
})

test.use({ ignoreHTTPSErrors: true })

test('a link requires sign-in and is restored after it, and signing out ends the session everywhere', async ({ page, context, door }) => {
  await page.goto(door.url + LINK)
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  await expect(page.getByRole('table')).toHaveCount(0)
  await page.getByRole('link', { name: 'Sign in with Microsoft' }).click()
  await page.getByRole('link', { name: ALICE.name }).click()
  await expect(page).toHaveURL(door.url + LINK)
  await expect(page.getByRole('button', { name: `Account: ${ALICE.name}` })).toBeVisible()

  const cookies = await context.cookies()
  await page.getByRole('button', { name: `Account: ${ALICE.name}` }).click()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  expect((await context.cookies()).map(({ name }) => name)).not.toContain('flowlens-session')
  await context.addCookies(cookies)
  expect((await page.request.get(`${door.url}/api/logs`)).status()).toBe(401)
})

test('if a session ends while somebody works, the page says so, and signing in again leads back to it', async ({ page, context, door }) => {
  await page.goto(`${door.url}/`)
  await page.getByRole('link', { name: 'Sign in with Microsoft' }).click()
  await page.getByRole('link', { name: BOB.name }).click()
  await expect(page.getByRole('button', { name: `Account: ${BOB.name}` })).toBeVisible()
  await context.clearCookies()
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Rules' }).click()
  await expect(page).toHaveURL(/\/rules/)
  await expect(page.getByText('Your session is over')).toBeVisible()
  const link = page.url()
  await expect(page.getByRole('button', { name: 'Try again' })).toHaveCount(0)
  await page.getByRole('alert').getByRole('link', { name: 'Sign in again' }).first().click()
  await page.getByRole('link', { name: BOB.name }).click()
  await expect(page).toHaveURL(link)
  await expect(page.getByText('Your session is over')).toHaveCount(0)
})

test('a cancelled sign-in is reported on the same page, and can be tried again', async ({ page, door }) => {
  await page.goto(door.url + LINK)
  await page.getByRole('link', { name: 'Sign in with Microsoft' }).click()
  await page.getByRole('link', { name: 'Cancel' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Signing in did not work' })).toBeVisible()
  await page.getByRole('link', { name: 'Sign in with Microsoft' }).click()
  await page.getByRole('link', { name: ALICE.name }).click()
  await expect(page).toHaveURL(door.url + LINK)
})
