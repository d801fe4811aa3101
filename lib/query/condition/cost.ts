import { Problem } from '@/lib/flow/problem'

/** What a row may be compared with, and the lists, names and scanners it may be looked up in: each costs an engine time and memory for every row. */
const COMPARISONS = 1000
const LISTS = 16
/** Names with wildcards that each group is compared with; plain names are looked up in a list. */
const PATTERNS = 1000

/** Counts what a filter asks of an engine for each row, so that no filter is planned or answered at a cost that is out of proportion to its length. */
export class Cost {
  private comparisons = 0
  private lists = 0
  private patterns = 0

  /** Whether there is room for so many lists, with some left for what cannot do without. */
  affords({ lists }: { lists: number }): boolean {
    return this.lists + lists <= LISTS / 2
  }

  /** @throws Problem `ask` when it is too much. */
  add({ comparisons = 0, lists = 0, patterns = 0 }: { comparisons?: number; lists?: number; patterns?: number }): void {
    this.comparisons += comparisons
    this.lists += lists
    this.patterns += patterns
    if (this.patterns > PATTERNS) throw this.tooMany(`words and names with * (at most ${PATTERNS})`)
    if (this.comparisons > COMPARISONS) throw this.tooMany(`comparisons that cannot be put together (at most ${COMPARISONS})`)
    if (this.lists > LISTS) throw this.tooMany(`long lists, names and scanners between other terms (at most ${LISTS})`)
  }

  tooMany(what: string): Problem {
    return new Problem('ask', `Filter: it has too many ${what}; expected fewer terms, or terms of one field side by side`, { key: 'q' })
  }
}
