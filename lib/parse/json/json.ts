import { firstKey, UNDECIDED } from './first-key'
import * as keys from './keys'

/** Deepest nesting of containers, including the record itself. */
export const DEEPEST = 32
export const ITEM = 1

// Copies, because some bundlers turn an imported binding into a getter, and these are read for every key.
const { END, ENVELOPE, FAIL, holdsFlows, isHead, keyOf, OTHER, PROPERTIES, RECORDS, TIME } = keys
const BRACE = 0x7b
const QUOTE = 0x22
const BACKSLASH = 0x5c

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** Decodes the bytes of a JSON string between its quotes. Only strings with escapes go through JSON.parse. */
export function decodeString(bytes: Uint8Array, start: number, end: number, escaped: boolean): string {
  const text = decoder.decode(bytes.subarray(start, end))
  return escaped ? (JSON.parse(`"${text}"`) as string) : text
}

/**
 * Walks JSON (RFC 8259, as strict as JSON.parse) inside `bytes[0, end)` without building values. Methods that fail set `failedAt` to the invalid byte; if that
 * is `end` or later, the text may simply continue.
 */
export class JsonReader {
  bytes: Uint8Array = new Uint8Array(0)
  /** The same bytes. */
  view = new DataView(this.bytes.buffer)
  end = 0
  p = 0
  failedAt = 0
  /** True if reading failed because containers are nested too deeply. */
  tooDeep = false
  /** The last string: its bytes between the quotes. */
  textStart = 0
  textEnd = 0
  escaped = false

  open(bytes: Uint8Array, p: number, end: number): void {
    if (bytes !== this.bytes) {
      this.bytes = bytes
      this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    }
    this.p = p
    this.end = end
    this.failedAt = 0
    this.tooDeep = false
  }

  /** Returns the byte at `p`, or -1 after the end. */
  peek(): number {
    return this.p < this.end ? this.bytes[this.p]! : -1
  }

  fail(at: number): false {
    this.failedAt = at
    return false
  }

  space(): void {
    const { bytes, end } = this
    let p = this.p
    while (p < end) {
      const c = bytes[p]!
      if (c > 0x20 || (c !== 0x20 && c !== 0x0a && c !== 0x0d && c !== 0x09)) break
      p++
    }
    this.p = p
  }

  /** From `{`: returns the first key's code, END or FAIL. After a key, `p` is at its value. */
  firstKey(): number {
    this.p++
    this.space()
    if (this.peek() === 0x7d) {
      this.p++
      return END
    }
    return this.key()
  }

  /** From the end of a value: returns the next key's code, END or FAIL. */
  nextKey(): number {
    this.space()
    const c = this.peek()
    if (c === 0x2c) {
      this.p++
      this.space()
      return this.key()
    }
    if (c === 0x7d) {
      this.p++
      return END
    }
    this.fail(this.p)
    return FAIL
  }

  /** From a key's opening quote: returns its code or FAIL. */
  key(): number {
    if (this.peek() !== QUOTE) {
      this.fail(this.p)
      return FAIL
    }
    if (!this.string()) return FAIL
    const { textStart, textEnd } = this
    const code = this.escaped ? this.escapedKey() : keyOf(this.bytes, textStart, textEnd)
    this.space()
    if (this.peek() !== 0x3a) {
      this.fail(this.p)
      return FAIL
    }
    this.p++
    this.space()
    if (code > OTHER && code < ENVELOPE && code !== RECORDS && this.peek() === BRACE && this.torn(code === PROPERTIES)) return FAIL
    return code
  }

  /**
   * True if a record begins with the brace at `p` although only a part of a record may stand there: then the record around it was torn, and reading fails
   * there. With `strictly`, other objects may stand there too, so only the key `time` identifies a record.
   */
  torn(strictly: boolean): boolean {
    const first = firstKey(this.bytes, this.p, this.end)
    if (first === UNDECIDED) return !this.fail(this.end)
    return (strictly ? first === TIME : isHead(first)) && !this.fail(this.p)
  }

