import { PROOF } from '@/lib/flow/answer/proof'
import { type Baseline, readBaseline, writeBaseline } from '@/lib/flow/time/baseline'
import { DIRECTIONS, parseTupleId } from '@/lib/flow/tuple/tuple'
import { parseFilter } from '@/lib/link/language/parse'
import { flagKey, integerKey, type Key, wordKey, wrong } from './key'

/** Keys that several views share. A key of one view only is in that view's file (`lib/link/views`). */

export const onceKey = flagKey('1 to deduplicate what several observers logged')
export const waitKey = flagKey('0 to be answered at once with what has been read so far', true)
export const contextKey = flagKey('1 for what the context files tell of each row')
export const hashKey = flagKey('1 to read every blob again and hash what was counted')
export const previousKey = flagKey('1 to compare with the previous period')

/** Null compares with nothing. */
export const baselineKey: Key<Baseline | null> = {
  about: 'the time before the range that it is compared with, to tell what is new: prev, 1d, 7d, 30d …',
  initial: null,
  read: (text) => {
    const baseline = readBaseline(text)
    if (baseline !== null) return baseline
    throw wrong(`${text || 'Nothing'} is no baseline; expected prev, or a length such as 1d, 7d or 30d`)
  },
  write: (baseline) => (baseline === null ? '' : writeBaseline(baseline)),
}

export const perKey = wordKey('one row for each tuple, or for each flow', ['tuple', 'flow'], 'tuple')

/** Longest cursor to be read, in characters. */
const CURSOR_LENGTH = 4096

export const cursorKey: Key<string> = {
  about: 'where the page before ended, as the answer gave it',
  initial: '',
  read: (text) => {
    if (text !== '' && text.length <= CURSOR_LENGTH) return text
    throw wrong('The cursor is no cursor; expected the one that the page before gave')
  },
  write: String,
}

export const dirKey = wordKey('direction, as seen by the NIC', DIRECTIONS, 'in')

/** Writes a name for a link. */
export function writeName(name: string): string {
  return name === '' ? '""' : name
}

/** A name as in the log, or null if none is given; `""` is the empty name. */
function nameKey(about: string): Key<string | null> {
  return {
    about,
    initial: null,
    read: (text) => {
      if (text !== '') return text === '""' ? '' : text
      throw wrong('Name is missing; expected a name as the log writes it, or "" for one that is empty')
    },
    write: (name) => (name === null ? '' : writeName(name)),
  }
}

export const ruleKey = nameKey('the rule as the log writes it')
export const aclKey = nameKey('the ACL as the log writes it')

export const rowKey: Key<string> = {
  about: 'id of the tuple that is open',
  initial: '',
  read: (text) => {
    if (parseTupleId(text)) return text
    throw wrong(`${text || 'Nothing'} is no tuple id; expected one such as b1k4f-3a9`)
  },
  write: String,
}

/** Fingerprint of the basis of the page's answers when the link was made, see `lib/flow/answer/evidence/basis.ts`; valid for one view. */
export const proofKey: Key<string> = {
  about: 'fingerprint of what the view rested on when the link was made',
  initial: '',
  read: (text) => {
    if (PROOF.test(text)) return text
    throw wrong(`${text || 'Nothing'} is no proof; expected the 32 hexadecimal digits of a copied link`)
  },
  write: String,
}

/** Terms that are switched off, as a second filter beside the active one: the filter language does not know them. */
const offKey: Key<string> = {
  about: 'terms of the filter that are switched off, as a filter',
  initial: '',
  read: (text) => {
    parseFilter(text)
    return text
  },
  write: String,
}

/** Keys that every page has, and that links between pages keep. */
export const PAGE_KEYS = {
  off: offKey,
  tz: wordKey('zone in which times are shown', ['utc', 'local'], 'utc'),
  live: flagKey('1 to follow new blocks'),
  /** 0 means none. */
  step: integerKey('which of the first steps is shown', 0, 8),
  proof: proofKey,
} as const
