import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { useRef } from 'react'
import { expect, it } from 'vitest'
import { linkKey, open } from '@/components/test/page'
import { asked } from '@/components/test/server'
import type { FilterField } from '@/lib/flow/field/fields'
import { FilterInput } from './filter-input'

function Bar() {
  return <FilterInput input={useRef<HTMLInputElement>(null)} />
}

const VALUES: Record<string, readonly (readonly [value: string, tuples: number])[]> = {
  src: [
    ['203.0.113.7', 4321],
    ['10.0.0.4', 2],
  ],
  dport: [
    ['3389', 1234],
    ['3306', 7],
  ],
  dir: [
    ['in', 5],
    ['out', 3],
  ],
}

/** Returns values that begin as typed; for ports, from a larger number. */
function values(keys: URLSearchParams) {
  const field = keys.get('field') as FilterField
  const rows = (VALUES[field] ?? [])
    .map(([value, tuples]) => ({ value, tuples }))
    .filter(({ value }) => value.startsWith(keys.get('prefix') ?? ''))
  return { field, total: field === 'dport' ? 90 : rows.length, rows }
}

function bar(at = '/') {
  return open(<Bar />, { at, routes: { values } })
}

const field = () => screen.getByRole<HTMLInputElement>('combobox', { name: 'Filter' })
const completions = () => within(screen.getByRole('listbox', { name: 'Completions' }))
const options = (list = completions()) => list.getAllByRole('option').map((option) => option.textContent)

/** Expects the active option of the text field, as a screen reader finds it. */
async function expectActive(name: RegExp): Promise<void> {
  const active = await screen.findByRole('option', { selected: true })
  expect(active).toHaveTextContent(name)
  expect(field()).toHaveAttribute('aria-activedescendant', active.id)
}

it('completes fields and values from the keyboard alone', async () => {
  const { user } = bar()
  await user.keyboard('/')
  expect(field()).toHaveFocus()
  await user.keyboard('rule:UserRule_A sr')
  expect(options()).toEqual([/^srcsource:/, /^src24/, /^src16/].map((name) => expect.stringMatching(name)))
  await user.keyboard('{ArrowDown}')
  await expectActive(/^src/)
  await user.keyboard('{Enter}')
  expect(field()).toHaveValue('rule:UserRule_A src:')
  expect(await screen.findByRole('option', { name: /^203\.0\.113\.7/ })).toHaveTextContent('4,321')
  const [route, keys] = asked.at(-1)!.split('?')
  expect(route).toBe('values')
  expect(Object.fromEntries(new URLSearchParams(keys))).toMatchObject({ q: 'rule:UserRule_A', field: 'src', limit: '12' })
  await user.keyboard('{ArrowDown}')
  await expectActive(/^203\.0\.113\.7/)
  await user.keyboard('{Enter}')
  expect(field()).toHaveAttribute('aria-expanded', 'false')
  expect(linkKey('q')).toBeNull()
  await user.keyboard('{Enter}')
  expect(linkKey('q')).toBe('rule:UserRule_A src:203.0.113.7')
})

it('says how many values there are, and which service a port is', async () => {
  const { user } = bar()
  await user.type(field(), 'action:deny dport:3')
  expect(await screen.findByRole('group', { name: 'Destination port, 2 of 90' })).toBeVisible()
  expect(completions().getByRole('option', { name: /^3389/ })).toHaveTextContent('rdp')
  expect(asked.at(-1)).toContain('prefix=3')
  expect(screen.getByText(/completions?, arrow down to choose$/)).toHaveAttribute('role', 'status')
})

it('says that no value begins as typed', async () => {
  const { user } = bar()
  await user.type(field(), 'rule:nothing')
  expect(await screen.findByText('No rule begins with nothing under the rest of the filter', { selector: ':not(.sr-only)' })).toBeVisible()
})

