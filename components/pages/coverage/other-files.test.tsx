import { render } from '@testing-library/react'
import { expect, it } from 'vitest'
import { OtherFiles } from './other-files'

it('counts files that are no flow logs by kind', () => {
  const { container } = render(
    <OtherFiles
      others={[
        { source: '/case', what: 'text without flow records', extension: 'txt', count: 1200, sample: 'notes.txt' },
        { source: '/case', what: 'empty file', extension: '', count: 1, sample: 'lock' },
      ]}
    />,
  )
  expect(container).toHaveTextContent(
    'Not flow logs, not read: 1,200 × .txt (text without flow records), 1 × without extension (empty file)',
  )
})

it('shows nothing where there are none', () => {
  expect(render(<OtherFiles others={[]} />).container).toBeEmptyDOMElement()
})
