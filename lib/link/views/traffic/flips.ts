import { FLIP_ORDERS } from '@/lib/flow/field/orders'
import { FLIP_WAYS } from '@/lib/flow/view/flip'
import { integerKey, wordKey } from '@/lib/link/keys/key'
import { PAGE_KEYS, waitKey } from '@/lib/link/keys/keys'
import { orderKey } from '@/lib/link/keys/order'
import type { ViewRecord } from '@/lib/link/views/record'

const keys = {
  way: wordKey('changes to show: opened (denied, then allowed), closed (the reverse) or all', FLIP_WAYS, 'all'),
  sort: orderKey('column to sort flows by', FLIP_ORDERS, { column: 'at', descending: true }),
  limit: integerKey('rows in the answer', 50, 1000),
  wait: waitKey,
}

export const flips = {
  route: { path: 'flips', keys, answer: async () => (await import('@/lib/flow/answer/traffic/flips')).flipsAnswer },
  page: { path: '/flips', title: 'Verdict changes', hotkey: 'g f', keys: { ...keys, ...PAGE_KEYS } },
} as const satisfies ViewRecord
