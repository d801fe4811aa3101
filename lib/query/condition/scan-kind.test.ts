import { expect, test } from 'vitest'
import { SCAN_PRESETS, USUAL } from '@/lib/flow/field/scan'
import { scanKind } from './scan-kind'

const { targets: T, ports: P, attempts: A } = USUAL

test.each([
  [T, T, 1, 'horizontal'],
  [1000, T, P - 1, 'horizontal'],
  [1000, T, P, 'sweep'],
  [P, T - 1, P, 'vertical'],
  [A, 1, 1, 'brute'],
  [A - 1, 1, 1, 'probe'],
  [A, 1, 2, 'probe'],
  [A * 2, 1, 2, 'brute'],
] as const)('%i attempts at %i targets and %i ports are %s', (attempts, targets, ports, kind) => {
  expect(scanKind({ attempts, targets, ports }, USUAL)).toBe(kind)
})

test('uses the thresholds of the request', () => {
  const counts = { attempts: 500, targets: 150, ports: 2 }
  expect(scanKind(counts, USUAL)).toBe('horizontal')
  expect(scanKind(counts, SCAN_PRESETS.sentinel)).toBe('probe')
  expect(scanKind({ attempts: 3, targets: 1, ports: 1 }, SCAN_PRESETS.wary)).toBe('brute')
})
