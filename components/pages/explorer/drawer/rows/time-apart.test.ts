import { expect, it } from 'vitest'
import { timeApart } from './time-apart'

it.each([
  ['2024-08-12T10:00:12Z', '+12 s'],
  ['2024-08-12T09:58:56Z', '−1 m 4 s'],
  ['2024-08-12T10:00:00.020Z', '+20 ms'],
  ['2024-08-12T10:00:00.000Z', '±0'],
])('writes how far %s is from ten', (time, written) => expect(timeApart(time, '2024-08-12T10:00:00Z')).toBe(written))
