import { act, renderHook } from '@testing-library/react'
import { expect, it } from 'vitest'
import { useOrdered } from './use-ordered'

it('orders addresses by their numbers, and equal rows as they were given', () => {
  const rows = ['10.0.0.10 b', '10.0.0.2 a', '10.0.0.2 c', '9.0.0.1 d']
  const { result } = renderHook(() => useOrdered<string, 'address'>(rows, (row) => row.split(' ')[0]!))
  expect(result.current.rows).toEqual(rows)
  act(() => result.current.sorting.onOrder!({ column: 'address', descending: false }))
  expect(result.current.rows).toEqual(['9.0.0.1 d', '10.0.0.2 a', '10.0.0.2 c', '10.0.0.10 b'])
})
