import { readInstant, writeInstant } from '@/lib/link/keys/instant'
import { flagKey, type Key, wrong } from '@/lib/link/keys/key'
import { PAGE_KEYS, waitKey } from '@/lib/link/keys/keys'
import type { ViewRecord } from '@/lib/link/views/record'

const hourKey: Key<number | null> = {
  about: 'the hour to look at, as an instant',
  initial: null,
  read: readInstant,
  write: (hour) => (hour === null ? '' : writeInstant(hour)),
}

const foldKey: Key<string[]> = {
  about: 'ids of flow logs whose NICs are folded away, with commas',
  initial: [],
  read: (text) => {
    if (/^[a-z0-9-]+(,[a-z0-9-]+)*$/.test(text)) return [...new Set(text.split(','))]
    throw wrong(`${text || 'Nothing'} is no list of flow logs; expected ids from /api/logs with commas`)
  },
  write: (logs) => logs.join(','),
}

const keys = { wait: waitKey }

export const coverage = {
  route: { path: 'coverage', keys, answer: async () => (await import('@/lib/flow/answer/read/coverage')).coverageAnswer },
  page: {
    path: '/coverage',
    title: 'Coverage',
    hotkey: 'g c',
    keys: { ...keys, holes: flagKey('1 to show only NICs with a hole'), at: hourKey, fold: foldKey, ...PAGE_KEYS },
  },
} as const satisfies ViewRecord
