import type { Locator, Page } from '@playwright/test'
import { INCIDENT } from '../scripts/demo/incident'
import { expect, test } from './apps'
import { applyFilter, ask, expectLinkKey, filterInput, grid, linkKey, panel, row } from './desk'

interface Values {
  total: number
  rows: { value: string; tuples: number }[]
}

const completions = (page: Page): Locator => page.getByRole('listbox', { name: 'Completions' })
const terms = (page: Page): Locator => page.getByRole('list', { name: 'Terms of the filter' })
const count = (n: number) => n.toLocaleString('en')

/** The option that the text field points at, as a screen reader finds it. */
async function expectActive(page: Page, name: string | RegExp): Promise<void> {
  await expect(page.getByRole('option', { selected: true })).toHaveText(name)
  const id = await page.getByRole('option', { selected: true }).getAttribute('id')
  await expect(filterInput(page)).toHaveAttribute('aria-activedescendant', id!)
}

async function tuplesOf(page: Page, url: string, q: string): Promise<number> {
  return (await ask<{ total: number }>(page, `${url}/api/tuples?${new URLSearchParams({ q, limit: '1' })}`)).total
}

test.describe('filter bar', () => {
  test('completes fields and values from the keyboard alone', async ({ page, demo }) => {
    await page.goto(demo.url)
    await page.keyboard.press('/')
    await expect(filterInput(page)).toBeFocused()
    await page.keyboard.type('rule:UserRule_AllowRdpVendor sr')
    await expect(completions(page).getByRole('option')).toHaveText([/^srcsource:/])
    await page.keyboard.press('ArrowDown')
    await expectActive(page, /^src/)
    await page.keyboard.press('Enter')
    await expect(filterInput(page)).toHaveValue('rule:UserRule_AllowRdpVendor src:')
    const query = new URLSearchParams({ q: 'rule:UserRule_AllowRdpVendor', field: 'src' })
    const { rows } = await ask<Values>(page, `${demo.url}/api/values?${query}`)
    await expect(completions(page).getByRole('option')).toHaveCount(rows.length)
    await expect(completions(page).getByRole('option', { name: INCIDENT.intruder })).toContainText(count(rows[0]!.tuples))
    await page.keyboard.press('ArrowDown')
    await expectActive(page, new RegExp(`^${INCIDENT.intruder}`))
    await page.keyboard.press('Enter')
    await expect(filterInput(page)).toHaveAttribute('aria-expanded', 'false')
    await expectLinkKey(page, 'q', null)
    await page.keyboard.press('Enter')
    await expectLinkKey(page, 'q', `rule:UserRule_AllowRdpVendor src:${INCIDENT.intruder}`)
  })

  test('offers the values that begin as typed, and says how many there are', async ({ page, demo }) => {
    await page.goto(demo.url)
    await filterInput(page).fill('action:deny dport:3')
    const { total, rows } = await ask<Values>(page, `${demo.url}/api/values?q=action:deny&field=dport&prefix=3&limit=12`)
    expect(total).toBeGreaterThan(12)
    await expect(completions(page).getByRole('group', { name: `Destination port, 12 of ${count(total)}` })).toBeVisible()
    await expect(completions(page).getByRole('option').first()).toHaveText(new RegExp(`^${rows[0]!.value}`))
    await expect(completions(page).getByRole('option', { name: '3389' })).toContainText('rdp')
    await filterInput(page).fill('action:deny dport:22')
    await expect(completions(page).getByRole('option', { name: /^22 ?ssh/ })).toBeVisible()
    await filterInput(page).press('Tab')
    await expect(filterInput(page)).toHaveValue('action:deny dport:22')
    await expect(filterInput(page)).not.toBeFocused()
  })

  test('opens with Ctrl-Space, takes with Tab, closes and puts back with Escape', async ({ page, demo }) => {
    await page.goto(`${demo.url}/?q=action:deny`)
    await page.keyboard.press('/')
    await page.keyboard.type(' ')
    await page.keyboard.press('Escape')
    await expect(completions(page)).toHaveCount(0)
    await page.keyboard.press('Control+ ')
    await expectActive(page, /^dir/)
    await page.keyboard.press('Tab')
    await expect(filterInput(page)).toHaveValue('action:deny dir:')
    await expect(completions(page).getByRole('option', { name: 'in' })).toBeVisible()
    await page.keyboard.type('o')
    await expect(completions(page).getByRole('option')).toHaveText([/^out/])
    await page.keyboard.press('Tab')
    await expect(filterInput(page)).toHaveValue('action:deny dir:out')
    await expect(filterInput(page)).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(filterInput(page)).toHaveValue('action:deny')
    await expect(filterInput(page)).not.toBeFocused()
    await expectLinkKey(page, 'q', 'action:deny')
  })

  test('offers only comparisons to fields that have an order, and and or after a term', async ({ page, demo }) => {
    await page.goto(demo.url)
    await filterInput(page).fill('bytes')
    await expect(completions(page).getByRole('group', { name: 'Operators' }).getByRole('option')).toHaveCount(5)
    await filterInput(page).fill('rule')
    await expect(completions(page).getByRole('group', { name: 'Operators' }).getByRole('option')).toHaveCount(1)
    await filterInput(page).fill('(dir:in ')
    await expect(completions(page).getByRole('group', { name: 'Between terms' }).getByRole('option')).toHaveText([
      /^not/,
      /^\(/,
      /^\)/,
      /^and/,
      /^or/,
    ])
  })

  test('marks the characters that are wrong, elsewhere at once and everywhere when asked', async ({ page, demo }) => {
    await page.goto(demo.url)
    await filterInput(page).fill('dport:99999')
    const mark = page.getByRole('search').locator('mark')
    await expect(mark).toHaveCount(0)
    await filterInput(page).pressSequentially(' src:')
    await expect(mark).toHaveText('99999')
    await expect(filterInput(page)).toHaveAttribute('aria-invalid', 'false')
    await filterInput(page).fill('dport:99999')
    await filterInput(page).press('Enter')
    await expect(mark).toHaveText('99999')
    await expect(page.getByRole('alert').filter({ hasText: 'character 7' })).toContainText('99999 is out of place')
    await page.keyboard.type('22')
    await expect(filterInput(page)).toHaveValue('dport:22')
    await expect(page.getByRole('alert').filter({ hasText: 'character' })).toHaveCount(0)
  })

  test('keeps what is typed while the page gets ready, and while the last filter is on its way', async ({ page, demo }) => {
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    await page.route(/\/_next\/static\/.*\.js/, (route) => held.then(() => route.continue()))
    await page.goto(demo.url, { waitUntil: 'commit' })
    await filterInput(page).fill('dport:22')
    release()
    await expect(page.getByRole('button', { name: 'Clear the filter' })).toBeVisible()
    await expect(filterInput(page)).toHaveValue('dport:22')
    await filterInput(page).evaluate((field: HTMLInputElement) => {
      field.form!.requestSubmit()
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!.set!.call(field, 'dport:3389')
      field.dispatchEvent(new Event('input', { bubbles: true }))
    })
    await expectLinkKey(page, 'q', 'dport:22')
    await expect(page.getByRole('link', { name: 'Switch off dport:22' })).toBeVisible()
    await expect(filterInput(page)).toHaveValue('dport:3389')
  })

  test('brings back filters typed before', async ({ page, demo }) => {
    await page.goto(demo.url)
    await applyFilter(page, 'dport:22')
    await expectLinkKey(page, 'q', 'dport:22')
    await applyFilter(page, 'dport:3389')
    await expectLinkKey(page, 'q', 'dport:3389')
    await applyFilter(page, 'dport:99999')
    await page.reload()
    await expect(async () => {
      await page.keyboard.press('/')
      await expect(filterInput(page)).toBeFocused({ timeout: 500 })
    }).toPass()
    await page.keyboard.press('ArrowUp')
    const earlier = page.getByRole('listbox', { name: 'Earlier filters' })
    await expect(earlier.getByRole('option')).toHaveText(['dport:22'])
    await page.keyboard.press('Enter')
    await expectLinkKey(page, 'q', 'dport:22')
    await page.keyboard.press('ArrowUp')
    await expect(earlier.getByRole('option')).toHaveText(['dport:3389'])
    await page.keyboard.press('Tab')
    await expect(filterInput(page)).toHaveValue('dport:3389')
    await expectLinkKey(page, 'q', 'dport:22')
    await page.getByRole('button', { name: /^Earlier filters/ }).click()
    await page.getByRole('button', { name: 'Forget them' }).click()
    await expect(earlier).toHaveCount(0)
  })
})

