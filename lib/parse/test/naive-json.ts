export interface Node {
  kind: 'object' | 'array' | 'string' | 'number' | 'word'
  start: number
  end: number
  members: { key: string; value: Node }[]
  items: Node[]
}

export class Bad {
  constructor(readonly why: string) {}
}
/** The text ends where it could have gone on. */
export class Cut extends Bad {}
/** A `records` array of a wrapper begins behind `at`. */
export class Wrapper {
  constructor(readonly at: number) {}
}

const SPACE = /[ \t\r\n]*/y
const STRING = /"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const WORD = /true|false|null/y
const STRING_CUT = /"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*(?:\\(?:u[0-9a-fA-F]{0,3})?)?$/y
const NUMBER_CUT = /-?(?:(?:0|[1-9]\d*)(?:\.\d*)?(?:(?<=\d)[eE][+-]?\d*)?)?$/y
const WORD_CUT = /(?:t(?:r(?:ue?)?)?|f(?:a(?:l(?:se?)?)?)?|n(?:u(?:ll?)?)?)$/y

export function utf8(latin1: string): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(Buffer.from(latin1, 'latin1'))
}

/** `A` to `Z` only, so that no other letter can become one of ours. */
function lower(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())
}

/**
 * A slow JSON reader that remembers where things lie. Text is latin1: one character per byte. It throws Bad at the first thing that is no JSON; whether
 * a whole record is JSON is asked of JSON.parse as well. What it throws is no Error: the fuzz test throws hundreds of thousands, and stacks are slow.
 */
export class NaiveJson {
  constructor(
    private readonly text: string,
    private p: number,
  ) {}

  get at(): number {
    return this.p
  }

  private match(pattern: RegExp): string | null {
    pattern.lastIndex = this.p
    const found = pattern.exec(this.text)
    if (found === null) return null
    this.p += found[0].length
    return found[0]
  }

  private bad(cut?: RegExp): Bad {
    const over = this.p >= this.text.length || (cut !== undefined && this.match(cut) !== null)
    return over ? new Cut('cut') : new Bad(`no JSON at ${this.p}`)
  }

  private expect(char: string): void {
    this.match(SPACE)
    if (this.text[this.p] !== char) throw this.bad()
    this.p++
  }

  private next(char: string): boolean {
    this.match(SPACE)
    if (this.text[this.p] !== char) return false
    this.p++
    return true
  }

  value(depth: number): Node {
    this.match(SPACE)
    const start = this.p
    const node: Node = { kind: 'word', start, end: 0, members: [], items: [] }
    const c = this.text[start]
    if ((c === '{' || c === '[') && depth > 32) throw new Bad('too deep')
    if (c === '{') {
      node.kind = 'object'
      this.p++
      if (!this.next('}')) node.members = this.members(depth, 'no')
    } else if (c === '[') {
      node.kind = 'array'
      this.p++
      if (!this.next(']')) {
        do node.items.push(this.value(depth + 1))
        while (this.next(','))
        this.expect(']')
      }
    } else if (c === '"') {
      node.kind = 'string'
      if (this.match(STRING) === null) throw this.bad(STRING_CUT)
    } else if (this.match(WORD) === null) {
      node.kind = 'number'
      if (this.match(NUMBER_CUT) !== null) throw new Cut('cut')
      if (this.match(NUMBER) === null) throw this.bad(WORD_CUT)
    }
    node.end = this.p
    return node
  }

  /**
   * Members up to and with `}`. At the first level it throws Wrapper where `records` opens an array: in the `head` of an object if that has no
   * `category` before, in the `tail` of a wrapper always.
   */
  members(depth: number, wrapping: 'head' | 'tail' | 'no'): { key: string; value: Node }[] {
    const members: { key: string; value: Node }[] = []
    let recordLike = false
    do {
      this.match(SPACE)
      const quoted = this.match(STRING)
      if (quoted === null) throw this.bad(STRING_CUT)
      this.expect(':')
      this.match(SPACE)
      const key = lower(JSON.parse(utf8(quoted)) as string)
      if (wrapping !== 'no' && !recordLike && key === 'records' && this.text[this.p] === '[') throw new Wrapper(this.p + 1)
      recordLike ||= wrapping === 'head' && key === 'category'
      members.push({ key, value: this.value(depth + 1) })
    } while (this.next(','))
    this.expect('}')
    return members
  }
}

/** Where the object at `p` ends by its braces outside strings, and how deep braces and brackets go; null when it never does. */
export function braces(text: string, p: number): { end: number; deepest: number } | null {
  let depth = 0
  let nesting = 0
  let deepest = 0
  for (let i = p; i < text.length; i++) {
    const c = text[i]!
    if (c === '"') {
      for (i++; i < text.length && text[i] !== '"'; i++) if (text[i] === '\\') i++
    } else if (c === '{' || c === '[') {
      if (c === '{') depth++
      deepest = Math.max(deepest, ++nesting)
    } else if (c === '}' || c === ']') {
      nesting--
      if (c === '}' && --depth === 0) return { end: i + 1, deepest }
    }
  }
  return null
}
