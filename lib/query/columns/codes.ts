import { PROTOCOLS } from '@/lib/flow/tuple/protocols'
import { ACTIONS, DIRECTIONS, PROTO_OTHER, STATE_NONE, STATE_OTHER, STATES } from '@/lib/flow/tuple/tuple'
import { Sql } from '@/lib/store/sql'

/** The words for a column of codes. */
interface Coded {
  /** Words shown in rows. */
  words: ReadonlyMap<number, string>
  /** The code of undocumented tokens: the group's column of the same name keeps the token as written. */
  other?: number
  /** The code that rows show as null; its word is only for filters and groups. */
  none?: number
  /** True if codes without a word are shown as numbers. */
  numbered?: true
}

function everyWord(words: readonly string[]): Pick<Coded, 'words'> {
  return { words: new Map(words.entries()) }
}

const CODED = {
  dir: everyWord(DIRECTIONS),
  action: everyWord(ACTIONS),
  state: { ...everyWord(STATES.slice(0, STATE_OTHER)), other: STATE_OTHER, none: STATE_NONE },
  proto: {
    words: new Map(Object.entries(PROTOCOLS).map(([word, code]) => [code, word])),
    other: PROTO_OTHER,
    numbered: true,
  },
} as const satisfies Record<string, Coded>

/** A field that is stored as a code, in the column of the same name. */
export type CodedField = keyof typeof CODED

export function isCoded(field: string): field is CodedField {
  return Object.hasOwn(CODED, field)
}

export function codedOf(field: CodedField): Coded {
  return CODED[field]
}

/** Returns the word of a code in a row of the API; `token` is the token that the group keeps. */
export function codeWord(field: 'proto' | 'state', code: number, token: string | null): string | null {
  const { words, other, none }: Coded = CODED[field]
  if (code === none) return null
  return code === other ? token : (words.get(code) ?? String(code))
}

/** The same in SQL, over tuples joined with the names of their group; null is also given a word. */
export function codeSql(field: CodedField): Sql {
  const { words, other, numbered }: Coded = CODED[field]
  const cases = [...words].map(([code, word]) => [`when ${field} = ${code} then `, `'${word}'`] as const)
  const rest = numbered ? `cast(${field} as varchar)` : cases.pop()![1]
  const first = other === undefined ? '' : `when ${field} = ${other} then coalesce(group_${field}, '') `
  return Sql.of([`case ${first}${cases.map((one) => one.join('')).join(' ')} else ${rest} end`], [])
}
