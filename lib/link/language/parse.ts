import type { Filter } from '@/lib/flow/filter'
import { endpoint } from './endpoint'
import { lex, type Term, type Token } from './lex'
import { filterProblem } from './problem'
import { readTerm } from './values'

/** Characters: a list of five thousand IPv6 prefixes. */
const FILTER_LENGTH = 262_144
/** Values of all terms together. */
const FILTER_VALUES = 20_000
/** Nesting of parentheses and negations. */
const FILTER_DEPTH = 64

const TERM = 'expected a field such as src:10.0.0.0/8, a word, not or ('

/** Recursive descent: `or` joins `and`s, a space is an `and`, `not` binds tightest. Spans include a term's own parentheses. */
class Parser {
  private next = 0
  private depth = 0
  private values = 0

  constructor(private readonly tokens: Token[]) {}

  private get token(): Token {
    return this.tokens[this.next]!
  }

  read(): Filter {
    const filter = this.either()
    if (this.token.kind === ')') throw filterProblem('this ) closes nothing; expected an opening ( before it', this.token.at)
    return filter
  }

  private either(): Filter {
    const of = [this.both()]
    while (this.token.kind === 'or') {
      this.next++
      of.push(this.both())
    }
    return of.length === 1 ? of[0]! : { op: 'or', of, at: of[0]!.at, end: of.at(-1)!.end }
  }

  private both(): Filter {
    const of = [this.one()]
    for (;;) {
      const { kind } = this.token
      if (kind === 'and') this.next++
      else if (kind === 'or' || kind === ')' || kind === 'end') break
      of.push(this.one())
    }
    return of.length === 1 ? of[0]! : { op: 'and', of, at: of[0]!.at, end: of.at(-1)!.end }
  }

  private one(): Filter {
    const token = this.token
    this.next++
    if (token.kind === 'term') return this.term(token)
    if (token.kind !== 'not' && token.kind !== '(') {
      const found = token.kind === 'end' ? 'the filter ends too early' : `${token.kind} is out of place`
      throw filterProblem(`${found}; ${TERM}`, token.at)
    }
    if (++this.depth > FILTER_DEPTH) throw filterProblem(`nested too deep; expected at most ${FILTER_DEPTH} levels`, token.at)
    const filter = token.kind === 'not' ? this.negated(token) : this.bracketed(token)
    this.depth--
    return filter
  }

  private term(token: Term): Filter {
    this.values += token.items.length
    if (this.values > FILTER_VALUES) throw filterProblem(`too many values; expected at most ${FILTER_VALUES}`, token.at)
    const span = { at: token.at, end: token.end }
    const term = endpoint(token) ?? { op: 'match', ...readTerm(token), ...span }
    return token.match?.operator === '!=' ? { op: 'not', of: term, ...span } : term
  }

  private negated(token: Token): Filter {
    const of = this.one()
    return { op: 'not', of, at: token.at, end: of.end }
  }

  private bracketed(open: Token): Filter {
    const inner = this.either()
    const close = this.token
    if (close.kind !== ')') throw filterProblem(`the ( at character ${open.at + 1} is not closed; expected )`, close.at)
    this.next++
    return { ...inner, at: open.at, end: close.end }
  }
}

/** Reads a filter as typed; null when it is blank. @throws Problem `ask` with key `q` and the position of the wrong character */
export function parseFilter(text: string): Filter | null {
  if (text.length > FILTER_LENGTH) throw filterProblem(`too long; expected at most ${FILTER_LENGTH} characters`, FILTER_LENGTH)
  return text.trim() === '' ? null : new Parser(lex(text)).read()
}