test.describe('chips', () => {
  test('turn around, switch off and on, and go, from the keyboard', async ({ page, demo }) => {
    await page.goto(`${demo.url}/?${new URLSearchParams({ q: 'action:deny dport:22' })}`)
    const [both, denied] = [await tuplesOf(page, demo.url, 'action:deny dport:22'), await tuplesOf(page, demo.url, 'action:deny')]
    await expect(page.getByText(`${count(both)} of`)).toBeVisible()
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))

    await page.getByRole('link', { name: 'Switch off dport:22' }).focus()
    await page.keyboard.press('Enter')
    await expectLinkKey(page, 'q', 'action:deny')
    await expectLinkKey(page, 'off', 'dport:22')
    await expect(filterInput(page)).toHaveValue('action:deny')
    await expect(page.getByText(`${count(denied)} of`)).toBeVisible()
    expect(asked.filter((url) => url.includes('/api/') && url.includes('off='))).toEqual([])

    await page.keyboard.press('g')
    await page.keyboard.press('e')
    await expect.poll(() => new URL(page.url()).pathname).toBe('/explorer')
    await expectLinkKey(page, 'off', 'dport:22')
    await page.goBack()

    await page.reload()
    await page.getByRole('link', { name: 'off: dport:22' }).focus()
    await page.keyboard.press('Enter')
    await expectLinkKey(page, 'off', 'not dport:22')
    await expect(page.getByRole('link', { name: 'off: not dport:22' })).toBeFocused()
    await page.keyboard.press('Tab')
    await expect(page.getByRole('link', { name: 'Switch on not dport:22' })).toBeFocused()
    await page.keyboard.press('Enter')
    await expectLinkKey(page, 'q', 'action:deny not dport:22')
    await expectLinkKey(page, 'off', null)
    await expect(page.getByRole('link', { name: 'Switch off not dport:22' })).toBeFocused()

    await page.keyboard.press('Delete')
    await expectLinkKey(page, 'q', 'action:deny')
    await expect(terms(page).getByRole('listitem')).toHaveCount(1)
    await expect(terms(page).getByRole('link', { name: 'action:deny', exact: true })).toBeFocused()
    await page.keyboard.press('Delete')
    await expectLinkKey(page, 'q', null)
    await expect(filterInput(page)).toBeFocused()
    await page.goBack()
    await expectLinkKey(page, 'q', 'action:deny')
  })

  test('are left out of a link that does not hold a filter', async ({ page, demo }) => {
    await page.goto(`${demo.url}/?${new URLSearchParams({ q: 'action:deny', off: 'dport:99999' })}`)
    await expect(page.getByRole('status').filter({ hasText: 'not understood' })).toContainText('off')
    await expect(terms(page).getByRole('listitem')).toHaveCount(1)
  })
})

