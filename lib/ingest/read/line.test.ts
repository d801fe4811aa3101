import { expect, it } from 'vitest'
import { HOUR } from '@/lib/flow/time/bucket'
import { type Ask, Line } from './line'

const wide: Ask = { bytes: 5e9, number: 1 }
const narrow: Ask = { bytes: 1e8, number: 2 }
const blob = (name: string, hour: number | null, ...asks: Ask[]) => ({ name, hour, asks: new Set(asks) })

function order(line: Line<ReturnType<typeof blob>>): string {
  const names: string[] = []
  for (let next = line.pop(); next; next = line.pop()) names.push(next.name)
  return names.join(' ')
}

it('returns loose files first, then the newest hours', () => {
  const line = new Line<ReturnType<typeof blob>>()
  for (const one of [blob('b', HOUR, wide), blob('a', 0, wide), blob('loose', null, wide), blob('c', 2 * HOUR, wide)]) line.push(one)
  expect(order(line)).toBe('loose c b a')
})

it('lets a narrower request overtake, and undoes that when the request is aborted', () => {
  const line = new Line<ReturnType<typeof blob>>()
  const shared = blob('b', HOUR, wide)
  for (const one of [blob('a', 0, wide), shared, blob('c', 2 * HOUR, wide), blob('d', 3 * HOUR, wide)]) line.push(one)
  expect(line.pop()?.name).toBe('d')
  shared.asks.add(narrow)
  line.push(blob('old', -HOUR, narrow))
  expect(line.pop()?.name).toBe('b')
  line.push(blob('b again', HOUR, wide, narrow))
  const again = line.pop()!
  again.asks.delete(narrow)
  line.push(again)
  line.reorder()
  expect(order(line)).toBe('old c b again a')
})

it('lets a later request overtake if it needs as much, but not if it needs more', () => {
  const line = new Line<ReturnType<typeof blob>>()
  for (const one of [blob('narrow', 0, narrow), blob('wider', HOUR, { ...wide, number: 3 }), blob('later', 0, { ...narrow, number: 4 })])
    line.push(one)
  expect(order(line)).toBe('later narrow wider')
})
