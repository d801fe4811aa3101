import { formatAddress, parseAddress } from '@/lib/flow/address/address'
import { metricKey } from '@/lib/link/keys/field-keys'
import { integerKey, type Key, wrong } from '@/lib/link/keys/key'
import { baselineKey, PAGE_KEYS, previousKey, waitKey } from '@/lib/link/keys/keys'
import type { ViewRecord } from '@/lib/link/views/record'

/** An address in canonical form. */
const addressKey: Key<string> = {
  about: 'an address such as 10.0.0.1 or 2001:db8::1',
  initial: '',
  required: true,
  read: (text) => {
    const address = parseAddress(text)
    if (address !== null) return formatAddress(address)
    throw wrong(`${text || 'Nothing'} is no address; expected one such as 10.0.0.1 or 2001:db8::1`)
  },
  write: String,
}

export const host = {
  route: {
    path: 'host',
    keys: { ip: addressKey, limit: integerKey('rows in each list', 8, 100), wait: waitKey },
    answer: async () => (await import('@/lib/flow/answer/traffic/host')).hostAnswer,
  },
  /** The address stands in the path: `/host/10.0.0.4`. */
  page: { path: '/host', title: 'Host', keys: { metric: metricKey, prev: previousKey, baseline: baselineKey, ...PAGE_KEYS } },
} as const satisfies ViewRecord