test.describe('menu of a value', () => {
  test('leads everywhere from the keyboard', async ({ page, demo }) => {
    await page.goto(`${demo.url}/?${new URLSearchParams({ q: `src:${INCIDENT.intruder}` })}`)
    const talker = panel(page, 'Talkers').getByRole('link', { name: INCIDENT.intruder, exact: true })
    await talker.focus()
    await page.keyboard.press('ContextMenu')
    const menu = page.getByRole('menu', { name: `Source ${INCIDENT.intruder}` })
    await expect(menu.getByRole('menuitem')).toHaveText([
      'Only this',
      'Not this',
      'As source',
      'As destination',
      'Either end',
      'Its /24',
      `All about ${INCIDENT.intruder}`,
      'Copy',
      'Open in a new tab',
    ])
    const network = `${INCIDENT.intruder.split('.').slice(0, 3).join('.')}.0/24`
    for (const [name, q] of [
      ['Not this', `not src:${INCIDENT.intruder}`],
      ['As destination', `dst:${INCIDENT.intruder}`],
      ['Either end', `ip:${INCIDENT.intruder}`],
      ['Its /24', `src:${network}`],
    ] as const) {
      const href = await menu.getByRole('menuitem', { name }).getAttribute('href')
      expect(new URL(href!, demo.url).searchParams.get('q'), name).toBe(q)
    }
    await page.keyboard.press('Escape')
    await expect(menu).toHaveCount(0)
    await expect(talker).toBeFocused()
    await page.keyboard.press('Tab')
    await expect(page.getByRole('button', { name: `Menu of Source ${INCIDENT.intruder}` })).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(menu.getByRole('menuitem', { name: 'Only this' })).toBeFocused()
    await page.keyboard.type('e')
    await expect(menu.getByRole('menuitem', { name: 'Either end' })).toBeFocused()
    await page.keyboard.press('Enter')
    await expectLinkKey(page, 'q', `ip:${INCIDENT.intruder}`)
  })

  test('opens by right-click, and opens another tab', async ({ page, demo, context }) => {
    await page.goto(demo.url)
    const rule = panel(page, 'Rules').getByRole('link', { name: 'AllowRdpVendor' }).first()
    await rule.click({ button: 'right' })
    const menu = page.getByRole('menu', { name: 'Rule UserRule_AllowRdpVendor' })
    await expect(menu.getByRole('menuitem')).toHaveText(['Only this', 'Not this', 'Copy', 'Open in a new tab'])
    const opened = context.waitForEvent('page')
    await menu.getByRole('menuitem', { name: 'Open in a new tab' }).click()
    const tab = await opened
    await expect(filterInput(tab)).toHaveValue('rule:UserRule_AllowRdpVendor')
    await expectLinkKey(page, 'q', null)
  })

  test('copies', async ({ page, demo, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: demo.url })
    await page.goto(`${demo.url}/?${new URLSearchParams({ q: `src:${INCIDENT.intruder}` })}`)
    await panel(page, 'Talkers').getByRole('link', { name: INCIDENT.intruder, exact: true }).focus()
    await page.keyboard.press('m')
    await expect(page.locator('[role=menu]:focus, [role=menu] :focus')).toHaveCount(1)
    await page.keyboard.type('c')
    await expect(page.getByRole('menuitem', { name: 'Copy' })).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('status').filter({ hasText: `Copied ${INCIDENT.intruder}` })).toBeVisible()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(INCIDENT.intruder)
  })

  test('swaps the ends of a row', async ({ page, demo }) => {
    await page.goto(`${demo.url}/explorer?${new URLSearchParams({ q: `src:${INCIDENT.intruder} dst:${INCIDENT.jump}` })}`)
    await row(page, 0).getByRole('link', { name: INCIDENT.jump }).focus()
    await page.keyboard.press('m')
    await page.getByRole('menuitem', { name: 'Swap ends' }).focus()
    await page.keyboard.press('Enter')
    await expectLinkKey(page, 'q', `dst:${INCIDENT.intruder} src:${INCIDENT.jump}`)
  })
})

