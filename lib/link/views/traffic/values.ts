import { fieldKey } from '@/lib/link/keys/field-keys'
import { integerKey, type Key, wrong } from '@/lib/link/keys/key'
import { waitKey } from '@/lib/link/keys/keys'
import type { ViewRecord } from '@/lib/link/views/record'

/** Longest prefix to be read, in characters. */
const PREFIX_LENGTH = 512

const prefixKey: Key<string> = {
  about: 'how a value, or a word of a name, begins',
  initial: '',
  read: (text) => {
    if (text.length <= PREFIX_LENGTH) return text
    throw wrong(`The prefix is too long; expected at most ${PREFIX_LENGTH} characters`, PREFIX_LENGTH)
  },
  write: String,
}

export const values = {
  route: {
    path: 'values',
    keys: { field: fieldKey, prefix: prefixKey, limit: integerKey('values in the answer', 10, 1000), wait: waitKey },
    answer: async () => (await import('@/lib/flow/answer/traffic/values')).valuesAnswer,
  },
} as const satisfies ViewRecord
