import { isKeyField, KEY_FIELDS, type KeyField } from '@/lib/flow/field/fields'
import { PATH_METRICS } from '@/lib/flow/field/metric'
import { DAY } from '@/lib/flow/time/bucket'
import { writeDuration } from '@/lib/flow/time/duration'
import { unknownField } from '@/lib/link/keys/field-keys'
import { readDuration } from '@/lib/link/keys/instant'
import { integerKey, type Key, readList, wordKey, wrong } from '@/lib/link/keys/key'
import { PAGE_KEYS, waitKey } from '@/lib/link/keys/keys'
import type { ViewRecord } from '@/lib/link/views/record'

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

const NO_BASELINE = 'none'

function comparedKey(initial: number): Key<number> {
  return {
    about: `length of the time before the range to compare cells with, or ${NO_BASELINE}`,
    initial,
    read: (text) => (text === NO_BASELINE ? 0 : readDuration(text)),
    write: (length) => (length === 0 ? NO_BASELINE : writeDuration(length)),
  }
}

/** Empty if the page chooses the columns, depending on the available context. */
const chosenKey: Key<KeyField[]> = { ...columnsKey, initial: [] }

const keys = {
  by: columnsKey,
  metric: wordKey('what to rank by', PATH_METRICS, 'tuples'),
  limit: integerKey('values of each column', 20, 1000),
  baseline: comparedKey(0),
  wait: waitKey,
}

export const paths = {
  route: { path: 'paths', keys, answer: async () => (await import('@/lib/flow/answer/traffic/paths')).pathsAnswer },
  page: {
    path: '/map',
    title: 'Map',
    hotkey: 'g m',
    keys: {
      ...keys,
      by: chosenKey,
      baseline: comparedKey(7 * DAY),
      show: wordKey('flow or matrix', ['flow', 'matrix'], 'flow'),
      ...PAGE_KEYS,
    },
  },
} as const satisfies ViewRecord
