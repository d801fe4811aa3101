import { FLOW_ORDERS } from '@/lib/flow/field/orders'
import { integerKey } from '@/lib/link/keys/key'
import { cursorKey, waitKey } from '@/lib/link/keys/keys'
import { orderKey } from '@/lib/link/keys/order'
import type { ViewRecord } from '@/lib/link/views/record'

export const flowOrderKey = orderKey('column to sort flows by', FLOW_ORDERS, { column: 'first', descending: true })

export const flows = {
  route: {
    path: 'flows',
    keys: { sort: flowOrderKey, limit: integerKey('rows on a page', 100, 10_000), cursor: cursorKey, wait: waitKey },
    answer: async () => (await import('@/lib/flow/answer/tuples/flows')).flowsAnswer,
  },
} as const satisfies ViewRecord
