export interface Node {
  kind: 'object' | 'array' | 'string' | 'number' | 'word'
  start: number
  end: number
  members: { key: string; value: Node }[]
  items: Node[]
}

export class Bad {
  constructor(
    readonly why: string,
    readonly at: number,
  ) {}
}
/** The text ends where it could have continued. */
export class Cut extends Bad {}
/** A `records` array of a wrapper begins after `at`. */
export class Wrapper {
  constructor(
    readonly at: number,
    /** Name of the envelope around the records; null for the form that Azure itself writes. */
    readonly envelope: string | null = null,
    readonly isObject = false,
  ) {}
}

const HEAD_KEYS = [
  ...['time', 'systemid', 'macaddress', 'category', 'resourceid', 'operationname'],
  ...['flowlogguid', 'flowlogresourceid', 'targetresourceid', 'flowlogversion', 'records'],
]
const INNER_KEYS = ['version', 'flows', 'rule', 'mac', 'flowtuples', 'aclid', 'flowgroups']
/** Their value is never a record. */
const KNOWN_KEYS = [...HEAD_KEYS.filter((key) => key !== 'records'), ...INNER_KEYS, 'properties', 'flowrecords']
const FLOW_KEYS = ['flows', 'flowgroups', 'flowtuples']
/** Keys that make an object a record, whatever follows. */
export const RECORD_KEYS = ['macaddress', 'category', 'resourceid', 'flowlogresourceid', 'flowlogversion', 'properties', 'flowrecords']
export const ENVELOPE_KEYS = [
  ...['records', 'record', 'event', 'events', 'value', 'values', 'data', 'result', 'results', 'items', 'body', 'message', 'msg'],
  ...['_raw', '__raw', 'raw', 'rawdata', 'original', '_source', 'payload', 'content', 'json', 'log'],
]
const FIRST_KEY = /\{[ \t\r\n]{0,64}"([^"\\\x00-\x1f]{0,64})"[ \t\r\n]{0,64}:/y
const FIRST_KEY_CUT = /\{[ \t\r\n]{0,64}(?:"(?:[^"\\\x00-\x1f]{0,64}(?:"[ \t\r\n]{0,64})?)?)?$/y
const SPACE = /[ \t\r\n]*/y
const STRING = /"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const WORD = /true|false|null/y
const TEXT = /(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*/y
const TEXT_CUT = /(?:\\(?:u[0-9a-fA-F]{0,3})?)?$/y
const DOCUMENT = / *(?:[{[]|\\")/y
const DOCUMENT_CUT = / *\\?$/y
const STRING_CUT = /"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*(?:\\(?:u[0-9a-fA-F]{0,3})?)?$/y
const NUMBER_CUT = /-?(?:(?:0|[1-9]\d*)(?:\.\d*)?(?:(?<=\d)[eE][+-]?\d*)?)?$/y
const WORD_CUT = /(?:t(?:r(?:ue?)?)?|f(?:a(?:l(?:se?)?)?)?|n(?:u(?:ll?)?)?)$/y

export function utf8(latin1: string): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(Buffer.from(latin1, 'latin1'))
}

/** Maps only `A` to `Z`, so that no other letter can become one of ours. */
function lower(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())
}

/** Classifies the first key of the object at `p`: `head` of a record, `inner` to one, another `key`, `none`, or `cut` if the text ends before it. */
export function beginningAt(text: string, p: number): 'head' | 'inner' | 'key' | 'none' | 'cut' {
  FIRST_KEY.lastIndex = FIRST_KEY_CUT.lastIndex = p
  const key = FIRST_KEY.exec(text)?.[1]
  if (key === undefined) return FIRST_KEY_CUT.test(text) ? 'cut' : 'none'
  return HEAD_KEYS.includes(lower(key)) ? 'head' : INNER_KEYS.includes(lower(key)) ? 'inner' : 'key'
}

/**
 * A slow JSON reader that remembers positions. Text is latin1: one character per byte. Throws Bad at the first invalid character; whether a whole record is
 * JSON is also checked with JSON.parse. Its exceptions are not Errors: the fuzz test throws hundreds of thousands, and stack traces are slow.
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
    return over ? new Cut('cut', this.p) : new Bad('not-json', this.p)
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

  /** Throws if a record begins here, where only a part of one may stand; in `properties`, only its time identifies a record. */
  private tear(key: string): void {
    const beginning = this.text[this.p] === '{' ? beginningAt(this.text, this.p) : 'none'
    const isTorn = beginning === 'head' && (key !== 'properties' || /^\{\s*"time"/i.test(this.text.slice(this.p, this.p + 80)))
    if (isTorn) throw new Bad('not-json', this.p)
    if (beginning === 'cut') throw new Cut('cut', this.p)
  }

  /** Throws Wrapper if the value of an envelope's key begins with a record or another envelope. */
  private envelope(key: string): void {
    const rest = this.text.slice(this.p, this.p + 400)
    const isArray = rest[0] === '['
    if (!ENVELOPE_KEYS.includes(key) || (isArray && key === 'records') || (!isArray && rest[0] !== '{')) return
    const at = this.p + (isArray ? /^.[ \t\r\n]*/.exec(rest)![0].length : 0)
    if (at >= this.text.length) throw new Cut('cut', at)
    const document = this.text[at] === '"' ? documentAt(this.text, at + 1) : 'other'
    const beginning = this.text[at] === '{' ? beginningAt(this.text, at) : document
    if (beginning === 'cut') throw new Cut('cut', at)
    const first = /^\{\s*"([^"]*)"/.exec(this.text.slice(at, at + 300))?.[1] ?? ''
    const isNested = beginning === 'key' && ENVELOPE_KEYS.includes(lower(first))
    const named = ['records', 'event', 'value'].includes(key) ? key : 'other'
    if (beginning === 'head' || beginning === 'document' || isNested) throw new Wrapper(at, `envelope-${named}`, !isArray)
  }

  value(depth: number, key = ''): Node {
    this.match(SPACE)
    const start = this.p
    const node: Node = { kind: 'word', start, end: 0, members: [], items: [] }
    const c = this.text[start]
    if ((c === '{' || c === '[') && depth > 32) throw new Bad('too-deep', this.p)
    if (c === '{') {
      node.kind = 'object'
      this.p++
      if (!this.next('}')) node.members = this.members(depth, 'no')
    } else if (c === '[') {
      node.kind = 'array'
      this.p++
      if (!this.next(']')) {
        do {
          this.match(SPACE)
          if (FLOW_KEYS.includes(key)) this.tear(key)
          node.items.push(this.value(depth + 1))
        } while (this.next(','))
        this.expect(']')
      }
    } else if (c === '"') {
      node.kind = 'string'
      if (this.match(STRING) === null) throw this.bad(STRING_CUT)
    } else if (this.match(WORD) === null) {
      node.kind = 'number'
      if (this.match(NUMBER_CUT) !== null) throw new Cut('cut', this.p)
      if (this.match(NUMBER) === null) throw this.bad(WORD_CUT)
    }
    node.end = this.p
    return node
  }

  /**
   * Reads members up to and including `}`. At the first level it throws Wrapper if `records` opens an array: in the `head` of an object only if no `category`
   * comes before, in the `tail` of a wrapper always.
   */
  members(depth: number, wrapping: 'head' | 'tail' | 'no'): { key: string; value: Node }[] {
    const members: { key: string; value: Node }[] = []
    let recordLike = false
    let isRecord = false
    do {
      this.match(SPACE)
      const quoted = this.match(STRING)
      if (quoted === null) throw this.bad(STRING_CUT)
      this.expect(':')
      this.match(SPACE)
      const key = lower(JSON.parse(utf8(quoted)) as string)
      if (wrapping !== 'no' && !recordLike && key === 'records' && this.text[this.p] === '[') throw new Wrapper(this.p + 1)
      if (wrapping === 'head' && !isRecord) this.envelope(key)
      isRecord ||= RECORD_KEYS.includes(key)
      if (KNOWN_KEYS.includes(key)) this.tear(key)
      if (wrapping === 'tail' && ['category', 'properties', 'flowrecords'].includes(key)) throw new Bad('not-json', this.p)
      recordLike ||= wrapping === 'head' && key === 'category'
      members.push({ key, value: this.value(depth + 1, key) })
    } while (this.next(','))
    this.expect('}')
    return members
  }
}

/** Tells whether a document begins with the text of a string at `p`, or the text is cut too early to decide. */
export function documentAt(text: string, p: number): 'document' | 'other' | 'cut' {
  DOCUMENT.lastIndex = DOCUMENT_CUT.lastIndex = p
  if (DOCUMENT.test(text)) return 'document'
  return DOCUMENT_CUT.test(text) ? 'cut' : 'other'
}

/** Returns the position of the closing quote of a string's text from `p` on; null if it is not a string, `cut` if it may continue. */
export function textEnd(text: string, p: number): number | null | 'cut' {
  TEXT.lastIndex = p
  const end = p + TEXT.exec(text)![0].length
  TEXT_CUT.lastIndex = end
  return text[end] === '"' ? end : TEXT_CUT.test(text) ? 'cut' : null
}

/** Returns the end of the object at `p` by its braces outside strings, and the deepest nesting of braces and brackets; null if it never ends. */
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
