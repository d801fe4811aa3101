import { screen, waitFor, within } from '@testing-library/react'
import { expect, it } from 'vitest'
import { open } from '@/components/test/page'
import { asked, refusal, sent } from '@/components/test/server'
import type { Alert } from '@/lib/flow/answer/kept/alert'
import type { Watch, WatchesAnswer } from '@/lib/flow/answer/kept/watch'
import { WatchesPage } from './watches-page'

const WATCH: Watch = {
  ...{ id: 'aaaaaaaa', version: 2, title: 'Denied much', paused: false, by: 'Ada', mine: true, made: '2026-08-13T08:00:00.000Z' },
  ...{
    condition: { about: 'filter', q: 'action:deny', logs: [], metric: 'tuples', least: 1000, window: '1h' },
    changed: '2026-08-13T08:00:00.000Z',
  },
  ...{ round: { asked: '2026-08-13T09:00:00.000Z', through: null, problem: '2 of 9 blobs could not be read' }, alerts: 1, open: 1 },
}
const ALERT: Alert = {
  ...{
    id: 'b1',
    watch: WATCH.id,
    title: WATCH.title,
    found: '2026-08-13T09:00:00.000Z',
    sentence: '1,200 tuples of action:deny within 60 min.',
  },
  ...{
    level: null,
    first: '2026-08-13T08:00:00.000Z',
    last: '2026-08-13T08:59:00.000Z',
    tuples: 1200,
    bytes: 0,
    q: 'action:deny',
    logs: [],
  },
  ...{ from: '2026-08-13T08:00:00.000Z', to: '2026-08-13T09:00:00.000Z', acknowledged: null },
  deliveries: [
    { webhook: 'slack at hooks.slack.com', state: 'waiting', tries: 3, at: '2026-08-13T09:00:00.000Z', problem: 'it answered 500' },
  ],
}
const ANSWER: WatchesAnswer = {
  every: 300_000,
  sources: ['account one'],
  webhooks: ['slack at hooks.slack.com'],
  watches: [WATCH],
  problems: [],
}

function page(answer: Partial<WatchesAnswer> = {}, alerts: Alert[] = [ALERT], at = '/watches') {
  const open_ = alerts.filter(({ acknowledged }) => acknowledged === null).length
  return open(<WatchesPage />, {
    at,
    routes: { watches: { ...ANSWER, ...answer }, alerts: { total: alerts.length, open: open_, alerts, problems: [] } },
  })
}

it('shows watches, their last rounds, alerts and deliveries', async () => {
  const { user } = page()
  expect(await screen.findByText('at least 1,000 tuples of action:deny within 1h')).toBeVisible()
  expect(screen.getByText(/The last round was incomplete: 2 of 9 blobs/)).toBeVisible()
  expect(screen.getByText(/Asked every 5 m\. Watches read account one\. Told to slack at hooks\.slack\.com/)).toBeVisible()
  const alerts = await screen.findByRole('region', { name: 'Alerts: 1 of 1 open' })
  expect(alerts).toHaveTextContent('waits for slack at hooks.slack.com: it answered 500, 3 tries')
  const show = new URL(within(alerts).getByRole('link', { name: 'Show 1,200 tuples' }).getAttribute('href')!, window.location.href)
  expect([show.pathname, show.searchParams.get('q')]).toEqual(['/explorer', 'action:deny'])
  await user.click(within(alerts).getByRole('button', { name: 'Acknowledge' }))
  await waitFor(() => expect(sent.at(-1)).toEqual({ acknowledged: true }))
})

it('creates a watch of the current filter', async () => {
  const { user } = page({ watches: [], every: null }, [], '/watches?q=dport%3A22')
  expect(await screen.findByText('There are no watches yet')).toBeVisible()
  expect(screen.getByText('This server asks no watches')).toBeVisible()
  expect(screen.getByText('No watch has found anything yet')).toBeVisible()
  await user.click(screen.getByRole('button', { name: 'New watch' }))
  await user.type(screen.getByRole('textbox', { name: 'Title' }), 'SSH')
  await user.selectOptions(screen.getByRole('combobox', { name: 'Watch for' }), 'filter')
  await user.clear(screen.getByRole('spinbutton', { name: 'At least' }))
  await user.type(screen.getByRole('spinbutton', { name: 'At least' }), '5')
  await user.click(screen.getByRole('button', { name: 'Save' }))
  const condition = { about: 'filter', q: 'dport:22', logs: [], metric: 'tuples', least: 5, window: '1h' }
  await waitFor(() => expect(sent.at(-1)).toEqual({ title: 'SSH', condition }))
})

it('names the flow logs that a watch is limited to, and a message that was never tried', async () => {
  const logs = ['/subscriptions/s/flowLogs/web', '/subscriptions/s/flowLogs/db']
  const findings = {
    about: 'findings',
    q: '',
    logs: logs.slice(1),
    kinds: ['beacon'],
    level: 'high',
    thresholds: 'beacon.calls:20',
  } as const
  const gone = { webhook: 'json at hooks.example', state: 'failed', tries: 0, at: null, problem: 'it is not configured any more' } as const
  page(
    {
      watches: [
        { ...WATCH, condition: { ...WATCH.condition, logs } as Watch['condition'] },
        { ...WATCH, id: 'bbbbbbbb', condition: { ...findings, kinds: [...findings.kinds] } },
      ],
    },
    [{ ...ALERT, deliveries: [gone] }],
  )
  expect(await screen.findByText('at least 1,000 tuples of action:deny within 1h, in the flow logs web, db')).toBeVisible()
  expect(screen.getByText('Regular calls, high or more, in the flow log db, with beacon.calls:20')).toBeVisible()
  expect(await screen.findByText('not taken by json at hooks.example: it is not configured any more')).toBeVisible()
})

it('pauses and deletes a person’s own watches, but not those of others', async () => {
  const { user } = page({ watches: [WATCH, { ...WATCH, id: 'bbbbbbbb', title: 'Other', mine: false }] })
  await user.click(await screen.findByRole('button', { name: 'Pause Denied much' }))
  await waitFor(() => expect(sent.at(-1)).toMatchObject({ version: 2, paused: true }))
  expect(screen.queryByRole('button', { name: 'Pause Other' })).toBeNull()
  await user.click(screen.getByRole('button', { name: 'Delete Denied much' }))
  await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Delete' }))
  await waitFor(() => expect(asked).toContain('watches/aaaaaaaa?version=2'))
})

it('says that there is nothing to read', async () => {
  page({ sources: [] }, [])
  expect(await screen.findByText('There is nothing that watches may read')).toBeVisible()
})

it('offers to try again after a failure', async () => {
  open(<WatchesPage />, { at: '/watches', routes: { watches: () => refusal(500, 'store', 'broken') } })
  expect((await screen.findAllByRole('button', { name: 'Try again' })).length).toBeGreaterThan(0)
})
