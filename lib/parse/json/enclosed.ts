const BACKSLASH = 0x5c
/** Decoded bytes between two remembered positions. */
const STRIDE = 256
const PLAIN: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }
const ESCAPES = new Map(Object.entries(PLAIN).map(([letter, char]) => [letter.charCodeAt(0), char.charCodeAt(0)]))

function hex(bytes: Uint8Array, p: number): number {
  return Number.parseInt(String.fromCharCode(bytes[p]!, bytes[p + 1]!, bytes[p + 2]!, bytes[p + 3]!), 16)
}

/** Positions in a source, from `start` to before `end`. */
export interface SourceSpan {
  start: number
  end: number
}

/** A JSON document that is the text of a JSON string, or an object with such a string as a value: its bytes, and the position of each in the source. */
export class Enclosed {
  readonly bytes: Uint8Array
  private readonly places: number[] = []
  private readonly start: number
  private readonly end: number
  /** Decoded bytes of the string. */
  private readonly length: number
  /** Bytes of the object before and after the string, without the quotes. */
  private readonly head: Uint8Array
  private readonly tail: Uint8Array

  /** `text` is the valid text between the string's quotes in `source`; `object` is the object around it whose other bytes are kept, if any. */
  constructor(
    private readonly source: Uint8Array,
    text: SourceSpan,
    object: SourceSpan | null = null,
  ) {
    const { start, end } = text
    this.start = start
    this.end = end
    this.head = object === null ? source.subarray(0, 0) : source.subarray(object.start, start - 1)
    this.tail = object === null ? source.subarray(0, 0) : source.subarray(end + 1, object.end)
    const bytes = new Uint8Array(this.head.length + end - start + this.tail.length)
    let length = 0
    bytes.set(this.head)
    this.walk(start, 0, (p, at, decoded) => {
      if (at >= this.places.length * STRIDE) this.places.push(p, at)
      bytes.set(decoded, this.head.length + at)
      length = at + decoded.length
      return true
    })
    this.length = length
    bytes.set(this.tail, this.head.length + length)
    this.bytes = bytes.subarray(0, this.head.length + length + this.tail.length)
  }

  /** Returns the position in the source of the character that the document's byte `at` belongs to. */
  placeOf(at: number): number {
    const inText = at - this.head.length
    if (inText < 0) return this.start - 1 + inText
    if (this.tail.length > 0 && inText >= this.length) return this.end + 1 + inText - this.length
    let i = 0
    for (let step = this.places.length / 2; step >= 1; ) {
      step = Math.floor(step)
      while (i + step < this.places.length / 2 && this.places[(i + step) * 2 + 1]! <= inText) i += step
      step /= 2
    }
    let place = this.end
    this.walk(this.places[i * 2] ?? this.start, this.places[i * 2 + 1] ?? 0, (p, from, decoded) => {
      if (from + decoded.length <= inText) return true
      place = p
      return false
    })
    return place
  }

  /** Visits each character with its position and its decoded bytes, until `visit` returns false. */
  private walk(from: number, length: number, visit: (p: number, at: number, decoded: ArrayLike<number>) => boolean): void {
    const { source, end } = this
    let at = length
    for (let p = from; p < end; ) {
      const begun = p
      let decoded: ArrayLike<number>
      const c = source[p]!
      if (c !== BACKSLASH) {
        decoded = [c]
        p++
      } else if (source[p + 1] !== 0x75) {
        decoded = [ESCAPES.get(source[p + 1]!) ?? source[p + 1]!]
        p += 2
      } else {
        let text = String.fromCharCode(hex(source, p + 2))
        p += 6
        const isPair = /[\ud800-\udbff]/.test(text) && source[p] === BACKSLASH && source[p + 1] === 0x75
        const low = isPair ? String.fromCharCode(hex(source, p + 2)) : ''
        if (/[\udc00-\udfff]/.test(low)) {
          text += low
          p += 6
        }
        decoded = Buffer.from(text.toWellFormed())
      }
      if (!visit(begun, at, decoded)) return
      at += decoded.length
    }
  }
}
