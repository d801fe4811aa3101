import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, it, vi } from 'vitest'
import { linkKey, open } from '@/components/test/page'
import { Value } from './value'

const INTRUDER = '203.0.113.7'
const JUMP = '10.0.4.5'
const at = (q: string) => `/?${new URLSearchParams({ q })}`
const menu = (name: string) => screen.findByRole('menu', { name })
const items = (opened: HTMLElement) => within(opened).getAllByRole('menuitem')
const filterOf = (item: HTMLElement) => new URL((item as HTMLAnchorElement).href, window.location.href).searchParams.get('q')

it('is included by a click, and excluded by a click with Alt', async () => {
  const { user } = open(<Value field="src" value={INTRUDER} />, { at: at('action:deny') })
  const link = () => screen.getByRole('link', { name: INTRUDER })
  expect(filterOf(link())).toBe(`action:deny src:${INTRUDER}`)
  await user.click(link())
  expect(linkKey('q')).toBe(`action:deny src:${INTRUDER}`)
  fireEvent.click(link(), { altKey: true })
  expect(linkKey('q')).toBe(`action:deny not src:${INTRUDER}`)
})

it('has a menu that works with the keyboard', async () => {
  const { user } = open(<Value field="src" value={INTRUDER} />, { at: at(`src:${INTRUDER}`) })
  const value = screen.getByRole('link', { name: INTRUDER })
  value.focus()
  fireEvent.keyDown(value, { key: 'ContextMenu' })
  const opened = await menu(`Source ${INTRUDER}`)
  expect(items(opened).map((item) => item.textContent)).toEqual([
    'Only this',
    'Not this',
    'As source',
    'As destination',
    'Either end',
    'Filter to /24',
    'Swap ends of the filter',
    `All about ${INTRUDER}`,
    'Copy',
    'Open in a new tab',
  ])
  const filters = ['Not this', 'As destination', 'Either end', 'Filter to /24'].map((name) =>
    filterOf(within(opened).getByRole('menuitem', { name })),
  )
  expect(filters).toEqual([`not src:${INTRUDER}`, `dst:${INTRUDER}`, `ip:${INTRUDER}`, 'src:203.0.113.0/24'])
  expect(within(opened).getByRole('menuitem', { name: /^All about/ })).toHaveAttribute(
    'href',
    expect.stringContaining(`/host/${INTRUDER}?`),
  )
  await user.keyboard('{Escape}')
  await waitFor(() => expect(value).toHaveFocus())
  expect(screen.queryByRole('menu')).not.toBeInTheDocument()
})

it('opens its menu by its button, and finds an item by its first letter', async () => {
  const { user } = open(<Value field="src" value={INTRUDER} />)
  await user.hover(screen.getByRole('link'))
  await user.click(screen.getByRole('button', { name: `Menu of Source ${INTRUDER}` }))
  const opened = await menu(`Source ${INTRUDER}`)
  await user.keyboard('e')
  await waitFor(() => expect(within(opened).getByRole('menuitem', { name: 'Either end' })).toHaveFocus())
  await user.keyboard('{Enter}')
  await waitFor(() => expect(linkKey('q')).toBe(`ip:${INTRUDER}`))
})

it('opens a shorter menu by right-click if it is not an address', async () => {
  const { user } = open(
    <Value field="rule" value="UserRule_AllowRdpVendor">
      AllowRdpVendor
    </Value>,
  )
  await user.pointer({ keys: '[MouseRight]', target: screen.getByRole('link', { name: 'AllowRdpVendor' }) })
  const opened = await menu('Rule UserRule_AllowRdpVendor')
  expect(items(opened).map((item) => item.textContent)).toEqual(['Only this', 'Not this', 'Copy', 'Open in a new tab'])
  const elsewhere = within(opened).getByRole('menuitem', { name: 'Open in a new tab' })
  expect(filterOf(elsewhere)).toBe('rule:UserRule_AllowRdpVendor')
  expect(elsewhere).toHaveAttribute('target', '_blank')
})

it('is copied with a message, or reports that the browser did not allow it', async () => {
  const { user } = open(<Value field="dport" value="3389" />)
  const choose = async () => {
    await user.hover(screen.getByRole('link'))
    await user.click(screen.getByRole('button', { name: 'Menu of Destination port 3389' }))
    await user.click(within(await menu('Destination port 3389')).getByRole('menuitem', { name: 'Copy' }))
  }
  await choose()
  expect(await screen.findByText('Copied 3389')).toBeVisible()
  expect(await navigator.clipboard.readText()).toBe('3389')
  vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new DOMException('no', 'NotAllowedError'))
  await choose()
  expect(await screen.findByText('The browser did not allow copying')).toBeVisible()
})

it('swaps the ends of its row', async () => {
  const { user } = open(<Value field="dst" value={JUMP} ends={{ src: INTRUDER, dst: JUMP }} />, { at: at(`src:${INTRUDER} dst:${JUMP}`) })
  await user.hover(screen.getByRole('link'))
  await user.click(screen.getByRole('button', { name: `Menu of Destination ${JUMP}` }))
  await user.click(within(await menu(`Destination ${JUMP}`)).getByRole('menuitem', { name: 'Swap ends' }))
  await waitFor(() => expect(linkKey('q')).toBe(`dst:${INTRUDER} src:${JUMP}`))
})

it('is excluded with F and included with f while it has the focus', async () => {
  const { user } = open(<Value field="proto" value="udp" />)
  screen.getByRole('link', { name: 'udp' }).focus()
  await user.keyboard('F')
  expect(linkKey('q')).toBe('not proto:udp')
  await user.keyboard('f')
  expect(linkKey('q')).toContain('proto:udp')
})

it('is not a link while the filter is invalid', () => {
  open(<Value field="proto" value="udp" />, { at: at('dport:99999') })
  expect(screen.queryByRole('link')).not.toBeInTheDocument()
  expect(screen.getByText('udp')).toBeVisible()
})

it('swaps the ends of the filter, and looks an address up elsewhere', async () => {
  const health = { status: 'ok' as const, newest: null, lookups: [{ name: 'Shodan', url: 'https://example.com/ip/{ip}' }] }
  const { user } = open(<Value field="src" value={INTRUDER} />, { at: at(`src:${INTRUDER} dport:22`), routes: { health } })
  const value = screen.getByRole('link', { name: INTRUDER })
  fireEvent.keyDown(value, { key: 'ContextMenu' })
  const opened = await menu(`Source ${INTRUDER}`)
  expect(await within(opened).findByRole('menuitem', { name: 'Look up at Shodan' })).toHaveAttribute(
    'href',
    `https://example.com/ip/${INTRUDER}`,
  )
  await user.click(within(opened).getByRole('menuitem', { name: 'Swap ends of the filter' }))
  expect(linkKey('q')).toBe(`dst:${INTRUDER} sport:22`)
})
