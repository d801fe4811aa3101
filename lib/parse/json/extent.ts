import { DEEPEST } from './json'

/** Finds the end of an object by matching braces outside strings, byte by byte, so that it can pause and continue at any chunk border. */
export class ObjectEnd {
  private braces = 0
  private nesting = 0
  private inString = false
  private escaped = false
  /** True once the closing brace has been seen. */
  ended = false
  /** True if braces and brackets are nested deeper than a record may be. */
  tooDeep = false

  /** `braces` is the number of braces already open before the first byte. */
  start(braces: number): void {
    this.braces = braces
    this.nesting = braces
    this.inString = false
    this.escaped = false
    this.ended = false
    this.tooDeep = false
  }

  /** Reads `bytes[from, to)` until the object ends. Returns the position after the last byte read. */
  run(bytes: Uint8Array, from: number, to: number): number {
    for (let p = from; p < to; p++) {
      const c = bytes[p]!
      if (this.inString) {
        if (this.escaped) this.escaped = false
        else if (c === 0x5c) this.escaped = true
        else if (c === 0x22) this.inString = false
      } else if (c === 0x22) this.inString = true
      else if (c === 0x7b || c === 0x5b) {
        if (c === 0x7b) this.braces++
        if (++this.nesting > DEEPEST) this.tooDeep = true
      } else if (c === 0x7d || c === 0x5d) {
        this.nesting--
        if (c === 0x7d && --this.braces === 0) {
          this.ended = true
          return p + 1
        }
      }
    }
    return to
  }
}
