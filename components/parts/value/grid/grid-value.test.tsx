import { fireEvent, screen, within } from '@testing-library/react'
import { expect, it } from 'vitest'
import { linkKey, open } from '@/components/test/page'
import { GridValue } from './grid-value'
import { useGridValues } from './use-grid-values'

const ROWS = [
  { src: '203.0.113.7', dst: '10.0.4.5' },
  { src: '203.0.113.8', dst: '10.0.4.6' },
]

function Grid() {
  const values = useGridValues((row) => ROWS[row] ?? null)
  return (
    <div onPointerLeave={values.onLeave}>
      {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: as the explorer's */}
      <table role="grid" {...values.handlers} onKeyDown={values.onKeyDown}>
        <tbody>
          {ROWS.map(({ src, dst }, row) => (
            <tr key={src} data-row={row}>
              <td>
                <GridValue field="src" value={src} />
              </td>
              <td>
                <GridValue field="dst" value={dst} />
              </td>
              <td>beside</td>
            </tr>
          ))}
        </tbody>
      </table>
      {values.button}
    </div>
  )
}

const link = (name: string) => screen.getByRole('link', { name })
const menuButtons = () => screen.queryAllByRole('button', { name: /^Menu of/ })

it('keeps a value of a grid at a click, drops it with Alt or F, and leaves other clicks to the grid', async () => {
  const { user } = open(<Grid />)
  await user.click(screen.getAllByText('beside')[0]!)
  expect(linkKey('q')).toBeNull()
  await user.click(link('203.0.113.7'))
  expect(linkKey('q')).toBe('src:203.0.113.7')
  fireEvent.click(link('10.0.4.6'), { altKey: true })
  expect(linkKey('q')).toBe('src:203.0.113.7 not dst:10.0.4.6')
  fireEvent.keyDown(link('203.0.113.8'), { key: 'F' })
  expect(linkKey('q')).toContain('not src:203.0.113.8')
})

it('shows one button of the menu, beside the value on which the pointer rests, and swaps the ends of its row', async () => {
  const { user } = open(<Grid />)
  await user.hover(link('10.0.4.5'))
  expect(await screen.findByRole('button', { name: 'Menu of Destination 10.0.4.5' })).toBeVisible()
  await user.hover(link('10.0.4.6'))
  const button = await screen.findByRole('button', { name: 'Menu of Destination 10.0.4.6' })
  expect(menuButtons()).toEqual([button])
  fireEvent.click(button)
  const menu = await screen.findByRole('menu', { name: 'Destination 10.0.4.6' })
  expect(within(menu).getByRole('menuitem', { name: 'Swap ends' })).toBeVisible()
  await user.keyboard('{Escape}')
  await user.hover(screen.getAllByText('beside')[0]!)
  expect(menuButtons()).toEqual([])
})

it('opens the menu of a value by right-click and by m', async () => {
  const { user } = open(<Grid />)
  await user.pointer({ keys: '[MouseRight]', target: link('203.0.113.7') })
  expect(await screen.findByRole('menu', { name: 'Source 203.0.113.7' })).toBeVisible()
  await user.keyboard('{Escape}')
  fireEvent.keyDown(link('10.0.4.5'), { key: 'm' })
  expect(await screen.findByRole('menu', { name: 'Destination 10.0.4.5' })).toBeVisible()
})
