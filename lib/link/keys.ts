import { formatAddress, parseAddress } from '@/lib/flow/address'
import {
  EXPORT_FIELDS,
  EXPORT_FORMATS,
  EXPORT_SCHEMAS,
  type ExportField,
  isExportField,
  isKeyField,
  isRowField,
  KEY_FIELDS,
  type KeyField,
  METRICS,
  ROW_FIELDS,
  type RowField,
  type SortBy,
} from '@/lib/flow/fields'
import { FLIP_WAYS } from '@/lib/flow/flip'
import { Problem } from '@/lib/flow/problem'
import { PROOF } from '@/lib/flow/proof'
import { RULE_KINDS } from '@/lib/flow/rule-kind'
import { readThresholds, SCAN_GROUPS, SCAN_PRESET_NAMES, type ScanThresholds, USUAL, writeThresholds } from '@/lib/flow/scan'
import { DIRECTIONS, parseTupleId } from '@/lib/flow/tuple'
import { didYouMean } from './did-you-mean'
import { readInstant, writeInstant } from './instant'
import { parseFilter } from './parse'

/** One link key of a view: its meaning, the value that is not written, and both directions. `read` throws Problem `ask`. */
export interface Key<Value> {
  about: string
  initial: Value
  /** The API cannot answer without it. */
  required?: true
  read(text: string): Value
  write(value: Value): string
}

function wrong(message: string, at = 0): Problem {
  return new Problem('ask', message, { at })
}

/** Longest cursor that is read, characters. */
const CURSOR_LENGTH = 4096
/** Longest prefix that is read, characters. */
const PREFIX_LENGTH = 512

/** From 1 on; an `initial` of 0 is not written and stands for none. */
export function integerKey(about: string, initial: number, last: number): Key<number> {
  return {
    about,
    initial,
    read: (text) => {
      const value = /^\d{1,6}$/.test(text) ? Number(text) : 0
      if (value >= 1 && value <= last) return value
      throw wrong(`${text || 'Nothing'} is out of place; expected a whole number from 1 to ${last}`)
    },
    write: String,
  }
}

function wordKey<const Word extends string>(about: string, words: readonly Word[], initial: NoInfer<Word>): Key<Word> {
  return {
    about,
    initial,
    read: (text) => {
      const word = words.find((known) => known === text)
      if (word !== undefined) return word
      throw wrong(`${text || 'Nothing'} is unknown here; ${didYouMean(text, words)}`)
    },
    write: String,
  }
}

/** Comma-separated items with the position of each. */
function readList<Value>(text: string, read: (item: string, at: number) => Value): Value[] {
  let at = 0
  return text.split(',').map((item) => {
    const value = read(item, at)
    at += item.length + 1
    return value
  })
}

function unknownField(name: string, fields: readonly string[], at: number): Problem {
  if (name === '') return wrong(`A field is missing; expected ${fields.join(', ')}`, at)
  return wrong(`There is no field ${name} here; ${didYouMean(name, fields)}`, at)
}

export const byKey = (initial: KeyField[]): Key<KeyField[]> => ({
  about: 'a field, or two with a comma, to group by',
  initial,
  read: (text) => {
    const fields = readList(text, (name, at) => {
      if (isKeyField(name)) return name
      throw unknownField(name, KEY_FIELDS, at)
    })
    if (fields.length > 2) throw wrong('Too many fields; expected one or two', fields.slice(0, 2).join(',').length)
    if (fields[0] === fields[1]) throw wrong('The same field twice; expected two different ones', fields[0]!.length + 1)
    return fields
  },
  write: (fields) => fields.join(','),
})

export const fieldKey: Key<KeyField> = {
  about: 'a field of the filter language that tuples have values of',
  initial: 'src',
  read: (name) => {
    if (isKeyField(name)) return name
    throw unknownField(name, KEY_FIELDS, 0)
  },
  write: String,
}

export const prefixKey: Key<string> = {
  about: 'how a value, or a word of a name, begins',
  initial: '',
  read: (text) => {
    if (text.length <= PREFIX_LENGTH) return text
    throw wrong(`The prefix is too long; expected at most ${PREFIX_LENGTH} characters`, PREFIX_LENGTH)
  },
  write: String,
}

