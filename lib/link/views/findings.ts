import { DAY } from '@/lib/flow/bucket'
import { FINDING_KINDS, type FindingKind } from '@/lib/flow/finding/kinds'
import { namesKey } from '@/lib/link/keys/field-keys'
import { readDuration, writeDuration } from '@/lib/link/keys/instant'
import { integerKey, type Key, readList, wrong } from '@/lib/link/keys/key'
import { PAGE_KEYS, waitKey } from '@/lib/link/keys/keys'
import type { ViewRecord } from './record'

const baselineKey: Key<number> = {
  about: 'length of the time before the range',
  initial: 7 * DAY,
  read: readDuration,
  write: writeDuration,
}

/** Names and bounds are those of `flow/finding/facts.ts`, which only the server and the page of findings load. */
const thresholdsKey: Key<string> = {
  about: 'parameters that are not their defaults',
  initial: '',
  read: (text) => {
    if (/^([a-z-]+\.[a-z]+:\d+(,(?=.)|$))+$/.test(text)) return text
    throw wrong(`${text || 'Nothing'} is out of place; expected beacon.calls:20 or the like, with commas`)
  },
  write: String,
}

const mutedKey: Key<string[]> = {
  about: 'ids to leave out',
  initial: [],
  read: (text) =>
    readList(text, (id, at) => {
      if (/^[0-9a-z]{1,11}$/.test(id)) return id
      throw wrong(`${id || 'Nothing'} is no id of a finding`, at)
    }),
  write: (ids) => ids.join(','),
}

const kindsKey = namesKey<FindingKind>({
  about: 'kinds of findings',
  all: FINDING_KINDS,
  isKnown: (name): name is FindingKind => FINDING_KINDS.some((kind) => kind === name),
})

export const findings = {
  route: {
    path: 'findings',
    keys: {
      baseline: baselineKey,
      kinds: kindsKey,
      thresholds: thresholdsKey,
      muted: mutedKey,
      limit: integerKey('rows in the answer', 1000, 10_000),
      wait: waitKey,
    },
    answer: async () => (await import('@/lib/flow/answer/findings')).findingsAnswer,
  },
  page: {
    path: '/findings',
    title: 'Findings',
    hotkey: 'g d',
    keys: { baseline: baselineKey, thresholds: thresholdsKey, ...PAGE_KEYS },
  },
} as const satisfies ViewRecord
