import type { Filter } from '@/lib/flow/view/filter'
import { endpoint } from './endpoint'
import { type Term, type Token, tokenAt } from './lex'
import { filterProblem } from './problem'
import { readTerm } from './values'

/** Longest filter in characters: enough for a list of five thousand IPv6 prefixes. */
const FILTER_LENGTH = 262_144
/** Values of all terms together. */
export const FILTER_VALUES = 20_000
/** Nesting of parentheses and negations. */
const FILTER_DEPTH = 64

const TERM = 'expected a field such as src:10.0.0.0/8, a word, not or ('

/**
 * Recursive descent: `or` joins `and`s, a space is an `and`, `not` binds tightest. Spans include a term's own parentheses. Tokens are read one by one: a list
 * of thousands of them would outlive the garbage collector's first rounds, which takes longer than reading them.
 */
class Parser {
  private token: Token
  private depth = 0
  private values = 0

  constructor(private readonly text: string) {
    this.token = tokenAt(text, 0)
  }

  private advance(): void {
    this.token = tokenAt(this.text, this.token.end)
  }

  read(): Filter {
    const filter = this.either()
    if (this.token.kind === ')') throw filterProblem('this ) closes nothing; expected an opening ( before it', this.token.at)
    return filter
  }

  private either(): Filter {
    const first = this.both()
    if (this.token.kind !== 'or') return first
    const of = [first]
    while (this.token.kind === 'or') {
      this.advance()
      of.push(this.both())
    }
    return { op: 'or', of, at: first.at, end: of.at(-1)!.end }
  }

  private both(): Filter {
    const first = this.one()
    let of: Filter[] | null = null
    for (;;) {
      const { kind } = this.token
      if (kind === 'and') this.advance()
      else if (kind === 'or' || kind === ')' || kind === 'end') break
      of ??= [first]
      of.push(this.one())
    }
    return of === null ? first : { op: 'and', of, at: first.at, end: of.at(-1)!.end }
  }

  private one(): Filter {
    const token = this.token
    if (token.kind === 'term') {
      const filter = this.term(token)
      this.advance()
      return filter
    }
    if (token.kind !== 'not' && token.kind !== '(') {
      const found = token.kind === 'end' ? 'the filter ends too early' : `${token.kind} is out of place`
      throw filterProblem(`${found}; ${TERM}`, token.at)
    }
    this.advance()
    if (++this.depth > FILTER_DEPTH) throw filterProblem(`nested too deep; expected at most ${FILTER_DEPTH} levels`, token.at)
    const filter = token.kind === 'not' ? this.negated(token) : this.bracketed(token)
    this.depth--
    return filter
  }

  private term(token: Term): Filter {
    this.values += token.items.length
    if (this.values > FILTER_VALUES) throw filterProblem(`too many values; expected at most ${FILTER_VALUES}`, token.at)
    const { at, end } = token
    let term = endpoint(token)
    if (term === null) {
      const { field, tests } = readTerm(token)
      term = { op: 'match', field, tests, at, end }
    }
    return token.match?.operator === '!=' ? { op: 'not', of: term, at, end } : term
  }

  private negated(token: Token): Filter {
    const of = this.one()
    return { op: 'not', of, at: token.at, end: of.end }
  }

  private bracketed(open: Token): Filter {
    const inner = this.either()
    const close = this.token
    if (close.kind !== ')') throw filterProblem(`the ( at character ${open.at + 1} is not closed; expected )`, close.at)
    this.advance()
    return { ...inner, at: open.at, end: close.end }
  }
}

/**
 * Parses a filter; null if it is blank.
 * @throws Problem `ask` with key `q` and the position of the wrong character
 */
export function parseFilter(text: string): Filter | null {
  if (text.length > FILTER_LENGTH) throw filterProblem(`too long; expected at most ${FILTER_LENGTH} characters`, FILTER_LENGTH)
  return text.trim() === '' ? null : new Parser(text).read()
}
