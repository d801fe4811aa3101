import { decodeString } from './json'

/** A text that blobs repeat: rule, ACL, resource id, MAC. Equal bytes give the same object as long as the table remembers them. */
export interface Name {
  readonly text: string
  readonly bytes: Uint8Array
}

const PROBES = 4

/** A bounded table from bytes to decoded text, so that a name costs one comparison instead of a string each time. */
export class NameTable {
  private readonly slots: (Name | undefined)[]

  /** `size` is a power of two. */
  constructor(private readonly size: number) {
    this.slots = new Array<Name | undefined>(size).fill(undefined)
  }

  /** Returns the name in the bytes of a JSON string between its quotes. */
  of(bytes: Uint8Array, start: number, end: number, escaped: boolean): Name {
    const last = this.size - 1
    const slot = slotOf(bytes, start, end) & last
    for (let i = 0; i < PROBES; i++) {
      const known = this.slots[(slot + i) & last]
      if (known === undefined) return this.add((slot + i) & last, bytes, start, end, escaped)
      if (same(known.bytes, bytes, start, end)) return known
    }
    return this.add(slot, bytes, start, end, escaped)
  }

  private add(slot: number, bytes: Uint8Array, start: number, end: number, escaped: boolean): Name {
    const name = { text: decodeString(bytes, start, end, escaped).toWellFormed(), bytes: bytes.slice(start, end) }
    this.slots[slot] = name
    return name
  }
}

function slotOf(bytes: Uint8Array, start: number, end: number): number {
  const length = end - start
  let hash = length
  for (let i = 0; i < 8 && i < length; i++) hash = Math.imul(hash ^ bytes[end - 1 - i]!, 0x01000193)
  if (length > 16) hash = Math.imul(hash ^ bytes[start + (length >> 1)]!, 0x01000193)
  return hash ^ (hash >>> 15)
}

function same(known: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  if (known.length !== end - start) return false
  for (let i = 0; i < known.length; i++) if (known[i] !== bytes[start + i]) return false
  return true
}
