import { screen } from '@testing-library/react'
import { expect, it } from 'vitest'
import { open } from '@/components/test/page'
import { Overview } from './overview'

it('says on first sight what the product is, and what a tuple and a flow are', () => {
  open(<Overview />)
  expect(screen.getByText(/^Flowlens reads the flow logs of Azure\. A tuple is one row of them.* A flow is one connection/)).toBeVisible()
})