/** An address in its canonical text. */
export const addressKey: Key<string> = {
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

export const metricKey = wordKey('what to rank by', METRICS, 'tuples')
export const groupKey = wordKey('how sources are put together: address, or IPv4 or IPv6 prefix length', SCAN_GROUPS, 'ip')
export const formatKey = wordKey('file format', EXPORT_FORMATS, 'csv')
export const schemaKey = wordKey('shape of NDJSON rows', EXPORT_SCHEMAS, 'tuple')
export const zoneKey = wordKey('zone in which times are shown', ['utc', 'local'], 'utc')

/** Switched-off terms are a filter of their own beside the one that is asked: the language knows nothing of them. */
export const offKey: Key<string> = {
  about: 'terms of the filter that are switched off, as a filter',
  initial: '',
  read: (text) => {
    parseFilter(text)
    return text
  },
  write: String,
}

function flagKey(about: string, initial: boolean): Key<boolean> {
  return {
    about,
    initial,
    read: (text) => {
      if (text === '0' || text === '1') return text === '1'
      throw wrong(`${text || 'Nothing'} is out of place; expected 0 or 1`)
    },
    write: (flag) => (flag ? '1' : '0'),
  }
}

export const folderKey = flagKey('1 for a folder (tar) with the rows, their manifest and check sums', false)
export const hashKey = flagKey('1 to read every blob again and hash what was counted', false)

export const wayKey = wordKey('flips to show: opened (denied, then allowed), closed (the reverse) or all', FLIP_WAYS, 'all')
export const dirKey = wordKey('direction, as the network card sees it', DIRECTIONS, 'in')
export const perKey = wordKey('one row for each rule of an ACL, or one in each flow log', ['acl', 'log'], 'acl')
export const ruleKindKey = wordKey('kind of rules to show', ['all', ...RULE_KINDS], 'all')

export const noiseKey = flagKey('1 to be told how much of what was denied came from scanners', false)

export const thresholdsKey: Key<ScanThresholds> = {
  about: 'what counts as many in a scan: a preset, or targets/ports/attempts',
  initial: USUAL,
  read: (text) => {
    const thresholds = readThresholds(text)
    if (thresholds) return thresholds
    throw wrong(`${text || 'Nothing'} is out of place; expected ${SCAN_PRESET_NAMES.join(', ')} or three numbers such as 5/20/50`)
  },
  write: writeThresholds,
}

/** A name as a link writes it. */
export function writeName(name: string): string {
  return name === '' ? '""' : name
}

/** A name as a log writes it, or null while none is asked for; `""` is the name that is empty. */
export const nameKey = (about: string): Key<string | null> => ({
  about,
  initial: null,
  read: (text) => {
    if (text !== '') return text === '""' ? '' : text
    throw wrong('Nothing stands here; expected a name as the log writes it, or "" for one that is empty')
  },
  write: (name) => (name === null ? '' : writeName(name)),
})

const RULE_ORDERS = ['tuples', 'rule', 'allow', 'deny', 'sources', 'destinations', 'ports', 'first', 'last'] as const
export type RuleOrder = (typeof RULE_ORDERS)[number]

export const ruleSortKey: Key<{ column: RuleOrder; descending: boolean }> = {
  about: 'column to sort rules by, with a leading - for descending',
  initial: { column: 'tuples', descending: true },
  read: (text) => {
    const descending = text.startsWith('-')
    const name = descending ? text.slice(1) : text
    const column = RULE_ORDERS.find((known) => known === name)
    if (column !== undefined) return { column, descending }
    throw wrong(`${name || 'Nothing'} is no column here; ${didYouMean(name, RULE_ORDERS)}`, descending ? 1 : 0)
  },
  write: ({ column, descending }) => (descending ? `-${column}` : column),
}

export const onceKey = flagKey('1 to count once what several observers logged', false)
export const waitKey = flagKey('0 to be answered at once with what has been read so far', true)
export const holesKey = flagKey('1 to show only network cards with a hole', false)
export const hourKey: Key<number | null> = {
  about: 'the hour to look at, as an instant',
  initial: null,
  read: readInstant,
  write: (hour) => (hour === null ? '' : writeInstant(hour)),
}
export const foldKey: Key<string[]> = {
  about: 'ids of flow logs whose network cards are folded away, with commas',
  initial: [],
  read: (text) => {
    if (/^[a-z0-9-]+(,[a-z0-9-]+)*$/.test(text)) return [...new Set(text.split(','))]
    throw wrong(`${text || 'Nothing'} is no list of flow logs; expected ids from /api/logs with commas`)
  },
  write: (logs) => logs.join(','),
}
export const liveKey = flagKey('1 to follow new blocks', false)
export const previousKey = flagKey('1 to compare with the period before', false)
/** 0 stands for none. */
export const stepKey = integerKey('which of the first steps is shown', 0, 6)
export const piecesKey = flagKey('1 to hash every counted byte again', false)
export const askKey = flagKey('1 to be asked before more is read than the server reads unasked', false)

export const sortKey: Key<SortBy[]> = {
  about: 'columns to sort by, with commas, each with a leading - for descending',
  initial: [{ field: 'time', descending: true }],
  read: (text) => {
    const seen = new Set<string>()
    return readList(text, (item, at) => {
      const descending = item.startsWith('-')
      const field = descending ? item.slice(1) : item
      if (!isRowField(field)) throw unknownField(field, ROW_FIELDS, at + (descending ? 1 : 0))
      if (seen.has(field)) throw wrong(`${field} stands here twice; expected every column once`, at)
      seen.add(field)
      return { field, descending }
    })
  },
  write: (sort) => sort.map(({ field, descending }) => (descending ? `-${field}` : field)).join(','),
}

export const cursorKey: Key<string> = {
  about: 'where the page before ended, as the answer gave it',
  initial: '',
  read: (text) => {
    if (text !== '' && text.length <= CURSOR_LENGTH) return text
    throw wrong('The cursor is no cursor; expected the one that the page before gave')
  },
  write: String,
}

function readOnce<Name extends string>(text: string, known: (name: string) => name is Name, all: readonly Name[]): Name[] {
  const seen = new Set<string>()
  return readList(text, (name, at) => {
    if (!known(name)) throw unknownField(name, all, at)
    if (seen.has(name)) throw wrong(`${name} stands here twice; expected every one once`, at)
    seen.add(name)
    return name
  })
}

function fieldsKey(about: string): Key<RowField[]> {
  return { about, initial: [], read: (text) => readOnce(text, isRowField, ROW_FIELDS), write: (fields) => fields.join(',') }
}

export const exportColumnsKey: Key<ExportField[]> = {
  about: 'columns of the file, with commas; all of them when none is named',
  initial: [],
  read: (text) => readOnce(text, isExportField, EXPORT_FIELDS),
  write: (fields) => fields.join(','),
}
export const columnsKey = fieldsKey('columns to show, with commas')
export const pinsKey = fieldsKey('columns that stay in sight on the left, with commas')
export const densityKey = wordKey('height of rows: small, medium or large', ['s', 'm', 'l'], 's')

/** What the page's answers rest on when the link was made, see `lib/flow/basis.ts`; it stands for one view and goes with it. */
export const proofKey: Key<string> = {
  about: 'fingerprint of what the view rested on when the link was made',
  initial: '',
  read: (text) => {
    if (PROOF.test(text)) return text
    throw wrong(`${text || 'Nothing'} is no proof; expected the 32 hexadecimal digits of a copied link`)
  },
  write: String,
}

/** Unlike elsewhere, an empty text is a choice too: no field is open. */
export const facetsKey: Key<KeyField[]> = {
  about: 'fields whose values are listed, with commas',
  initial: ['action', 'dir', 'src', 'dport', 'proto', 'rule', 'log'],
  read: (text) => (text === '' ? [] : readOnce(text, isKeyField, KEY_FIELDS)),
  write: (fields) => fields.join(','),
}

export const rowKey: Key<string> = {
  about: 'id of the tuple that is open',
  initial: '',
  read: (text) => {
    if (parseTupleId(text)) return text
    throw wrong(`${text || 'Nothing'} is no tuple id; expected one such as b1k4f-3a9`)
  },
  write: String,
}
