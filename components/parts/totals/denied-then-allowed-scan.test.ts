import { expect, it } from 'vitest'
import type { ScansAnswer } from '@/lib/flow/answer/traffic/scans'
import { hasAllDeniedThenAllowed, isDeniedThenAllowed } from './denied-then-allowed-scan'

const scan = (allowedAt: string | null): ScansAnswer['rows'][number] => ({
  source: '203.0.113.77',
  kind: 'brute',
  attempts: 2,
  targets: 1,
  ports: 1,
  topPorts: [],
  perMinute: 1,
  first: '2024-08-12T10:00:00.000Z',
  last: '2024-08-12T11:00:00.000Z',
  allowed: allowedAt === null ? null : { tuples: 1, first: allowedAt, rule: 'UserRule_x', dport: 3389 },
})

it('takes only sources that were allowed after their first denial', () => {
  expect(isDeniedThenAllowed(scan(null))).toBe(false)
  expect(isDeniedThenAllowed(scan('2024-08-12T09:59:59.999Z'))).toBe(false)
  expect(isDeniedThenAllowed(scan('2024-08-12T10:30:00.000Z'))).toBe(true)
})

it('knows when some allowed sources may be missing', () => {
  const answer = (rows: ScansAnswer['rows'], total: number) => ({ rows, total }) as ScansAnswer
  expect(hasAllDeniedThenAllowed(answer([scan('2024-08-12T10:30:00.000Z')], 5))).toBe(false)
  expect(hasAllDeniedThenAllowed(answer([scan('2024-08-12T10:30:00.000Z'), scan(null)], 5))).toBe(true)
  expect(hasAllDeniedThenAllowed(answer([scan('2024-08-12T10:30:00.000Z')], 1))).toBe(true)
  expect(hasAllDeniedThenAllowed(answer([], 0))).toBe(true)
})