it('opens with Ctrl-Space, accepts with Tab, closes and reverts with Escape', async () => {
  const { user } = bar('/?q=action:deny')
  await user.keyboard('/')
  await user.keyboard(' ')
  await user.keyboard('{Escape}')
  expect(screen.queryByRole('listbox')).not.toBeInTheDocument()
  await user.keyboard('{Control>} {/Control}')
  await expectActive(/^dir/)
  await user.tab()
  expect(field()).toHaveValue('action:deny dir:')
  expect(await screen.findByRole('option', { name: /^in/ })).toBeVisible()
  await user.keyboard('o')
  await waitFor(() => expect(options()).toEqual([expect.stringMatching(/^out/)]))
  await user.tab()
  expect(field()).toHaveValue('action:deny dir:out')
  expect(field()).toHaveFocus()
  await user.keyboard('{Escape}')
  expect(field()).toHaveValue('action:deny')
  expect(field()).not.toHaveFocus()
  expect(linkKey('q')).toBe('action:deny')
})

it('offers only comparisons to fields that have an order, and words between terms', async () => {
  const { user } = bar()
  const operators = () => options(within(screen.getByRole('group', { name: 'Operators' })))
  await user.type(field(), 'bytes')
  expect(operators()).toHaveLength(6)
  await user.clear(field())
  await user.type(field(), 'rule')
  expect(operators()).toHaveLength(2)
  await user.clear(field())
  await user.type(field(), '(dir:in ')
  const between = options(within(screen.getByRole('group', { name: 'Between terms' })))
  expect(between.map((text) => text!.match(/^(not|and|or|[()])/)![0])).toEqual(['not', '(', ')', 'and', 'or'])
})

it('marks wrong characters, at once outside the current word and everywhere on Enter', async () => {
  const { user } = bar()
  const mark = () => field().closest('search')!.querySelector('mark')
  await user.type(field(), 'dport:99999')
  expect(mark()).toBeNull()
  await user.type(field(), ' src:')
  expect(mark()).toHaveTextContent('99999')
  expect(field()).toBeValid()
  await user.clear(field())
  await user.type(field(), 'dport:99999{Enter}')
  expect(mark()).toHaveTextContent('99999')
  expect(field()).toBeInvalid()
  expect(screen.getByRole('alert')).toHaveTextContent('character 7 · 99999 is out of place')
  expect(linkKey('q')).toBeNull()
})

it('keeps typed text while the last filter is being applied', async () => {
  const { user } = bar()
  await user.type(field(), 'dport:22')
  fireEvent.submit(field().form!)
  fireEvent.change(field(), { target: { value: 'dport:3389' } })
  await waitFor(() => expect(linkKey('q')).toBe('dport:22'))
  expect(field()).toHaveValue('dport:3389')
})

it('brings back filters typed before, but not one with a mistake, and forgets them', async () => {
  const { user, unmount } = bar()
  for (const filter of ['dport:22', 'dport:3389', 'dport:99999']) {
    await user.clear(field())
    await user.type(field(), `${filter}{Enter}`)
  }
  unmount()
  const { user: later } = bar()
  await later.keyboard('/{ArrowUp}')
  const earlier = () => within(screen.getByRole('listbox', { name: 'Earlier filters' }))
  expect(options(earlier())).toEqual(['dport:3389', 'dport:22'])
  await later.keyboard('{Enter}')
  await waitFor(() => expect(linkKey('q')).toBe('dport:3389'))
  await later.keyboard('{ArrowUp}')
  expect(options(earlier())).toEqual(['dport:22'])
  await later.tab()
  expect(field()).toHaveValue('dport:22')
  expect(linkKey('q')).toBe('dport:3389')
  await later.click(screen.getByRole('button', { name: /^Earlier filters/ }))
  await later.click(screen.getByRole('button', { name: 'Forget them' }))
  expect(screen.queryByRole('listbox')).not.toBeInTheDocument()
})

it('is emptied by a button', async () => {
  const { user } = bar('/?q=action:deny')
  await user.click(screen.getByRole('button', { name: 'Clear the filter' }))
  expect(linkKey('q')).toBeNull()
  expect(field()).toHaveValue('')
  expect(field()).toHaveFocus()
})
