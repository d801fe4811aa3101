import { screen, waitFor } from '@testing-library/react'
import { expect, it } from 'vitest'
import { BASIS, WHOLE } from '@/components/test/answers'
import { linkKey, open } from '@/components/test/page'
import type { Finding, FindingsAnswer } from '@/lib/flow/answer/traffic/findings'
import type { FindingKind } from '@/lib/flow/finding/kinds'
import { FirstSteps } from './first-steps'

const JUMP = '10.20.0.4'

function finding(kind: FindingKind, hour: number, score: number): Finding {
  const first = `2026-08-13T${String(hour).padStart(2, '0')}:00:00.000Z`
  return {
    ...{
      id: `${kind}${hour}`,
      kind,
      level: score > 0.3 ? 'high' : 'low',
      score,
      sentence: `what ${kind} says`,
      src: JUMP,
      dst: '192.0.2.200',
    },
    ...{ dport: 443, tuples: 10, bytes: 0, first, last: first, figures: { address: JUMP, everyMs: 300_000, entered: Date.parse(first) } },
    ...{ q: `src:${JUMP}`, from: '2026-08-12T14:37:00.000Z', to: '2026-08-13T14:37:00.000Z' },
  }
}

function page(rows: Finding[], at: string) {
  const rest = { kinds: [], baseline: { from: BASIS.view.from, to: BASIS.view.to, complete: true, share: 1 }, muted: 0, mutedRows: [] }
  const findings: FindingsAnswer = { ...BASIS, coverage: WHOLE, ...rest, rows }
  return open(<FirstSteps />, { at, routes: { findings } })
}

it('asks one question for each of the best findings of the best story, in the order of time', async () => {
  const rows = [...[8, 3, 5, 4, 6, 7].map((hour) => finding('beacon', hour, hour / 10)), finding('let-in', 2, 0.9)]
  const { user } = page(rows, '/?step=1')
  const strip = await screen.findByRole('complementary', { name: 'First steps' })
  await waitFor(() => expect(strip).toHaveTextContent(`1 of 8`))
  expect(strip).toHaveTextContent(`What deserves a look?Of 1 story, the first is about ${JUMP}`)
  await user.click(screen.getByRole('link', { name: 'Who got in?' }))
  expect(linkKey('step')).toBe('2')
  expect(linkKey('q')).toBe(`src:${JUMP}`)
})

it('asks for the regular calls, and for what was fetched before what left the network', async () => {
  const next = async (step: number, name: string) => {
    const { unmount } = page([finding('let-in', 2, 0.9), finding('beacon', 5, 0.8), finding('exfiltration', 8, 0.7)], `/?step=${step}`)
    const { pathname, searchParams } = new URL((await screen.findByRole<HTMLAnchorElement>('link', { name })).href)
    unmount()
    return [pathname, ...['q', 'to', 'per', 'order'].map((key) => searchParams.get(key))]
  }
  const range = '2026-08-13T14:37:00Z'
  expect(await next(2, 'Whom does it call again and again?')).toEqual(['/explorer', `src:${JUMP}`, range, null, null])
  expect(await next(3, 'What did it fetch before?')).toEqual(['/explorer', `src:${JUMP}`, '2026-08-13T08:00:00Z', 'flow', '-bytesReceived'])
  expect(await next(4, 'What left the network?')).toEqual(['/explorer', `src:${JUMP}`, range, null, null])
})

it('hands the story over in the end, also where a link names a later step', async () => {
  page([finding('beacon', 8, 0.9)], '/?step=8')
  expect(await screen.findByText('4 of 4')).toBeVisible()
  expect(screen.getByRole('complementary')).toHaveTextContent('Start an investigation keeps the story of 10.20.0.4 with its 1 finding')
  expect(screen.getByRole('button', { name: 'Done' })).toBeVisible()
})

it('says that there is nothing to follow', async () => {
  page([finding('beacon', 8, 0.2)], '/?step=1')
  expect(await screen.findByText('Nothing to follow')).toBeVisible()
  expect(screen.getByText(/Nothing in 100,000 tuples/)).toBeVisible()
})
