import { screen, waitFor, within } from '@testing-library/react'
import { expect, it } from 'vitest'
import { BASIS, scanRow } from '@/components/test/answers'
import { copied } from '@/components/test/copied'
import { linkKey, open } from '@/components/test/page'
import { asked } from '@/components/test/server'
import type { ScansAnswer } from '@/lib/flow/answer/traffic/scans'
import { ScansPage } from './scans-page'

const LET_IN = { tuples: 41, first: '2026-08-13T09:12:00Z', rule: 'UserRule_AllowRdpVendor', dport: 3389 }
const ROWS = [
  scanRow({ allowed: LET_IN }),
  scanRow({
    source: '198.51.100.9',
    kind: 'probe',
    attempts: 2,
    targets: 1,
    ports: 1,
    topPorts: [{ dport: 22, proto: 'tcp', attempts: 2 }],
    perMinute: 0.004,
  }),
]

function page(answer: Partial<ScansAnswer> = {}, at = '/scans') {
  return open(<ScansPage />, { at, routes: { scans: { ...BASIS, group: 'ip', total: 2, rows: ROWS, ...answer } } })
}

const row = (source: string) => screen.findByRole('row', { name: new RegExp(`^${source.replaceAll('.', '\\.')}`) })
const cells = (of: HTMLElement) =>
  within(of)
    .getAllByRole('cell')
    .map((cell) => cell.textContent)

it('says whose attempts tell the kinds once a filter leaves some out', async () => {
  const { unmount } = page()
  await row('203.0.113.7')
  expect(screen.queryByText(/^Kinds are told/)).toBeNull()
  unmount()
  page({}, '/scans?q=dport:22')
  await row('203.0.113.7')
  expect(screen.getByText(/^Kinds are told/)).toHaveTextContent('by the attempts that the filter leaves')
})

it('shows the kind of each source, and, if it was allowed, the rule and the port', async () => {
  page()
  const intruder = await row('203.0.113.7')
  expect(within(intruder).getByRole('rowheader')).toHaveTextContent('horizontal scan')
  const allowed = within(intruder).getAllByRole('link', { name: /allowed/ })[0]!
  expect(allowed).toHaveTextContent(/allowed.*09:12.*by AllowRdpVendor on 3389 rdp.*41 tuples/)
  const explorer = new URL(allowed.getAttribute('href')!, window.location.href)
  expect([explorer.pathname, explorer.searchParams.get('q')]).toEqual(['/explorer', 'src:203.0.113.7 dir:in action:allow'])
  const [, , attempts, targets, ports, top, rate] = cells(intruder)
  expect([attempts, targets, ports, rate]).toEqual(['3,400', '58', '4', '2.50'])
  expect(top).toMatch(/rdp.*ssh.*50123.*\+1$/)
  const harmless = await row('198.51.100.9')
  expect(within(harmless).getByRole('rowheader')).toHaveTextContent('probe')
  expect(cells(harmless)[0]).toBe('none')
  expect(screen.getByText(/shown of/)).toHaveTextContent('2 shown of 2 denied sources')
  expect(screen.getByText('also allowed')).toHaveTextContent('1 also allowed')
})

it('shows more rows on request, and their total number', async () => {
  const { user } = page({ total: 130 })
  expect((await screen.findByText(/shown of/)).textContent).toBe('2 shown of 130 denied sources')
  await user.click(screen.getByRole('button', { name: 'Show 200' }))
  expect(linkKey('limit')).toBe('200')
  await waitFor(() => expect(asked.some((one) => one.startsWith('scans?') && one.includes('limit=200'))).toBe(true))
})

it('groups sources by prefix', async () => {
  const { user } = page()
  await row('203.0.113.7')
  expect(screen.getByRole('radio', { name: 'address' })).toBeChecked()
  await user.click(screen.getByRole('radio', { name: '/24, /64' }))
  expect(linkKey('group')).toBe('24-64')
  await waitFor(() => expect(asked.some((one) => one.startsWith('scans?') && one.includes('group=24-64'))).toBe(true))
  await user.click(screen.getByRole('radio', { name: '/16, /48' }))
  expect(linkKey('group')).toBe('16-48')
})

it('classifies scans by thresholds that the link keeps, presets or custom numbers', async () => {
  const { user } = page()
  await row('203.0.113.7')
  await user.click(screen.getByRole('button', { name: /^Thresholds/ }))
  const form = within(screen.getByRole('dialog', { name: 'Thresholds' }))
  await user.click(form.getByRole('radio', { name: 'Sensitive' }))
  expect(linkKey('thresholds')).toBe('wary')
  const ports = form.getByRole('spinbutton', { name: 'ports' })
  await user.clear(ports)
  expect(form.getByRole('button', { name: 'Apply' })).toBeDisabled()
  await user.type(ports, '77')
  await user.click(form.getByRole('button', { name: 'Apply' }))
  expect(linkKey('thresholds')).toMatch(/^\d+\/77\/\d+$/)
})

it('excludes scanners by a term of the filter, and removes the term again', async () => {
  const { user } = page()
  await row('203.0.113.7')
  await user.click(screen.getByRole('link', { name: 'Hide scanners' }))
  expect(linkKey('q')).toBe('not scanner:kept-out')
  await user.click(await screen.findByRole('link', { name: 'Show scanners' }))
  expect(linkKey('q')).toBeNull()
})

it('keeps targets, ports, the first and the last attempt below the source, where their columns have no room', async () => {
  page()
  const head = within(await row('203.0.113.7')).getByRole('rowheader')
  expect(head).toHaveTextContent('58 targets, 4 ports12 Aug 15:00:00 – 13 Aug 14:00:00')
})

it('is sorted by any column, which the server does before it cuts the list, and exported', async () => {
  const { user } = page()
  for (const [name, sort] of [
    ['source and kind', 'source'],
    ['attempts', '-attempts'],
    ['targets', '-targets'],
    ['ports', '-ports'],
    ['attempts/min', '-rate'],
    [/^first, UTC/, '-first'],
    [/last, UTC/, '-last'],
  ] as const) {
    await user.click((await screen.findAllByRole('link', { name })).at(-1)!)
    expect(linkKey('sort')).toBe(sort)
    await waitFor(() => expect(asked.filter((one) => one.startsWith('scans?')).at(-1)).toContain(`sort=${sort}`))
  }
  const [head, first] = await copied(user, 'denied sources')
  expect(head).toMatch(/^source,kind,attempts,/)
  expect(first).toMatch(/^203\.0\.113\.7,horizontal,3400,/)
})

it('says that no source was denied, and mentions the filter', async () => {
  const { user } = page({ total: 0, rows: [] }, '/scans?q=dport:1')
  expect(await screen.findByText('No denied sources')).toBeVisible()
  expect(screen.getByText('No inbound tuple that matches the filter was denied.')).toBeVisible()
  await user.click(screen.getByRole('button', { name: 'Clear the filter' }))
  expect(linkKey('q')).toBeNull()
  expect(await screen.findByText('No inbound tuple of this range was denied.')).toBeVisible()
})
