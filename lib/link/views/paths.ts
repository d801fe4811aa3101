import { isKeyField, KEY_FIELDS, type KeyField, PATH_METRICS } from '@/lib/flow/fields'
import { unknownField } from '@/lib/link/keys/field-keys'
import { integerKey, type Key, readList, wordKey, wrong } from '@/lib/link/keys/key'
import { PAGE_KEYS, waitKey } from '@/lib/link/keys/keys'
import type { ViewRecord } from './record'

const MOST_FIELDS = 4

const columnsKey: Key<KeyField[]> = {
  about: 'two to four fields with commas',
  initial: ['src.subnet', 'dport', 'dst.subnet'],
  read: (text) => {
    const fields = readList(text, (name, at) => {
      if (isKeyField(name)) return name
      throw unknownField(name, KEY_FIELDS, at)
    })
    if (fields.length < 2) throw wrong('Too few fields; expected two to four', text.length)
    if (fields.length > MOST_FIELDS) throw wrong('Too many fields; expected two to four', fields.slice(0, MOST_FIELDS).join(',').length)
    return fields
  },
  write: (fields) => fields.join(','),
}

/** Empty where the page chooses, by what context files tell. */
const chosenKey: Key<KeyField[]> = { ...columnsKey, initial: [] }

const keys = {
  by: columnsKey,
  metric: wordKey('what to rank by', PATH_METRICS, 'tuples'),
  limit: integerKey('values of each column', 20, 1000),
  wait: waitKey,
}

export const paths = {
  route: { path: 'paths', keys, answer: async () => (await import('@/lib/flow/answer/paths')).pathsAnswer },
  page: {
    path: '/map',
    title: 'Map',
    hotkey: 'g m',
    keys: { ...keys, by: chosenKey, show: wordKey('flow or matrix', ['flow', 'matrix'], 'flow'), ...PAGE_KEYS },
  },
} as const satisfies ViewRecord
