import { screen, waitFor, within } from '@testing-library/react'
import { expect, it, vi } from 'vitest'
import { BASIS, talkerRow } from '@/components/test/answers'
import { linkKey, open } from '@/components/test/page'
import { asked } from '@/components/test/server'
import type { TalkersAnswer } from '@/lib/flow/answer/traffic/talkers'
import { Talkers } from './talkers'

const OTHER = { tuples: 100, flows: 10, allow: 100, deny: 0, bytes: 1024, packets: 5, bytesSent: 512, bytesReceived: 512 }
const ANSWER = { ...BASIS, by: 'src', metric: 'tuples', total: 9, rows: [talkerRow()], other: OTHER }

function talkers(answer: Partial<TalkersAnswer> = {}, at = '/') {
  return open(<Talkers />, { at, routes: { talkers: { ...ANSWER, ...answer } } })
}

const panel = () => within(screen.getByRole('region', { name: 'Talkers' }))
const hasAsked = (key: string) => waitFor(() => expect(asked.filter((one) => one.startsWith('talkers?')).at(-1)).toContain(key))

it('show the amount of each, its denied share, its counts and times', async () => {
  talkers()
  const row = await panel().findByRole('row', { name: /10\.0\.4\.5/ })
  expect(within(row).getByRole('img', { name: '675 allowed, 225 denied tuples' })).toBeVisible()
  const [, , tuples, denied, peers, ports, bytes, seen] = within(row)
    .getAllByRole('cell')
    .map((cell) => cell.textContent)
  expect([tuples, denied, peers, ports, bytes]).toEqual(['900', '25 %', '17', '3', '3.00 MiB'])
  expect(seen).toMatch(/15:00.*14:00/)
  expect(within(row).getByTitle('1.00 MiB sent by the source, 2.00 MiB received by it')).toBeVisible()
})

it('show the rest as one row, and their share of the total', async () => {
  talkers()
  const rest = await panel().findByRole('row', { name: /8 other sources/ })
  expect(within(rest).getByTitle(/^100 tuples/)).toHaveTextContent('100')
  expect(panel().getByText(/1 of 9 sources/)).toHaveTextContent('1 of 9 sources · 900 of 1,000 tuples (90 %)')
})

it('do not sum peers, which several talkers may share', async () => {
  talkers({ metric: 'peers' }, '/?metric=peers')
  const rest = await panel().findByRole('row', { name: /8 other sources/ })
  expect(within(rest).getByTitle('peers of several talkers cannot be added up')).toHaveTextContent('–')
  expect(panel().getByText(/1 of 9 sources/)).toHaveTextContent('900 of 1,000 tuples (90 %)')
})

it('are grouped by another field, or two, and ranked by another measure', async () => {
  const { user } = talkers()
  await panel().findByRole('row', { name: /10\.0\.4\.5/ })
  await user.click(panel().getByRole('radio', { name: 'bytes' }))
  expect(linkKey('metric')).toBe('bytes')
  await hasAsked('metric=bytes')
  await user.click(panel().getByRole('button', { name: 'Group by other fields' }))
  const picker = within(screen.getByRole('dialog', { name: 'Group talkers by' }))
  await user.selectOptions(await picker.findByRole('combobox', { name: 'By' }), 'Rule')
  expect(linkKey('by')).toBe('rule')
  await user.selectOptions(picker.getByRole('combobox', { name: 'and by' }), 'Destination port')
  expect(linkKey('by')).toBe('rule,dport')
  await hasAsked('by=rule%2Cdport')
})

it('name both fields of a pair, with the service of a port', async () => {
  talkers({ by: 'src,dport', total: 1, rows: [talkerRow({ key: ['10.0.4.5', '3389'] })] }, '/?by=src,dport')
  const row = await panel().findByRole('row', { name: /10\.0\.4\.5/ })
  const links = within(within(row).getByRole('rowheader'))
    .getAllByRole('link')
    .map((link) => link.textContent)
  expect(links).toEqual(expect.arrayContaining(['10.0.4.5', '3389 rdp']))
  expect(panel().getByRole('columnheader', { name: 'source → destination port' })).toBeVisible()
})

it('show the requested number', async () => {
  const { user } = talkers()
  await panel().findByRole('row', { name: /10\.0\.4\.5/ })
  await user.click(panel().getByRole('radio', { name: '50' }))
  expect(linkKey('limit')).toBe('50')
  await hasAsked('limit=50')
})

