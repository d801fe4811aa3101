import { render, screen } from '@testing-library/react'
import { expect, it } from 'vitest'
import { SignInPage } from './sign-in-page'

it('shows what to change after a refusal by Microsoft Entra ID', () => {
  window.history.replaceState(null, '', '/#sign-in=config,req-1,AADSTS7000222')
  render(<SignInPage />)
  expect(screen.getByText(/^The client secret has ended: make a new one in the app registration/)).toBeVisible()
  expect(screen.getByText(/AADSTS7000222/)).toHaveTextContent('AADSTS7000222 · request req-1')
})

it.each(['/#sign-in=signin,req-1', '/#sign-in=signin,req-1,AADSTS999999999'])('adds no advice to %s', (at) => {
  window.history.replaceState(null, '', at)
  render(<SignInPage />)
  expect(screen.getByText(/^Signing in did not work/)).toBeVisible()
  expect(screen.getByText('req-1')).toBeVisible()
})
