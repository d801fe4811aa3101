import type { JsonReader } from '@/lib/parse/json/json'

const QUOTE = 0x22
const BACKSLASH = 0x5c
/** Longest name to be compared this way; a longer one is left to the general reader, which knows the limit. Bytes. */
const LONGEST = 256

const encoder = new TextEncoder()

/** Azure's spelling of the beginning of an object that has one name and then one array. */
export interface Spelling {
  /** Bytes before the name. */
  before: Uint8Array
  /** Bytes from the name's closing quote up to and including the array's bracket. */
  between: Uint8Array
}

export function spelling(says: string, holds: string): Spelling {
  return { before: encoder.encode(`{"${says}":"`), between: encoder.encode(`","${holds}":[`) }
}

/**
 * Steps from an object's brace to the bracket of its array, and sets `textStart` and `textEnd` to the name. For any other spelling, returns false and leaves
 * the reader where it was, for the general reader.
 */
export function openAsSpelled(json: JsonReader, { before, between }: Spelling): boolean {
  const { bytes, end, p } = json
  if (p + before.length + between.length > end) return false
  for (let i = 0; i < before.length; i++) if (bytes[p + i] !== before[i]) return false
  const start = p + before.length
  const most = Math.min(end - between.length, start + LONGEST)
  let close = start
  for (; close <= most; close++) {
    const c = bytes[close]!
    if (c === QUOTE) break
    if (c < 0x20 || c === BACKSLASH) return false
  }
  if (close > most) return false
  for (let i = 1; i < between.length; i++) if (bytes[close + i] !== between[i]) return false
  json.textStart = start
  json.textEnd = close
  json.escaped = false
  json.p = close + between.length - 1
  return true
}
