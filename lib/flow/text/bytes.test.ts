import { expect, it } from 'vitest'
import { formatBytes } from './bytes'

it.each([
  [0, '0 B'],
  [1023, '1,023 B'],
  [1024, '1.00 KiB'],
  [1536, '1.50 KiB'],
  [1024 ** 2 - 1, '1.00 MiB'],
  [4_408_213_504, '4.11 GiB'],
  [1000 * 1024 ** 2, '1000 MiB'],
  [5 * 1024 ** 6, '5120 PiB'],
])('writes %d as %s', (n, text) => expect(formatBytes(n)).toBe(text))