  private escapedKey(): number {
    const { textStart, textEnd } = this
    return textEnd - textStart > keys.LONGEST_ESCAPED_KEY ? keys.OTHER : keys.keyOfText(decodeString(this.bytes, textStart, textEnd, true))
  }

  /** From `[`: returns ITEM with `p` at the first element, END or FAIL. */
  firstItem(): number {
    this.p++
    this.space()
    if (this.peek() === 0x5d) {
      this.p++
      return END
    }
    return ITEM
  }

  /** From the end of an element: returns ITEM with `p` at the next one, END or FAIL. */
  nextItem(): number {
    this.space()
    const c = this.peek()
    if (c === 0x2c) {
      this.p++
      this.space()
      return ITEM
    }
    if (c === 0x5d) {
      this.p++
      return END
    }
    this.fail(this.p)
    return FAIL
  }

  /** Steps over one value; `depth` is its depth if it is a container. */
  value(depth: number, key: number = OTHER): boolean {
    const c = this.peek()
    if (c === QUOTE) return this.string()
    if (c === BRACE || c === 0x5b) {
      if (depth > DEEPEST) {
        this.tooDeep = true
        return this.fail(this.p)
      }
      return c === BRACE ? this.object(depth) : this.array(depth, holdsFlows(key))
    }
    if (c === 0x74) return this.literal('true')
    if (c === 0x66) return this.literal('false')
    if (c === 0x6e) return this.literal('null')
    return this.number()
  }

  private object(depth: number): boolean {
    let key = this.firstKey()
    while (key > END) {
      if (!this.value(depth + 1, key)) return false
      key = this.nextKey()
    }
    return key === END
  }

  private array(depth: number, ofFlows: boolean): boolean {
    let item = this.firstItem()
    while (item === ITEM) {
      if (ofFlows && this.peek() === BRACE && this.torn(false)) return false
      if (!this.value(depth + 1)) return false
      item = this.nextItem()
    }
    return item === END
  }

  string(): boolean {
    const { bytes, end } = this
    let p = this.p + 1
    this.textStart = p
    this.escaped = false
    while (p < end) {
      const c = bytes[p]!
      if (c === QUOTE) {
        this.textEnd = p
        this.p = p + 1
        return true
      }
      if (c < 0x20) return this.fail(p)
      if (c === BACKSLASH) {
        const next = this.escape(p + 1)
        if (next < 0) return false
        this.escaped = true
        p = next
      } else p++
    }
    return this.fail(end)
  }

  /** From after a backslash: returns the position after the escape, or FAIL. */
  private escape(p: number): number {
    const c = p < this.end ? this.bytes[p]! : -1
    if (c === 0x75) {
      for (let i = p + 1; i < p + 5; i++) {
        const h = i < this.end ? this.bytes[i]! : -1
        const hex = (h >= 0x30 && h <= 0x39) || ((h | 0x20) >= 0x61 && (h | 0x20) <= 0x66 && h >= 0)
        if (!hex) {
          this.fail(i)
          return FAIL
        }
      }
      return p + 5
    }
    if (c === QUOTE || c === BACKSLASH || c === 0x2f || c === 0x62 || c === 0x66 || c === 0x6e || c === 0x72 || c === 0x74) return p + 1
    this.fail(p)
    return FAIL
  }

  private literal(word: string): boolean {
    for (let i = 0; i < word.length; i++, this.p++) if (this.peek() !== word.charCodeAt(i)) return this.fail(this.p)
    return true
  }

  private number(): boolean {
    if (this.peek() === 0x2d) this.p++
    if (this.peek() === 0x30) this.p++
    else if (!this.digits()) return false
    if (this.peek() === 0x2e) {
      this.p++
      if (!this.digits()) return false
    }
    if ((this.peek() | 0x20) === 0x65 && this.p < this.end) {
      this.p++
      if (this.peek() === 0x2b || this.peek() === 0x2d) this.p++
      if (!this.digits()) return false
    }
    return true
  }

  private digits(): boolean {
    const from = this.p
    while (this.p < this.end && this.bytes[this.p]! >= 0x30 && this.bytes[this.p]! <= 0x39) this.p++
    return this.p > from || this.fail(this.p)
  }
}
