import { screen, waitFor } from '@testing-library/react'
import { expect, it } from 'vitest'
import { BASIS, VIEW } from '@/components/test/answers'
import { copied } from '@/components/test/copied'
import { linkKey, open } from '@/components/test/page'
import { asked, type Routes } from '@/components/test/server'
import type { FlipsAnswer } from '@/lib/flow/answer/traffic/flips'
import { FlipsPage } from './flips-page'

const NONE = { ...BASIS, rows: [], total: 0 }
const run = (rule: string, at: string) => ({ rule, acl: 'web-nsg', first: at, last: at, tuples: 4 })

function flip(at: string): FlipsAnswer['rows'][number] {
  return {
    ...{ src: '203.0.113.7', dst: '10.0.4.5', dport: 3389, proto: 'tcp', dir: 'in', flips: 1, closed: null, allow: 41, deny: 900 },
    opened: { at, id: 'a', before: run('DefaultRule_DenyAllInBound', at), after: run('UserRule_Rdp', at) },
    ...{ first: '2026-08-12T15:00:00Z', last: at },
  }
}

/** A range without a change that ends before the newest data; a change follows 7 hours later. */
function early(plan: Partial<typeof PLAN> = {}, routes: Routes = {}) {
  return open(<FlipsPage />, {
    at: '/flips',
    routes: {
      health: { status: 'ok', newest: '2026-08-13T23:00:00Z' },
      plan: { ...PLAN, ...plan },
      flips: (search) => {
        const to = search.get('to')
        return to === null ? NONE : { ...BASIS, view: { ...VIEW, to }, rows: [flip('2026-08-13T21:37:00Z')], total: 1 }
      },
      ...routes,
    },
  })
}

const PLAN = { blobs: 9, bytes: 900, cachedBlobs: 9, cachedBytes: 900, estimateMs: 0, askAbove: 1e9 }

it('offers to clear the filter if nothing that matches it changed its verdict', async () => {
  const { user } = open(<FlipsPage />, { at: '/flips?q=dport:22', routes: { flips: NONE } })
  await user.click(await screen.findByRole('button', { name: 'Clear the filter' }))
  await waitFor(() => expect(linkKey('q')).toBeNull())
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Clear the filter' })).toBeNull())
})

it('also checks the time after the range, and shows the changes there', async () => {
  const { user } = early()
  expect(await screen.findByText('No verdict changes within this range, but 7 h after this range')).toBeVisible()
  await user.click(screen.getByRole('button', { name: 'Show them' }))
  expect([linkKey('from'), linkKey('to')]).toEqual([VIEW.from, '2026-08-13T23:00:01Z'])
})

it('says that it speaks of this range only if the time after it is not read', async () => {
  early({ bytes: 9e9 })
  expect(await screen.findByText('No verdict changes within this range; what follows is not read')).toBeVisible()
})

it('names the time to which there is no change', async () => {
  early({}, { flips: NONE })
  expect(await screen.findByText('No verdict changes to 2026-08-13 23:00:00 Z')).toBeVisible()
})

it('is sorted by any column, which the server does before it cuts the list, and exported', async () => {
  const { user } = open(<FlipsPage />, { at: '/flips', routes: { flips: { ...BASIS, rows: [flip('2026-08-13T05:26:00Z')], total: 1 } } })
  for (const [name, sort] of [
    [/^changed/, 'at'],
    ['source', 'src'],
    ['destination', 'dst'],
    ['port', 'dport'],
    ['changes', '-flips'],
    ['denied', '-deny'],
    ['allowed', '-allow'],
    ['first', '-first'],
    ['last', '-last'],
  ] as const) {
    await user.click(await screen.findByRole('link', { name }))
    expect(linkKey('sort')).toBe(sort)
    await waitFor(() => expect(asked.filter((one) => one.startsWith('flips?')).at(-1)).toContain(`sort=${sort}`))
  }
  const [head, row] = await copied(user, 'verdict changes')
  expect(head).toMatch(/^src,dst,dport,.*opened\.at/)
  expect(row).toMatch(/^203\.0\.113\.7,10\.0\.4\.5,3389,/)
})
