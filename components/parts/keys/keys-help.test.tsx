import { screen, waitFor, within } from '@testing-library/react'
import { useState } from 'react'
import { expect, it } from 'vitest'
import { open } from '@/components/test/page'
import { KeysHelp } from './keys-help'
import { useKey } from './use-key'

function Counter() {
  const [count, setCount] = useState(0)
  useKey({ keys: 'c', does: 'count', group: 'Ask' }, () => setCount((n) => n + 1))
  return <p>counted {count}</p>
}

const help = async () => within(await screen.findByRole('dialog', { name: 'Keys on this page' }))

it('lists with ? exactly the active keys, by groups', async () => {
  const { user, rerender } = open(
    <>
      <KeysHelp />
      <Counter />
    </>,
  )
  await user.keyboard('?')
  const list = await help()
  const ask = within(list.getByRole('region', { name: 'Ask' }))
  expect(ask.getByRole('definition')).toHaveTextContent('count')
  expect(ask.getByRole('term')).toHaveTextContent('c')
  expect(list.getByRole('region', { name: 'Always' })).toHaveTextContent('close what is open')
  rerender(<KeysHelp />)
  await waitFor(() => expect(screen.queryByText('count')).not.toBeInTheDocument())
})

it('disables all keys while it is open, and enables them after it is closed', async () => {
  const { user } = open(
    <>
      <KeysHelp />
      <Counter />
    </>,
  )
  await user.keyboard('?')
  await help()
  await user.keyboard('c')
  expect(screen.getByText('counted 0')).toBeInTheDocument()
  await user.keyboard('{Escape}')
  await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument())
  await user.keyboard('cc')
  expect(screen.getByText('counted 2')).toBeVisible()
})

it('ignores keys while text is typed, or with Ctrl', async () => {
  const { user } = open(
    <>
      <input aria-label="text" />
      <Counter />
    </>,
  )
  await user.type(screen.getByRole('textbox', { name: 'text' }), 'ccc')
  await user.click(document.body)
  await user.keyboard('{Control>}c{/Control}')
  expect(screen.getByText('counted 0')).toBeVisible()
  await user.keyboard('c')
  expect(screen.getByText('counted 1')).toBeVisible()
})
