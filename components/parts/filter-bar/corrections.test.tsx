import { screen } from '@testing-library/react'
import { expect, it } from 'vitest'
import { linkKey, open } from '@/components/test/page'
import { Corrections } from './corrections'

it('suggests the probable intention of a filter that means something else', async () => {
  const { user } = open(<Corrections />, { at: '/?q=port 3389 action:deny' })
  expect(screen.getByRole('list', { name: 'Corrections' })).toHaveTextContent('port is looked for in the names of rules. Did you mean')
  await user.click(screen.getByRole('link', { name: 'port:3389' }))
  expect(linkKey('q')).toBe('port:3389 action:deny')
  expect(screen.queryByRole('list', { name: 'Corrections' })).toBeNull()
})
