import { screen } from '@testing-library/react'
import { expect, it } from 'vitest'
import { open } from '@/components/test/page'
import { Nav } from './nav'
import { NavMenu } from './nav-menu'

it.each([
  ['/', 'Overview'],
  ['/investigations', 'Investigations'],
  ['/i/aaaaaaaa', 'Investigations'],
])('names the page that is open at %s, as a list and as a menu', (at, page) => {
  open(
    <>
      <Nav />
      <NavMenu />
    </>,
    { at },
  )
  expect(screen.getByRole('button')).toHaveAccessibleName(`Pages, now ${page}`)
  expect(screen.queryByRole('link', { current: 'page' })?.textContent).toBe(page)
})

it.each([
  ['/host/10.0.0.4', 'Host'],
  ['/nowhere', 'Pages'],
])('names in the menu what the list of pages does not have, at %s', (at, title) => {
  open(<NavMenu />, { at })
  expect(screen.getByRole('button')).toHaveTextContent(title)
})
