import { screen } from '@testing-library/react'
import { expect, it } from 'vitest'
import { open } from '@/components/test/page'
import { Configured } from './configured'

it('says what the product is, what a tuple and a flow are, and how to begin, if there is no source', async () => {
  open(<Configured>the page</Configured>, { routes: { health: { status: 'unconfigured' } } })
  expect(await screen.findByRole('heading', { level: 1, name: 'No source is configured' })).toBeVisible()
  const about = screen.getByText(/Flowlens reads the flow logs of Azure/)
  expect(about).toHaveTextContent('A tuple is one row of them')
  expect(about).toHaveTextContent('A flow is one connection from its beginning to its end')
  expect(screen.getByText('npm run demo')).toBeVisible()
})
