import { expect, it } from 'vitest'
import { questionParams } from './question'

const link = new URLSearchParams('q=dport:22&log=a&log=b')

it.each(['asking', 'reading', 'cancelled', 'unstarted'] as const)(
  'asks for what is here, and reads nothing, when the load is %s',
  (phase) => expect(questionParams(link, { by: 'dst' }, phase).toString()).toBe('q=dport%3A22&log=a&log=b&by=dst&wait=0'),
)

it.each(['starting', 'done', 'failed'] as const)('asks the waiting question when the load is %s', (phase) =>
  expect(questionParams(link, {}, phase).toString()).toBe('q=dport%3A22&log=a&log=b'),
)

it('lets a route replace a key of the link without changing the link', () => {
  expect(questionParams(link, { q: '(dport:22) action:deny' }, 'done').get('q')).toBe('(dport:22) action:deny')
  expect(link.get('q')).toBe('dport:22')
})
