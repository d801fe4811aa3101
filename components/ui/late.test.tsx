import { render, screen } from '@testing-library/react'
import { expect, it } from 'vitest'
import { late } from './late'

it('shows a placeholder, then the part', async () => {
  const Part = late(
    async () =>
      ({ name }: { name: string }) => <p>part {name}</p>,
    { loading: () => <p>loading</p> },
  )
  render(<Part name="one" />)
  expect(screen.getByText('loading')).toBeVisible()
  expect(await screen.findByText('part one')).toBeVisible()
})

it('says in its place that a part could not be loaded, and keeps what is around it', async () => {
  const Part = late(() => Promise.reject(new Error('no network')))
  render(
    <>
      <p>around</p>
      <Part />
    </>,
  )
  expect(await screen.findByRole('alert')).toHaveTextContent('This part could not be loaded')
  expect(screen.getByText('around')).toBeVisible()
})
