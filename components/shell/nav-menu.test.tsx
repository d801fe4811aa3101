import { screen } from '@testing-library/react'
import { expect, it } from 'vitest'
import { open } from '@/components/test/page'
import { Nav } from './nav'
import { NavMenu } from './nav-menu'

it.each([
  ['/', 'Overview'],
  ['/investigations', 'Investigations'],
  ['/i/aaaaaaaa', 'Investigations'],
  ['/host/10.0.0.4', null],
])('names the page that is open at %s, as a list and as a menu', (at, page) => {
  open(
    <>
      <Nav />
      <NavMenu />
    </>,
    { at },
  )
  expect(screen.getByRole('button')).toHaveAccessibleName(page === null ? 'Pages' : `Pages, now ${page}`)
  expect(screen.queryByRole('link', { current: 'page' })?.textContent ?? null).toBe(page)
})
