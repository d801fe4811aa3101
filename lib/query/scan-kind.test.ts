import { expect, test } from 'vitest'
import { MANY_ATTEMPTS, MANY_PORTS, MANY_TARGETS, scanKind } from './scan-kind'

test.each([
  [MANY_TARGETS, MANY_TARGETS, 1, 'horizontal'],
  [1000, MANY_TARGETS, MANY_PORTS - 1, 'horizontal'],
  [1000, MANY_TARGETS, MANY_PORTS, 'sweep'],
  [MANY_PORTS, MANY_TARGETS - 1, MANY_PORTS, 'vertical'],
  [MANY_ATTEMPTS, 1, 1, 'brute'],
  [MANY_ATTEMPTS - 1, 1, 1, 'probe'],
  [MANY_ATTEMPTS, 1, 2, 'probe'],
  [MANY_ATTEMPTS * 2, 1, 2, 'brute'],
] as const)('%i attempts at %i targets and %i ports are %s', (attempts, targets, ports, kind) => {
  expect(scanKind({ attempts, targets, ports })).toBe(kind)
})