test.describe('keys', () => {
  test('keep and drop the focused value', async ({ page, demo }) => {
    await page.goto(`${demo.url}/explorer?${new URLSearchParams({ q: `src:${INCIDENT.intruder}` })}`)
    await row(page, 0).focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('f')
    await expectLinkKey(page, 'q', /^src:\S+ \w+:\S+$/)
    await row(page, 0).focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Shift+F')
    await expectLinkKey(page, 'q', /^src:\S+ not \w+:\S+$/)
  })

  test('are all told by ?, those of a page on that page', async ({ page, demo }) => {
    await page.goto(demo.url)
    await expect(panel(page, 'Talkers').getByRole('row')).not.toHaveCount(0)
    await page.keyboard.press('?')
    const help = page.getByRole('dialog', { name: /^Keys/ })
    for (const does of ['filter', 'time range', 'zoom out', 'explorer', 'complete', 'UTC or local time', 'drop the focused value'])
      await expect(help.getByRole('definition').filter({ hasText: does }).first()).toBeVisible()
    await expect(help).not.toContainText('row down')
    await page.keyboard.press('t')
    await expect(page.getByRole('dialog')).toHaveCount(1)
    await page.keyboard.press('Escape')
    await expect(help).toHaveCount(0)
    await page.keyboard.press('g')
    await page.keyboard.press('e')
    await expect(grid(page)).toBeVisible()
    await page.keyboard.press('?')
    await expect(help.getByRole('region', { name: 'Rows' })).toContainText('row down')
  })

  test('never act while a filter is typed', async ({ page, demo }) => {
    await page.goto(demo.url)
    await page.keyboard.press('/')
    await page.keyboard.type('g e u t c ? / [')
    await expect(filterInput(page)).toHaveValue('g e u t c ? / [')
    await expect(page.getByRole('dialog')).toHaveCount(0)
    expect(new URL(page.url()).pathname).toBe('/')
    expect(linkKey(page, 'tz')).toBeNull()
  })
})
