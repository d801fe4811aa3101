import { Problem } from '@/lib/flow/problem'
import { didYouMean } from '@/lib/link/language/did-you-mean'

/** One link key of a view: its meaning, its default (which is not written), and both directions. `read` throws Problem `ask`. */
export interface Key<Value> {
  about: string
  initial: Value
  /** True if the API cannot answer without it. */
  required?: true
  read(text: string): Value
  write(value: Value): string
}

/** Keys of a view in addition to the common ones (`from to last q log asof once`), in the order in which they are written. */
export type Keys = Readonly<Record<string, Key<unknown>>>

type ValueOf<K> = K extends Key<infer Value> ? Value : never

/** The values of some keys, all present. */
export type Values<K extends Keys> = { [Name in keyof K]: ValueOf<K[Name]> }

export function wrong(message: string, at = 0): Problem {
  return new Problem('ask', message, { at })
}

/** A number from 1 on; an `initial` of 0 means none and is not written. */
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

export function wordKey<const Word extends string>(about: string, words: readonly Word[], initial: NoInfer<Word>): Key<Word> {
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

export function flagKey(about: string, initial = false): Key<boolean> {
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

/** Reads comma-separated items; `read` gets each with its position. */
export function readList<Value>(text: string, read: (item: string, at: number) => Value): Value[] {
  let at = 0
  return text.split(',').map((item) => {
    const value = read(item, at)
    at += item.length + 1
    return value
  })
}
