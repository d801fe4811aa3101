import { byKey, metricKey, talkerOrderKey } from '@/lib/link/keys/field-keys'
import { integerKey } from '@/lib/link/keys/key'
import { baselineKey, PAGE_KEYS, previousKey } from '@/lib/link/keys/keys'
import type { ViewRecord } from '@/lib/link/views/record'

/** The page of several views; each of its panels requests its own. */
export const overview = {
  page: {
    path: '/',
    title: 'Overview',
    hotkey: 'g o',
    keys: {
      by: byKey,
      metric: metricKey,
      sort: talkerOrderKey,
      limit: integerKey('talkers to show', 10, 1000),
      prev: previousKey,
      baseline: baselineKey,
      ...PAGE_KEYS,
    },
  },
} as const satisfies ViewRecord
