const encoder = new TextEncoder()
const WORD = 4

/** Bytes that are usually spelled the same, compared four at a time: that takes a third of the time of single bytes. */
export class Spelled {
  /** Little-endian words; the last one may overlap the one before. */
  private readonly words: Int32Array
  private readonly last: number

  /** Copies `bytes[start, end)`, at least four bytes. */
  constructor(
    bytes: Uint8Array,
    start = 0,
    readonly length = bytes.length - start,
  ) {
    const view = new DataView(bytes.buffer, bytes.byteOffset + start, length)
    this.words = new Int32Array(Math.ceil(length / WORD))
    this.last = length - WORD
    for (let i = 0; i < this.words.length; i++) this.words[i] = view.getInt32(Math.min(i * WORD, this.last), true)
  }

  static of(text: string): Spelled {
    return new Spelled(encoder.encode(text))
  }

  /** True if these bytes are at `p` and end at `end` or before. `end` is not beyond the view. */
  isAt(view: DataView, p: number, end: number): boolean {
    const { words, last } = this
    if (p + last + WORD > end) return false
    const most = words.length - 1
    if (view.getInt32(p + last, true) !== words[most]) return false
    for (let i = 0; i < most; i++) if (view.getInt32(p + i * WORD, true) !== words[i]) return false
    return true
  }
}
