import { DAY } from '@/lib/flow/time/bucket'
import { writeDuration } from '@/lib/flow/time/duration'
import { readDuration } from '@/lib/link/keys/instant'
import { integerKey, type Key, wrong } from '@/lib/link/keys/key'
import { PAGE_KEYS, waitKey } from '@/lib/link/keys/keys'
import type { ViewRecord } from '@/lib/link/views/record'

/** A comma-separated list. Every page loads this file, so kinds and parameters are checked only by the server and by the page of findings (`flow/finding`). */
function listKey(about: string, item: string): Key<string> {
  const list = new RegExp(`^${item}(,${item})*$`)
  return {
    about,
    initial: '',
    read: (text) => {
      if (list.test(text)) return text
      throw wrong(`${text || 'Nothing'} is out of place; expected ${about}`)
    },
    write: String,
  }
}

const baseline: Key<number> = { about: 'length of the time before the range', initial: 7 * DAY, read: readDuration, write: writeDuration }
const thresholds = listKey('parameters such as beacon.calls:20', '[a-z-]+\\.[a-z]+:\\d+')

export const findings = {
  route: {
    path: 'findings',
    keys: {
      baseline,
      kinds: listKey('kinds', '[a-z-]+'),
      thresholds,
      muted: listKey('ids', '[0-9a-z]+'),
      limit: integerKey('rows in the answer', 1000, 10_000),
      wait: waitKey,
    },
    answer: async () => (await import('@/lib/flow/answer/traffic/findings')).findingsAnswer,
  },
  page: { path: '/findings', title: 'Findings', hotkey: 'g d', keys: { baseline, thresholds, ...PAGE_KEYS } },
} as const satisfies ViewRecord
