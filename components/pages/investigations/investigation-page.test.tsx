import { screen } from '@testing-library/react'
import { expect, it } from 'vitest'
import { open } from '@/components/test/page'
import { InvestigationPage } from './investigation-page'

it('names what was not found, and leads to those that there are', async () => {
  open(<InvestigationPage id="unknown" />, { at: '/i/unknown' })
  expect(await screen.findByRole('heading', { name: 'There is no investigation unknown' })).toBeVisible()
  expect(screen.getByText('no investigations/unknown')).toBeVisible()
  expect(screen.getByRole('link', { name: 'All investigations' })).toHaveAttribute('href', '/investigations')
})
