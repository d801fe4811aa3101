import { act, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { linkKey, open } from '@/components/test/page'
import { refusal } from '@/components/test/server'
import { TimeRange } from './time-range'

const NOW = Date.UTC(2026, 7, 13, 14, 37)
const WHOLE_DAY = '12 Aug 2026 14:37 – 13 Aug 14:37 UTC'
const TWO_HOURS = '/?from=2026-08-13T10:00:00Z&to=2026-08-13T12:00:00Z'

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: NOW }))
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllEnvs()
})

const dialog = () => within(screen.getByRole('dialog', { name: 'Time range' }))
const closed = () => waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument())

/** Waits until the page shows the range; only then do keys act on it. */
async function shows(range: string): Promise<void> {
  await waitFor(() => expect(screen.getByTitle('Time range (t)')).toHaveTextContent(range))
}

type User = ReturnType<typeof open>['user']

async function type(user: User, text: string): Promise<void> {
  await user.keyboard('t')
  expect(dialog().getByRole('textbox', { name: 'Range' })).toHaveFocus()
  await user.keyboard(`${text.replaceAll('[', '[[')}{Enter}`)
  await closed()
}

it('is typed on one line, by keyboard only', async () => {
  const { user } = open(<TimeRange />)
  await shows(WHOLE_DAY)
  await type(user, 'yesterday 16:00..18:00')
  expect([linkKey('from'), linkKey('to')]).toEqual(['2026-08-12T16:00:00Z', '2026-08-12T18:00:00Z'])
  await shows('12 Aug 2026 16:00 – 18:00 UTC')
  await type(user, 'last 6h')
  expect([linkKey('last'), linkKey('from')]).toEqual(['6h', null])
  await type(user, `${NOW / 1000 - 600}..+5m`)
  expect([linkKey('from'), linkKey('to'), linkKey('last')]).toEqual(['2026-08-13T14:27:00Z', '2026-08-13T14:32:00Z', null])
})

it('shows its meaning before it is applied, and the position of a mistake', async () => {
  const { user } = open(<TimeRange />)
  await shows(WHOLE_DAY)
  await user.keyboard('t')
  await user.keyboard('12 Aug 22:00..02:00')
  expect(dialog().getByText('12 Aug 2026 22:00 – 13 Aug 02:00 UTC · 4 h')).toBeVisible()
  expect(dialog().queryByRole('alert')).not.toBeInTheDocument()
  await user.keyboard(' foo{Enter}')
  expect(dialog().getByRole('alert')).toHaveTextContent('character 21 · foo is too much here; expected')
  expect(dialog().getByRole('textbox', { name: 'Range' })).toBeInvalid()
  await user.keyboard('{Escape}')
  await closed()
  expect(linkKey('from')).toBeNull()
})

it('has presets as links, and marks the current one', async () => {
  const { user } = open(<TimeRange />)
  await shows(WHOLE_DAY)
  await user.keyboard('t')
  expect(dialog().getByRole('link', { name: 'Latest 24 h of data' })).toHaveAttribute('aria-current', 'true')
  expect(dialog().getByRole('link', { name: 'Last 14d' })).toHaveAttribute('href', '/?last=14d')
  await user.click(dialog().getByRole('link', { name: 'Last 30m' }))
  expect(linkKey('last')).toBe('30m')
  await closed()
  await user.keyboard('t')
  expect(dialog().getByRole('link', { name: 'Last 30m' })).toHaveAttribute('aria-current', 'true')
  expect(dialog().getByRole('link', { name: 'Latest 24 h of data' })).not.toHaveAttribute('aria-current')
  await user.click(dialog().getByRole('link', { name: 'Yesterday' }))
  expect([linkKey('from'), linkKey('to'), linkKey('last')]).toEqual(['2026-08-12T00:00:00Z', '2026-08-13T00:00:00Z', null])
})

it('is shifted by its own length and zoomed around its middle, by keys and by buttons', async () => {
  const { user } = open(<TimeRange />, { at: TWO_HOURS })
  await shows('13 Aug 2026 10:00 – 12:00 UTC')
  for (const [key, button, range] of [
    ['[[', 'Previous window ([)', '13 Aug 2026 08:00 – 10:00 UTC'],
    [']', 'Next window (])', '13 Aug 2026 10:00 – 12:00 UTC'],
    ['-', 'Zoom out (-)', '13 Aug 2026 09:00 – 13:00 UTC'],
    ['+', 'Zoom in (+)', '13 Aug 2026 10:00 – 12:00 UTC'],
  ] as const) {
    const before = window.location.search
    await user.keyboard(key)
    await shows(range)
    const after = window.location.search
    window.history.replaceState(null, '', before)
    await user.click(screen.getByRole('button', { name: button }))
    expect(window.location.search).toBe(after)
  }
})

it('is shifted as often as the key is pressed, however late the page renders', async () => {
  const { user } = open(<TimeRange />, { at: '/?from=2026-08-13T10:00:00Z&to=2026-08-13T11:00:00Z' })
  await shows('13 Aug 2026 10:00 – 11:00 UTC')
  await user.keyboard('[[[[[[[[[[')
  await shows('13 Aug 2026 05:00 – 06:00 UTC')
})

it('does not go on into the future, which no log holds', async () => {
  const { user } = open(<TimeRange />, { at: '/?from=2026-08-13T10:00:00Z&to=2026-08-13T13:00:00Z' })
  await shows('13 Aug 2026 10:00 – 13:00 UTC')
  await user.keyboard(']')
  await shows('13 Aug 2026 13:00 – 14:37 UTC')
  expect(screen.getByRole('button', { name: 'Next window (])' })).toBeDisabled()
  const before = window.location.search
  await user.keyboard(']')
  expect(window.location.search).toBe(before)
  await user.keyboard('t')
  await user.click(dialog().getByRole('link', { name: 'Today' }))
  expect([linkKey('from'), linkKey('to')]).toEqual(['2026-08-13T00:00:00Z', null])
})

it('stays as it was while a filter is refused', async () => {
  open(<TimeRange />)
  await shows(WHOLE_DAY)
  act(() => window.history.pushState(null, '', '/?q=dport:99999'))
  await shows(WHOLE_DAY)
  expect(screen.getByRole('button', { name: 'Previous window ([)' })).toBeEnabled()
})

it("is read and printed in the machine's zone if the link says so, also on days of 25 hours", async () => {
  vi.stubEnv('TZ', 'Europe/Berlin')
  const { user } = open(<TimeRange />, { at: `${TWO_HOURS}&tz=local` })
  await shows('13 Aug 2026 12:00 – 14:00 UTC+02:00')
  await type(user, 'yesterday')
  expect([linkKey('from'), linkKey('to')]).toEqual(['2026-08-11T22:00:00Z', '2026-08-12T22:00:00Z'])
  await shows('12 Aug 2026 00:00 – 13 Aug 00:00 UTC+02:00')
  await type(user, '25 Oct 2026')
  await shows('25 Oct 2026 00:00 UTC+02:00 – 26 Oct 00:00 UTC+01:00')
  await user.keyboard('[[')
  expect([linkKey('from'), linkKey('to')]).toEqual(['2026-10-23T22:00:00Z', '2026-10-24T22:00:00Z'])
})

it('says that the range is not resolved, instead of waiting for ever, if no answer tells it', async () => {
  open(<TimeRange />, { load: { ends: 'problem' }, routes: { timeline: () => refusal(500, 'store', 'broken') } })
  await shows('not resolved')
})
