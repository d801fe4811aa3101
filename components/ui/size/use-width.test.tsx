import { fireEvent, render, screen } from '@testing-library/react'
import { useRef } from 'react'
import { expect, it, vi } from 'vitest'
import { PAPER_WIDTH, useWidth } from './use-width'

function Drawing() {
  const frame = useRef<HTMLParagraphElement>(null)
  return <p ref={frame}>{useWidth(frame)} px</p>
}

it("is the paper's while the page is printed, and the element's before and after", () => {
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(1400)
  render(<Drawing />)
  expect(screen.getByText('1400 px')).toBeVisible()
  fireEvent(window, new Event('beforeprint'))
  expect(screen.getByText(`${PAPER_WIDTH} px`)).toBeVisible()
  fireEvent(window, new Event('afterprint'))
  expect(screen.getByText('1400 px')).toBeVisible()
})
