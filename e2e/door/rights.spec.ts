import { test as base, expect, type Page } from '@playwright/test'
import { type People, withPeople } from '../../scripts/demo/with-people'
import { ALICE, BOB, type TestPerson } from '../../scripts/entra/people'
import { sharedByRun } from '../../scripts/tests/shared'
import { type App, startApp } from '../world/server'
import type { SharedAccount } from '../world/shared'

const RANGE = '?from=2026-08-12T15:00:00Z&to=2026-08-13T15:00:00Z'

/** The demo's data in storage with a separate set of rights for each person, as in `npm run demo -- --sign-in`. */
const test = base.extend<object, { app: App }>({
  app: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameter list
    async ({}, use) => {
      const account = (await sharedByRun<SharedAccount>('account'))!
      let people: People | undefined
      const app = await startApp(async (url, data) => {
        people = await withPeople(url, data, account)
        return people.environment
      })
      await use(app)
      await app.stop()
      await people!.stop()
    },
    { scope: 'worker', timeout: 180_000 },
  ],
})

test.use({ ignoreHTTPSErrors: true })

async function signIn(page: Page, url: string, { name }: TestPerson): Promise<void> {
  await page.goto(url)
  await page.getByRole('link', { name: 'Sign in with Microsoft' }).click()
  await page.getByRole('link', { name }).click()
  await expect(page.getByRole('button', { name: `Account: ${name}` })).toBeVisible()
}

test('data read by one person answers another only within their rights, and the page reports the rest', async ({ browser, app }) => {
  const [alice, bob] = [await browser.newPage({ ignoreHTTPSErrors: true }), await browser.newPage({ ignoreHTTPSErrors: true })]
  await signIn(alice, `${app.url}/rules${RANGE}`, ALICE)
  await expect(alice.getByText('DefaultRule_AllowVnetOutBound').first()).toBeVisible()
  await expect(alice.getByText(/you may not read/)).toHaveCount(0)

  await signIn(bob, `${app.url}/rules${RANGE}`, BOB)
  const notice = bob.getByText(/\d+ blobs you may not read/)
  await expect(notice).toBeVisible()
  await bob.getByText('Why, and who can change it').click()
  await expect(bob.getByText('Storage Blob Data Reader')).toBeVisible()
  const logs = async (page: Page) => {
    const { logs } = (await (await page.request.get(`${app.url}/api/logs`)).json()) as { logs: { name: string }[] }
    return logs.map(({ name }) => name)
  }
  expect((await logs(bob)).sort()).toEqual(['BUILD-NSG', 'DMZ-NSG'])
  expect((await logs(alice)).sort()).toEqual(['BUILD-NSG', 'CORE-VNET-FLOWLOG', 'DMZ-NSG'])
})
