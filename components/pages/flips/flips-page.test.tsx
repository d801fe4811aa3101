import { screen, waitFor } from '@testing-library/react'
import { expect, it } from 'vitest'
import { BASIS } from '@/components/test/answers'
import { linkKey, open } from '@/components/test/page'
import { FlipsPage } from './flips-page'

const NONE = { ...BASIS, rows: [], total: 0 }

it('offers to clear the filter if nothing that matches it changed its verdict', async () => {
  const { user } = open(<FlipsPage />, { at: '/flips?q=dport:22', routes: { flips: NONE } })
  await user.click(await screen.findByRole('button', { name: 'Clear the filter' }))
  await waitFor(() => expect(linkKey('q')).toBeNull())
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Clear the filter' })).toBeNull())
})
