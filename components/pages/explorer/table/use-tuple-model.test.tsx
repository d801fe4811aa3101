import { screen, waitFor, within } from '@testing-library/react'
import { beforeEach, expect, it, vi } from 'vitest'
import { BASIS } from '@/components/test/answers'
import { linkKey, open } from '@/components/test/page'
import { Explorer } from '../explorer'

// happy-dom has no layout and observes no sizes.
beforeEach(() => {
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  )
})

const COLS = 'cols=time,src,dst,rule'

function page(keys = COLS) {
  return open(<Explorer />, { at: `/explorer?${keys}`, routes: { tuples: { ...BASIS, total: 0, rows: [], next: null } } })
}

const heads = () =>
  screen
    .getAllByRole('columnheader')
    .slice(1)
    .map((head) => head.textContent?.replace(/ \(UTC\)|→/g, ''))
const head = (name: RegExp) => within(screen.getByRole('grid')).getByRole('button', { name })
const box = (name: string) => screen.getByRole('checkbox', { name })
const widths = () => screen.getByRole('grid').style.getPropertyValue('--columns').split(' ')

it('shows, hides and orders columns, all of it in the link', async () => {
  const { user } = page()
  expect(heads()).toEqual(['Time', 'Source', 'Destination', 'Rule'])
  await user.click(screen.getByRole('button', { name: /^Columns/ }))
  await user.click(box('MAC'))
  expect(linkKey('cols')).toBe('time,src,dst,rule,mac')
  await user.click(box('Source'))
  expect(linkKey('cols')).toBe('time,dst,rule,mac')
  box('Rule').focus()
  await user.keyboard('{Alt>}{ArrowUp}{/Alt}')
  expect(linkKey('cols')).toBe('time,rule,dst,mac')
  expect(box('Rule')).toHaveFocus()
  await user.click(screen.getByRole('button', { name: 'Move Rule down' }))
  expect(linkKey('cols')).toBe('time,dst,rule,mac')
  await user.click(screen.getByRole('button', { name: 'Reset' }))
  expect(linkKey('cols')).toBeNull()
})

it('keeps pinned columns first, moves them among themselves, and unpins them', async () => {
  const { user } = page(`${COLS}&pins=rule,dst`)
  expect(heads()).toEqual(['Destination', 'Rule', 'Time', 'Source'])
  await user.click(screen.getByRole('button', { name: /^Columns/ }))
  expect(screen.getByRole('button', { name: 'Move Rule down' })).toHaveAttribute('aria-disabled', 'true')
  await user.click(screen.getByRole('button', { name: 'Pin Rule' }))
  expect(linkKey('pins')).toBe('dst')
  expect(linkKey('cols')).toBe('time,src,dst,rule')
})

it('never hides the last column', async () => {
  const { user } = page('cols=rule')
  await user.click(screen.getByRole('button', { name: /^Columns/ }))
  expect(box('Rule')).toBeDisabled()
})

it('sorts by one column, and with Shift by another after it', async () => {
  const { user } = page()
  await user.click(head(/^Source/))
  expect(linkKey('sort')).toBe('src')
  head(/^Rule/).focus()
  await user.keyboard('{Shift>}{Enter}{/Shift}')
  expect(linkKey('sort')).toBe('src,rule')
  await waitFor(() => expect(head(/^Rule/).closest('th')).toHaveTextContent('sorted by this as number 2'))
  expect(head(/^Rule/).closest('th')).toHaveAttribute('aria-sort', 'ascending')
})

it('makes a column wider and narrower by keys, and forgets it on reset', async () => {
  const { user } = page()
  const before = widths()
  head(/^Source/).focus()
  await user.keyboard('{Shift>}{ArrowRight}{ArrowRight}{ArrowLeft}{/Shift}')
  const set = Number.parseInt(before[2]!, 10) + 16
  expect(linkKey('widths')).toBe(`src:${set}`)
  await waitFor(() => expect(widths()).toEqual(before.with(2, `${set}px`)))
  await user.click(screen.getByRole('button', { name: /^Columns/ }))
  await user.click(screen.getByRole('button', { name: 'Reset' }))
  expect(linkKey('widths')).toBeNull()
})
