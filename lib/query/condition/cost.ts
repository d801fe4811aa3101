import { Problem } from '@/lib/flow/problem'

/** Limits for a filter: comparisons of a row, and look-ups in lists, names and scanners. Each costs an engine time and memory for every row. */
const COMPARISONS = 1000
const LISTS = 16
/** Maximum number of names with wildcards that each group is compared with; plain names are looked up in a list. */
const PATTERNS = 1000

/** Sums the cost of a filter for each row, so that no filter costs an engine far more than its length suggests. */
export class Cost {
  private comparisons = 0
  private lists = 0
  private patterns = 0

  /** True if this many lists fit into half of the limit; the other half is reserved for terms that need lists. */
  affords({ lists }: { lists: number }): boolean {
    return this.lists + lists <= LISTS / 2
  }

  /** @throws Problem `ask` if a limit is exceeded */
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