it('say why there are none', async () => {
  talkers({ total: 0, rows: [] })
  expect(await panel().findByText('Nothing in this range')).toBeVisible()
})

it('are sorted by any column, which the server does before it cuts the list', async () => {
  const { user } = talkers()
  await panel().findByRole('row', { name: /10\.0\.4\.5/ })
  await user.click(panel().getByRole('link', { name: 'ports' }))
  expect(linkKey('sort')).toBe('-ports')
  await hasAsked('sort=-ports')
  expect(await panel().findByRole('columnheader', { name: 'ports' })).toHaveAttribute('aria-sort', 'descending')
  await user.click(panel().getByRole('link', { name: 'first' }))
  expect(linkKey('sort')).toBe('-first')
})

it('of pairs show the regularity of their flows, and rank by it', async () => {
  const rhythm = { gaps: 288, gap: 300_000, jitter: 2000 }
  const rows = [talkerRow({ key: ['10.0.4.5', '203.0.113.7'], rhythm }), talkerRow({ key: ['10.0.4.6', '203.0.113.7'], rhythm: null })]
  const { user } = talkers({ by: 'src,dst', total: 2, rows }, '/?by=src,dst')
  const row = await panel().findByRole('row', { name: /10\.0\.4\.5/ })
  expect(within(row).getByTitle('half of 288 gaps between new flows are within 2 s of 5 m')).toHaveTextContent('5 m ±2 s')
  await hasAsked('rhythm=1')
  await user.click(panel().getByRole('link', { name: 'interval' }))
  expect(linkKey('sort')).toBe('interval')
})

it('are grouped by network, of both families at once', async () => {
  const { user } = talkers({ by: 'src24', total: 1, rows: [talkerRow({ key: '45.155.205.0/24' })] }, '/?by=src24')
  const row = await panel().findByRole('row', { name: /45\.155\.205\.0\/24/ })
  await user.click(within(row).getByRole('link', { name: '45.155.205.0/24' }))
  expect(linkKey('q')).toBe('src24:45.155.205.0/24')
})

it('are exported with the fields of their grouping', async () => {
  const { user } = talkers({ by: 'src,dport', total: 1, rows: [talkerRow({ key: ['10.0.4.5', '3389'] })] }, '/?by=src,dport')
  await panel().findByRole('row', { name: /10\.0\.4\.5/ })
  const write = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue()
  await user.click(panel().getByRole('button', { name: 'Export talkers' }))
  await user.click(await screen.findByRole('button', { name: 'Copy as CSV' }))
  await waitFor(() => expect(write).toHaveBeenCalledWith(expect.stringMatching(/^src,dport,tuples,.*\r\n10\.0\.4\.5,3389,900,/)))
})

it('are marked as new or grown against the baseline of the link, with what is gone and how much of it the logs cover', async () => {
  const cell = { log: 'l', mac: 'm', state: 'read' as const, tuples: 1, bytes: 1, counted: 1, rejected: 0, blob: 'b', etag: 'e' }
  const hour = '2026-08-12T13:00:00Z'
  const now = [talkerRow(), talkerRow({ key: '10.0.4.6', tuples: 500 })]
  const before = [talkerRow({ key: '10.0.4.6', tuples: 2 }), talkerRow({ key: '10.0.4.7', tuples: 3 })]
  open(<Talkers />, {
    at: `/?from=${BASIS.view.from}&to=${BASIS.view.to}&baseline=24h`,
    routes: {
      plan: { blobs: 1, bytes: 1, cachedBlobs: 1, cachedBytes: 1, estimateMs: 0, askAbove: 1_000_000 },
      coverage: { ...BASIS, cells: [{ ...cell, hour, first: hour, last: hour, flushed: hour }], others: [] },
      talkers: (keys: URLSearchParams) => {
        const side = keys.get('from') === BASIS.view.from ? now : before
        const rows = side.filter(({ key }) => !keys.get('q') || keys.get('q')!.includes(`src:${key}`))
        return { ...ANSWER, rows, total: rows.length }
      },
    },
  })
  const row = await panel().findByRole('row', { name: /10\.0\.4\.5/ })
  expect(await within(row).findByText('new')).toBeVisible()
  expect(within(panel().getByRole('row', { name: /10\.0\.4\.6/ })).getByText(/^×\d+$/)).toBeVisible()
  expect(within(panel().getByRole('list', { name: 'Gone since the baseline' })).getByRole('listitem')).toHaveTextContent(/gone10\.0\.4\.7/)
  expect(panel().getByText(/1 of 25 hours/)).toBeVisible()
})
