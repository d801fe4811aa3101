import { fireEvent, screen, within } from '@testing-library/react'
import { expect, it } from 'vitest'
import { BASIS, VIEW } from '@/components/test/answers'
import { open } from '@/components/test/page'
import type { Routes } from '@/components/test/server'
import { Timeline } from './timeline'

const START = Date.parse(VIEW.from)
const side = (tuples: number) => ({ tuples, flows: tuples, bytes: 0, packets: 0 })
const TIMELINE = {
  ...BASIS,
  bucketMs: 60_000,
  buckets: [1, 2, 3].map((n, i) => ({ t: START + i * 60_000, allow: side(n), deny: side(10 * n) })),
}

function timeline(routes: Routes = {}) {
  return open(<Timeline />, { routes: { timeline: TIMELINE, ...routes } })
}

it('shows the figures of the marked span, not of one bar', async () => {
  timeline()
  const chart = await screen.findByRole('slider', { name: /^Timeline/ })
  fireEvent.keyDown(chart, { key: 'ArrowRight' })
  expect(chart).toHaveAttribute('aria-valuetext', expect.stringContaining('1 tuples allowed, 10 tuples denied'))
  fireEvent.keyDown(chart, { key: 'ArrowRight', shiftKey: true })
  fireEvent.keyDown(chart, { key: 'ArrowRight', shiftKey: true })
  expect(chart).toHaveAttribute('aria-valuetext', expect.stringContaining('6 tuples allowed, 60 tuples denied'))
})

it('draws one side alone, and a logarithmic scale', async () => {
  const { user } = timeline()
  const panel = await screen.findByRole('region', { name: 'Timeline' })
  const denied = await within(panel).findByRole('button', { name: /denied, above/ })
  await user.click(denied)
  expect(denied).toHaveAttribute('aria-pressed', 'true')
  await user.click(denied)
  expect(denied).toHaveAttribute('aria-pressed', 'false')
  const log = within(panel).getByRole('button', { name: 'log scale' })
  await user.click(log)
  expect(log).toHaveAttribute('aria-pressed', 'true')
})

it('explains each mark on its time axis in the legend', async () => {
  const span = { ...{ failed: 0, unread: 0, torn: 0, denied: 0, growing: 0, quiet: 0, rejected: 0 }, from: VIEW.from, to: VIEW.to }
  timeline({
    holes: { ...BASIS, cards: 7, unlisted: [], silences: [], spans: [{ ...span, hour: '2026-08-13T14:00:00Z', growing: 7 }] },
  })
  const panel = within(await screen.findByRole('region', { name: 'Timeline' }))
  expect(await panel.findByText('may still grow, dotted')).toBeVisible()
  expect(panel.queryByText(/data missing|silent|no blobs/)).toBeNull()
})
