import { act, screen, waitFor } from '@testing-library/react'
import { useRef } from 'react'
import { expect, it } from 'vitest'
import { linkKey, open } from '@/components/test/page'
import { Chips } from './chips'
import { KeepPins } from './keep-pins'

function Bar() {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <input ref={input} aria-label="Filter" />
      <Chips input={input} />
    </>
  )
}

const link = (name: string | RegExp) => screen.getByRole('link', { name })
const at = (keys: Record<string, string>) => `/?${new URLSearchParams(keys)}`

it('are negated, switched off and on, and removed with the keyboard', async () => {
  const { user } = open(<Bar />, { at: at({ q: 'action:deny dport:22' }) })
  link('Switch off dport:22').focus()
  await user.keyboard('{Enter}')
  expect([linkKey('q'), linkKey('off')]).toEqual(['action:deny', 'dport:22'])
  expect(link('Switch on dport:22')).toHaveFocus()
  link(/^off: ?dport:22$/).focus()
  await user.keyboard('{Enter}')
  expect(linkKey('off')).toBe('not dport:22')
  expect(link(/^off: ?not ?dport:22$/)).toHaveFocus()
  await user.tab()
  expect(link('Switch on not dport:22')).toHaveFocus()
  await user.keyboard('{Enter}')
  expect([linkKey('q'), linkKey('off')]).toEqual(['action:deny not dport:22', null])
  expect(link('Switch off not dport:22')).toHaveFocus()
})

it('are removed with Delete, and pass the focus to the next chip, then to the filter', async () => {
  const { user } = open(<Bar />, { at: at({ q: 'action:deny dport:22' }) })
  link('dport:22').focus()
  await user.keyboard('{Delete}')
  expect(linkKey('q')).toBe('action:deny')
  expect(link('action:deny')).toHaveFocus()
  await user.keyboard('{Delete}')
  expect(linkKey('q')).toBeNull()
  expect(screen.getByRole('textbox', { name: 'Filter' })).toHaveFocus()
  expect(screen.queryByRole('list')).not.toBeInTheDocument()
})

it('are links that also work in a new tab', async () => {
  const { user } = open(<Bar />, { at: at({ q: 'action:deny not dport:22' }) })
  expect(link('Remove not dport:22')).toHaveAttribute('href', '/?q=action:deny')
  expect(link(/^not ?dport:22$/)).toHaveAttribute('title', 'Remove the negation')
  await user.click(link(/^not ?dport:22$/))
  await waitFor(() => expect(linkKey('q')).toBe('action:deny dport:22'))
})

it('are absent without a filter, or with an invalid one', () => {
  open(<Bar />, { at: at({ q: 'dport:99999' }) })
  expect(screen.queryByRole('list')).not.toBeInTheDocument()
})

it('stay on the way to another page if they are pinned', async () => {
  const { user } = open(
    <>
      <KeepPins />
      <Bar />
    </>,
    { at: at({ q: 'action:deny dport:22' }) },
  )
  const pin = () => screen.getByRole('button', { name: 'Pin dport:22' })
  await user.click(pin())
  expect(pin()).toHaveAttribute('aria-pressed', 'true')
  act(() => window.history.pushState(null, '', '/rules'))
  await waitFor(() => expect(linkKey('q')).toBe('dport:22'))
  await user.click(pin())
  expect(pin()).toHaveAttribute('aria-pressed', 'false')
})
