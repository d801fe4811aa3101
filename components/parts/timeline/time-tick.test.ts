import { expect, it } from 'vitest'
import { insideAt } from './time-tick'

it.each([
  ['16:00', 3, 17],
  ['16:00', 100, 100],
  ['16:00', 348, 333],
  ['10:00:00', 3, 27],
])('keeps %s at %d within a chart of 350 pixels', (label, x, at) => expect(insideAt(x, label, 350)).toBe(at))
