import { screen, waitFor } from '@testing-library/react'
import { expect, it } from 'vitest'
import { open } from '@/components/test/page'
import { InvestigationPage } from './investigation-page'

it.each([
  ['aaaaaaaa', 'no investigations/aaaaaaaa'],
  ['unknown', 'Its id would have eight letters and digits'],
])('names the missing investigation %s, and links to the existing ones', async (id, why) => {
  open(<InvestigationPage id={id} />, { at: `/i/${id}` })
  expect(await screen.findByRole('heading', { name: `There is no investigation with the id ${id}` })).toBeVisible()
  expect(screen.getByText(why)).toBeVisible()
  expect(screen.getByRole('link', { name: 'All investigations' })).toHaveAttribute('href', '/investigations')
})

it('renames a link with its whole label selected', async () => {
  const at = '2026-08-12T15:00:00Z'
  const { user } = open(<InvestigationPage id="a2b2c3d4" />, {
    at: '/i/a2b2c3d4',
    routes: {
      'investigations/a2b2c3d4': {
        ...{ id: 'a2b2c3d4', version: 1, title: 'Who got in', note: '', shared: false, mine: null, made: at, changed: at },
        links: [{ label: 'All denied', href: '/explorer?q=action:deny', added: at }],
      },
    },
  })
  await user.click(await screen.findByRole('button', { name: 'Rename All denied' }))
  const field = screen.getByRole<HTMLInputElement>('textbox', { name: 'Label' })
  await waitFor(() => expect(field).toHaveFocus())
  expect(field.value.slice(field.selectionStart!, field.selectionEnd!)).toBe('All denied')
})
