import { SCAN_ORDERS } from '@/lib/flow/field/orders'
import { readThresholds, SCAN_GROUPS, SCAN_PRESET_NAMES, type ScanThresholds, USUAL, writeThresholds } from '@/lib/flow/field/scan'
import { integerKey, type Key, wordKey, wrong } from '@/lib/link/keys/key'
import { PAGE_KEYS, rowKey, waitKey } from '@/lib/link/keys/keys'
import { orderKey } from '@/lib/link/keys/order'
import type { ViewRecord } from '@/lib/link/views/record'

const thresholdsKey: Key<ScanThresholds> = {
  about: 'what counts as many in a scan: a preset, or targets/ports/attempts',
  initial: USUAL,
  read: (text) => {
    const thresholds = readThresholds(text)
    if (thresholds) return thresholds
    throw wrong(`${text || 'Nothing'} is out of place; expected ${SCAN_PRESET_NAMES.join(', ')} or three numbers such as 5/20/50`)
  },
  write: writeThresholds,
}

const keys = {
  group: wordKey('how sources are grouped: address, or IPv4 or IPv6 prefix length', SCAN_GROUPS, 'ip'),
  thresholds: thresholdsKey,
  sort: orderKey('column to sort sources by', SCAN_ORDERS, { column: 'allowed', descending: true }),
  limit: integerKey('rows in the answer', 50, 1000),
  wait: waitKey,
}

export const scans = {
  route: { path: 'scans', keys, answer: async () => (await import('@/lib/flow/answer/traffic/scans')).scansAnswer },
  page: { path: '/scans', title: 'Scans', hotkey: 'g s', keys: { ...keys, row: rowKey, ...PAGE_KEYS } },
} as const satisfies ViewRecord
