import { screen } from '@testing-library/react'
import { expect, it } from 'vitest'
import { open } from '@/components/test/page'
import { Neighbourhood } from './neighbourhood'
import type { Peer } from './peers'

const peer = (address: string | null, allow: number, deny = 0): Peer => ({ address, tuples: allow + deny, flows: 0, allow, deny, bytes: 0 })

it('shows inbound and outbound peers, each with a link to its own page', () => {
  open(
    <Neighbourhood
      address="10.0.0.4"
      inbound={[{ name: 'Example Org', peers: [peer('203.0.113.77', 639, 1168)] }]}
      outbound={[
        { name: 'inside', peers: [peer('10.0.0.5', 7)] },
        { name: 'others', peers: [peer(null, 3)] },
      ]}
      metric="tuples"
      width={800}
    />,
    { at: '/host/10.0.0.4' },
  )
  expect(screen.getByRole('group', { name: 'Neighbourhood of 10.0.0.4' })).toBeVisible()
  const intruder = screen.getByRole('link', { name: '203.0.113.77, in from it: 639 tuples allowed, 1,168 denied' })
  expect(intruder).toHaveAttribute('href', '/host/203.0.113.77')
  expect(screen.getByRole('link', { name: '10.0.0.5, out to it: 7 tuples allowed, 0 denied' })).toHaveTextContent('10.0.0.5')
  expect(screen.getByText('Example Org')).toBeVisible()
  expect(screen.getByText('all others').closest('a')).toBeNull()
})
